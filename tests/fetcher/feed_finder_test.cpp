#include "fetcher/feed_finder.h"

#include <doctest/doctest.h>
#include <map>

using namespace voice::fetcher;

namespace {

// Answers from a table; everything else is 404.
class PagesByHeart final : public HttpClient {
 public:
  std::map<std::string, HttpAnswer> pages;
  std::vector<std::string> asked;

  void start(HttpRequest request, std::function<void(HttpAnswer)> done) override {
    asked.push_back(request.url);
    waiting_ = [this, url = request.url, done = std::move(done)] {
      const auto found = pages.find(url);
      if (found != pages.end()) return done(found->second);
      HttpAnswer missing;
      missing.status = 404;
      done(missing);
    };
  }
  std::size_t drive(milliseconds) override {
    if (auto work = std::exchange(waiting_, nullptr)) work();
    return 0;
  }
  void wake() override {}
  void cancel_all() override { waiting_ = nullptr; }

  void page(const std::string& url, const std::string& body, const std::string& type = "text/html") {
    HttpAnswer answer;
    answer.status = 200;
    answer.body = body;
    answer.headers.add("Content-Type", type);
    pages[url] = answer;
  }
  void redirect(const std::string& from, const std::string& to) {
    HttpAnswer answer;
    answer.status = 301;
    answer.headers.add("Location", to);
    pages[from] = answer;
  }

 private:
  std::function<void()> waiting_;
};

const char* kFeed = "<rss version=\"2.0\"><channel><title>T</title></channel></rss>";

std::vector<std::string> found_at(PagesByHeart& client, const std::string& address) {
  const auto outcome = find_feeds(client, address, "test");
  std::vector<std::string> urls;
  if (const auto* found = std::get_if<FoundFeeds>(&outcome))
    for (const auto& feed : found->feeds) urls.push_back(feed.url);
  return urls;
}
using List = std::vector<std::string>;

}  // namespace

TEST_CASE("an address leads to the feeds that answer") {
  PagesByHeart client;
  client.page("https://a.example/f", kFeed, "application/rss+xml");

  SUBCASE("because it is one") { CHECK(found_at(client, "https://a.example/f") == List{"https://a.example/f"}); }
  SUBCASE("because the page names it, after one that is dead") {
    client.page("https://a.example/",
                "<link rel=alternate type=application/rss+xml href=/dead>"
                "<link rel=alternate type=application/rss+xml href=/f>");
    CHECK(found_at(client, "a.example") == List{"https://a.example/f"});
  }
  SUBCASE("relative to where the page was in the end") {
    client.redirect("https://a.example/old", "https://a.example/new/");
    client.page("https://a.example/new/", "<link rel=alternate type=application/rss+xml href=../f>");
    CHECK(found_at(client, "https://a.example/old") == List{"https://a.example/f"});
  }
  SUBCASE("two links to one feed are one") {
    client.redirect("https://a.example/f2", "https://a.example/f");
    client.page("https://a.example/",
                "<link rel=alternate type=application/rss+xml href=/f>"
                "<link rel=alternate type=application/rss+xml href=/f2>");
    CHECK(found_at(client, "https://a.example/") == List{"https://a.example/f"});
  }
  SUBCASE("by guessing, below the page first, without following redirects") {
    client.page("https://a.example/team/", "<p>hello");
    client.redirect("https://a.example/team/feed", "https://a.example/f");
    client.page("https://a.example/team/feed/", kFeed);
    CHECK(found_at(client, "https://a.example/team/").front() == "https://a.example/team/feed/");
  }
  SUBCASE("never with more than twelve requests") {
    std::string page;
    for (int i = 0; i < 30; ++i)
      page += "<link rel=alternate type=application/rss+xml href=/dead" + std::to_string(i) + ">";
    client.page("https://a.example/", page);
    CHECK(found_at(client, "https://a.example/").empty());
    CHECK(client.asked.size() <= 12);
  }
  SUBCASE("over http where https has nothing") {
    client.page("http://old.example/", kFeed);
    CHECK(found_at(client, "old.example") == List{"http://old.example/"});
  }
}

TEST_CASE("what people type is read as an address where it can be one") {
  CHECK(addresses_meant(" blog.example/x ") == List{"https://blog.example/x", "http://blog.example/x"});
  CHECK(addresses_meant("feed:https://a.example/f") == List{"https://a.example/f"});
  CHECK(addresses_meant("feed://a.example/f") == List{"https://a.example/f", "http://a.example/f"});
  CHECK(addresses_meant("ftp://a.example/").empty());
  CHECK(addresses_meant("me@a.example").empty());
  CHECK(addresses_meant("my blog").empty());
  CHECK(addresses_meant("").empty());
}

TEST_CASE("addresses that robots.txt forbids are not guessed, links on the page are followed all the same") {
  PagesByHeart client;
  client.page("https://a.uk/", "<html><body>Hello</body></html>");
  client.page("https://a.uk/robots.txt", "User-agent: *\nDisallow: /feed", "text/plain");
  client.page("https://a.uk/feed", kFeed, "application/rss+xml");
  CHECK(found_at(client, "https://a.uk/").empty());
  client.page("https://a.uk/", "<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>");
  CHECK(found_at(client, "https://a.uk/") == std::vector<std::string>{"https://a.uk/feed"});
}
