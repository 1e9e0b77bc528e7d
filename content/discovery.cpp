#include "content/discovery.h"

namespace voice::content {
std::vector<FeedCandidate> platform_feeds(std::string_view) { return {}; }
std::vector<FeedCandidate> header_feeds(std::string_view, std::string_view) { return {}; }
std::vector<FeedCandidate> page_feeds(std::string_view, std::string_view) { return {}; }
std::vector<FeedCandidate> guessed_feeds(std::string_view) { return {}; }
}  // namespace voice::content
