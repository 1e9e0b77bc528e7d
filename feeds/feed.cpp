#include "feeds/feed.h"

namespace voice::feeds {

const char* name_of(Format format) {
  switch (format) {
    case Format::rss20: return "rss20";
    case Format::rss09x: return "rss09x";
    case Format::rss10: return "rss10";
    case Format::atom10: return "atom10";
    case Format::atom03: return "atom03";
    case Format::json11: return "json11";
    case Format::json10: return "json10";
    case Format::cdf: return "cdf";
  }
  return "unknown";
}

}  // namespace voice::feeds
