// A list that was read, written and read again is the same list.
#include <string_view>

#include "base/text.h"
#include "feeds/opml.h"
#include "property.h"

void fuzz_opml(std::string_view input) {
  using namespace voice::feeds;
  const auto list = read_opml(input);
  if (!list) return;
  const auto written = write_opml(*list);
  voice::fuzz::property(voice::is_valid_utf8(written), "valid UTF-8");
  const auto once = read_opml(written);
  voice::fuzz::property(once.ok(), "what we write can be read");
  const auto twice = read_opml(write_opml(*once));
  voice::fuzz::property(twice && *twice == *once, "reading what we write changes nothing");
}
