#include "feed_property.h"

void fuzz_feed_rss(std::string_view input) { voice::fuzz::check_feed(input, voice::feeds::write_rss); }
