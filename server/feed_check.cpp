#include "server/feed_check.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "content/excerpt.h"
#include "content/page_claims.h"
#include "feeds/document.h"
#include "fetcher/entry_body.h"
#include "fetcher/feed_finder.h"
#include "fetcher/http_client.h"
#include "store/ingest.h"

namespace voice::server {
namespace {
using namespace std::chrono_literals;

constexpr std::size_t kPreviewPosts = 5;
constexpr std::size_t kManyPosts = 500;  // a feed this long is fetched slowly and costs its server, and ours

/// Another client whose exchanges all have to end by one moment. It asks the steady clock itself, because it measures how
/// long somebody has been waiting and not what day it is.
class HurriedClient final : public fetcher::HttpClient {
 public:
  HurriedClient(fetcher::HttpClient& client, std::chrono::milliseconds time)
      : client_(client), end_(std::chrono::steady_clock::now() + time) {}

  void start(fetcher::HttpRequest request, std::function<void(fetcher::HttpAnswer)> done) override {
    // At least a little, so that the last exchange ends as a timeout of its own and not as a special case.
    const auto left =
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now()), 1ms);
    request.limits.total = std::min(request.limits.total, left);
    request.limits.headers = std::min(request.limits.headers, left);
    request.limits.connect = std::min(request.limits.connect, left);
    client_.start(std::move(request), std::move(done));
  }
  std::size_t drive(std::chrono::milliseconds longest) override { return client_.drive(longest); }
  void wake() override { client_.wake(); }
  void cancel_all() override { client_.cancel_all(); }

 private:
  fetcher::HttpClient& client_;
  std::chrono::steady_clock::time_point end_;
};

/// Runs `action(client)` with a client of its own: one belongs to one thread, and requests run on several.
template <class Action>
auto with_client(const Site& site, Action&& action) {
  const auto settings = fetcher::client_settings(site.settings.fetch);
  if (!settings) throw std::runtime_error(settings.error().what);
  const auto client = fetcher::make_http_client(*settings);
  HurriedClient hurried(*client, kCheckTime);
  return action(hurried);
}

std::string agent(const Site& site) { return fetcher::plain_user_agent(site.settings.site.base_url); }

CheckProblem worded(const fetcher::Failure& failure) { return {.sentence = failure.sentence, .hint = failure.hint}; }

sys_seconds when_of(const feeds::Entry& entry) {
  return entry.published ? *entry.published : entry.updated.value_or(sys_seconds{});
}

store::PreviewPost preview_of(const feeds::Entry& entry, const std::string& feed_url) {
  return {.title = entry.title,
          .url = entry.url,
          .author = store::byline(entry.authors),
          .excerpt = content::summarise(fetcher::body_of(entry, feed_url)).excerpt,
          .published = entry.published ? entry.published : entry.updated};
}

// Those who write most of the posts write the blog.
std::string author_of(const feeds::Feed& feed) {
  if (!feed.authors.empty()) return store::byline(feed.authors);
  std::string only;
  for (const auto& entry : feed.entries) {
    const auto name = store::byline(entry.authors);
    if (!only.empty() && name != only) return {};
    only = name;
  }
  return only;
}

std::vector<std::string> report_on(const feeds::Feed& feed, const fetcher::Page& page, const std::string& asked) {
  std::vector<std::string> report = feed.warnings;
  if (page.url != asked) report.push_back("The address leads on to " + page.url + ", which is what we will read.");
  if (page.url.starts_with("http://"))
    report.push_back("The feed is served without encryption (http). If your site has https, use that address.");
  if (feed.entries.empty()) report.push_back("There are no posts in it yet. They will appear here once there are.");
  const auto without_date =
      std::ranges::count_if(feed.entries, [](const auto& e) { return !e.published && !e.updated; });
  if (without_date > 0)
    report.push_back(std::to_string(without_date) + " of its " + std::to_string(feed.entries.size()) +
                     " posts have no date. They will be placed by when we first saw them.");
  if (feed.entries.size() > kManyPosts)
    report.push_back("It holds " + std::to_string(feed.entries.size()) +
                     " posts. Twenty to fifty are enough and faster to read.");
  for (auto& line : report) line = collapse_space(line);
  return report;
}

