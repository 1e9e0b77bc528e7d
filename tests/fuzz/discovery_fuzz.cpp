// Whatever a page or a Link header says, candidates are absolute web addresses, each once, with text that can be shown.
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/url.h"
#include "content/discovery.h"
#include "property.h"

namespace {

void check(const std::vector<voice::content::FeedCandidate>& found, std::size_t most) {
  using voice::fuzz::property;
  std::set<std::string> seen;
  for (const auto& candidate : found) {
    const auto url = voice::parse_url(candidate.url);
    property(url && url->is_web() && !url->host.empty(), "an absolute web address");
    property(!url->fragment, "no fragment");
    property(seen.insert(candidate.url).second, "each address once");
    property(voice::is_valid_utf8(candidate.title) && voice::is_valid_utf8(candidate.type), "valid UTF-8");
    property(!candidate.via.empty(), "how it was found");
  }
  property(found.size() <= most, "not too many");
}

}  // namespace

void fuzz_discovery(std::string_view input) {
  using namespace voice::content;
  const auto line = input.substr(0, input.find('\n'));
  for (const std::string_view page : {std::string_view("https://blog.example/posts/one"), line}) {
    check(page_feeds(input, page), 40);
    check(header_feeds(line, page), 40);
    check(platform_feeds(page), 4);
    check(guessed_feeds(page), 8);
  }
}
