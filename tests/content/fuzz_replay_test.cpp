// The fuzz targets over their corpora, as ordinary tests: what once was found stays found.
#include <doctest/doctest.h>
#include <string_view>

#include "tests/fuzz/replay.h"

void fuzz_html(std::string_view input);
void fuzz_markdown(std::string_view input);
void fuzz_discovery(std::string_view input);
void fuzz_icon(std::string_view input);

TEST_CASE("the fuzz targets hold for every file of their corpora") {
  const struct {
    const char* name;
    void (*target)(std::string_view);
  } targets[] = {{"html", fuzz_html}, {"markdown", fuzz_markdown}, {"discovery", fuzz_discovery}, {"icon", fuzz_icon}};
  for (const auto& t : targets) voice::fuzz::replay(t.name, t.target);
}