store::FeedSnapshot snapshot_of(const feeds::Feed& feed, const fetcher::Page& page, const std::string& asked) {
  auto newest = feed.entries;
  std::ranges::stable_sort(newest, std::ranges::greater{}, when_of);
  store::FeedSnapshot snapshot{.feed_url = page.url,
                               .home_url = feed.home_page_url,
                               .title = feed.title,
                               .language = feed.language,
                               .author = author_of(feed),
                               .report = report_on(feed, page, asked),
                               .posts = {}};
  for (const auto& entry : newest) {
    if (snapshot.posts.size() >= kPreviewPosts) break;
    snapshot.posts.push_back(preview_of(entry, page.url));
  }
  return snapshot;
}

}  // namespace

std::variant<std::vector<store::OfferedFeed>, CheckProblem> look_for_feeds(const Site& site,
                                                                           const std::string& address) {
  return with_client(
      site, [&](fetcher::HttpClient& client) -> std::variant<std::vector<store::OfferedFeed>, CheckProblem> {
        const auto found = fetcher::find_feeds(client, address, agent(site));
        if (const auto* failure = std::get_if<fetcher::Failure>(&found)) return worded(*failure);
        std::vector<store::OfferedFeed> offered;
        for (const auto& feed : std::get<fetcher::FoundFeeds>(found).feeds)
          offered.push_back({.url = feed.url, .type = feed.type, .title = feed.title});
        if (!offered.empty()) return offered;
        return CheckProblem{
            .sentence = "We read the page and found no feed on it.",
            .hint =
                "Look in your blog’s settings for “RSS” or “feed” and paste that address, or ask whoever runs "
                "the site to switch it on."};
      });
}

std::variant<store::FeedSnapshot, CheckProblem> look_at_feed(const Site& site, const std::string& feed_url) {
  return with_client(site, [&](fetcher::HttpClient& client) -> std::variant<store::FeedSnapshot, CheckProblem> {
    const auto page = fetcher::fetch_page(client, feed_url, agent(site), fetcher::impatient_limits());
    if (!page) return worded(page.failure());
    const auto type = std::string(page->headers.find("Content-Type").value_or(""));
    const auto feed = feeds::read_document({.bytes = page->body, .url = page->url, .content_type = type});
    if (!feed) return CheckProblem{.sentence = feed.error().what, .hint = {}};
    return snapshot_of(*feed, *page, feed_url);
  });
}

std::string proof_address(const Site& site, const std::string& word) { return site.address_of("/my-blog#" + word); }

std::string look_for_proof(const Site& site, const store::Application& application) {
  return with_client(site, [&](fetcher::HttpClient& client) -> std::string {
    const auto& word = application.proof_word;
    if (!application.feed.home_url.empty()) {
      const auto home =
          fetcher::fetch_page(client, application.feed.home_url, agent(site), fetcher::impatient_limits());
      // A page elsewhere that this one leads to proves nothing about this one.
      const auto asked = parse_url(application.feed.home_url);
      const auto came = home ? parse_url(home->url) : std::nullopt;
      if (asked && came && registrable_domain(asked->host) == registrable_domain(came->host)) {
        const auto metas = content::meta_values(home->body, "voice-verify");
        if (std::ranges::find(metas, word) != metas.end()) return "meta";
        const auto links = content::rel_me_links(home->body, home->url);
        if (std::ranges::find(links, proof_address(site, word)) != links.end()) return "link";
      }
    }
    const auto feed = fetcher::fetch_page(client, application.feed.feed_url, agent(site), fetcher::impatient_limits());
    return feed && feed->body.find(word) != std::string::npos ? "feed" : "";
  });
}

}  // namespace voice::server
