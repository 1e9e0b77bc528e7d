// The fuzz targets over their corpora, as ordinary tests: what once was found stays found.
#include <doctest/doctest.h>
#include <string_view>

#include "tests/fuzz/replay.h"

void fuzz_chunked(std::string_view input);
void fuzz_framing(std::string_view input);

TEST_CASE("the fuzz targets hold for every file of their corpora") {
  const struct {
    const char* name;
    void (*target)(std::string_view);
  } targets[] = {{"chunked", fuzz_chunked}, {"framing", fuzz_framing}};
  for (const auto& t : targets) voice::fuzz::replay(t.name, t.target);
}
