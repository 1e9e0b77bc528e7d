#include "fetcher/feed_finder.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "feeds/document.h"
#include "fetcher/robots.h"

namespace voice::fetcher {
namespace {

using content::FeedCandidate;

// A page, eight guesses at most (content/discovery.h), and a few links besides.
constexpr int kMostProbes = 11;
// Nobody chooses among more.
constexpr std::size_t kMostFeeds = 8;

bool is_feed(const Page& page) { return feeds::looks_like_feed(page.body); }

std::string media_type(const Page& page) {
  const auto type = page.headers.find("content-type").value_or("");
  return to_ascii_lower(trim(type.substr(0, type.find(';'))));
}

class Finder {
 public:
  Finder(HttpClient& client, std::string_view user_agent) : client_(client), user_agent_(user_agent) {}

  std::variant<FoundFeeds, Failure> run(std::string_view typed) {
    const auto addresses = addresses_meant(typed);
    if (addresses.empty()) return failure(FailureClass::bad_address, std::string(typed));
    for (const auto& address : addresses) {
      auto page = fetch_page(client_, address, user_agent_, impatient_limits());
      if (page) return look_at(*page);
      if (&address == &addresses.back()) return page.failure();
    }
    return failure(FailureClass::bad_address, std::string(typed));
  }

 private:
  FoundFeeds look_at(const Page& page) {
    found_.page_url = page.url;
    if (is_feed(page)) {
      found_.feeds.push_back({page.url, media_type(page), "", "self"});
      return std::move(found_);
    }
    auto candidates = content::platform_feeds(page.url);
    const auto add = [&](std::vector<FeedCandidate> more) {
      for (auto& candidate : more) candidates.push_back(std::move(candidate));
    };
    for (const auto header : page.headers.all("link")) add(content::header_feeds(header, page.url));
    add(content::page_feeds(page.body, page.url));
    probe(candidates, impatient_limits());
    if (!found_.feeds.empty()) return std::move(found_);
    // A redirect of a guess leads to a page that says "not found" with status 200, as a rule.
    auto limits = impatient_limits();
    limits.redirects = 0;
    probe(permitted(content::guessed_feeds(page.url), page.url), limits);
    return std::move(found_);
  }

  // Guessing is crawling in small, so a site may forbid it; links that its pages show us are not guesses.
  std::vector<FeedCandidate> permitted(std::vector<FeedCandidate> guesses, std::string_view page_url) {
    const auto base = parse_url(page_url);
    if (!base || guesses.empty() || probes_ >= kMostProbes) return guesses;
    ++probes_;
    const auto robots = fetch_page(client_, base->origin() + "/robots.txt", user_agent_, impatient_limits());
    if (!robots) return guesses;
    std::erase_if(guesses, [&](const FeedCandidate& guess) {
      const auto url = parse_url(guess.url);
      return url && !robots_allow(robots->body, "voice", url->path + (url->query ? "?" + *url->query : std::string()));
    });
    return guesses;
  }

  void probe(const std::vector<FeedCandidate>& candidates, const Limits& limits) {
    for (const auto& candidate : candidates) {
      if (probes_ >= kMostProbes || found_.feeds.size() >= kMostFeeds) return;
      if (std::find(asked_.begin(), asked_.end(), candidate.url) != asked_.end()) continue;
      asked_.push_back(candidate.url);
      ++probes_;
      const auto page = fetch_page(client_, candidate.url, user_agent_, limits);
      if (!page || !is_feed(*page)) continue;
      const bool known = std::any_of(found_.feeds.begin(), found_.feeds.end(),
                                     [&](const FeedCandidate& f) { return f.url == page->url; });
      if (known) continue;
      found_.feeds.push_back(
          {page->url, candidate.type.empty() ? media_type(*page) : candidate.type, candidate.title, candidate.via});
    }
  }

  HttpClient& client_;
  std::string_view user_agent_;
  FoundFeeds found_;
  std::vector<std::string> asked_;
  int probes_ = 0;
};

}  // namespace

std::vector<std::string> addresses_meant(std::string_view typed) {
  auto text = trim(typed);
  if (starts_with_ignoring_case(text, "feed://"))
    return {"https://" + std::string(text.substr(7)), "http://" + std::string(text.substr(7))};
  if (starts_with_ignoring_case(text, "feed:")) text = trim(text.substr(5));
  if (const auto url = parse_url(text); url && url->is_web()) return {url->text()};
  if (text.find("://") != std::string_view::npos || text.empty()) return {};
  const auto host = text.substr(0, text.find_first_of("/?#:"));
  if (host.find('.') == std::string_view::npos && host != "localhost") return {};
  if (host.find_first_of(" @") != std::string_view::npos) return {};
  const auto https = parse_url("https://" + std::string(text)), http = parse_url("http://" + std::string(text));
  if (!https || !http) return {};
  return {https->text(), http->text()};
}

std::variant<FoundFeeds, Failure> find_feeds(HttpClient& client, std::string_view address,
                                             std::string_view user_agent) {
  return Finder(client, user_agent).run(address);
}

}  // namespace voice::fetcher
