// content/discovery.h - which feeds a page offers (FETCHING rules: link elements, anchors, platform rules, common paths).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace voice::content {

struct FeedCandidate {
  std::string url;    ///< absolute
  std::string type;   ///< "application/rss+xml", ...; empty where unknown
  std::string title;  ///< as the page calls it; may be empty
  std::string via;    ///< "platform", "header", "link", "anchor" or "guess"
};

/// Candidates known without asking anybody, from the page's address alone (YouTube, Medium, WordPress.com ...). Best first.
std::vector<FeedCandidate> platform_feeds(std::string_view page_url);
/// Candidates named by an HTTP Link header field (RFC 8288), relative to `page_url`.
std::vector<FeedCandidate> header_feeds(std::string_view link_header, std::string_view page_url);
/// Candidates named in the page: link elements, then anchors (same host first); comment feeds last; no duplicates.
std::vector<FeedCandidate> page_feeds(std::string_view html, std::string_view page_url);
/// At most 8 usual addresses below the page's folder, then at the root. Worth one request each, never all at once.
std::vector<FeedCandidate> guessed_feeds(std::string_view page_url);

}  // namespace voice::content
