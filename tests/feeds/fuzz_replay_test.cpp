// The fuzz targets over their corpora, as ordinary tests: what once was found stays found.
#include <doctest/doctest.h>
#include <string_view>

#include "tests/fuzz/replay.h"

void fuzz_feed_rss(std::string_view input);
void fuzz_feed_atom(std::string_view input);
void fuzz_feed_json(std::string_view input);
void fuzz_date(std::string_view input);
void fuzz_charset(std::string_view input);
void fuzz_opml(std::string_view input);

TEST_CASE("the fuzz targets hold for every file of their corpora") {
  const struct {
    const char* name;
    void (*target)(std::string_view);
  } targets[] = {
      {"feed_rss", fuzz_feed_rss}, {"feed_atom", fuzz_feed_atom}, {"feed_json", fuzz_feed_json},
      {"date", fuzz_date},         {"charset", fuzz_charset},     {"opml", fuzz_opml},
  };
  for (const auto& t : targets) voice::fuzz::replay(t.name, t.target);
}
