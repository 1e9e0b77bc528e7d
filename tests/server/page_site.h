// tests/server/page_site.h - a hub with pages, and posts in it, without sockets or network.
#pragma once
#include <string>
#include <vector>

#include "store/blogs.h"
#include "store/ingest.h"
#include "tests/server/test_site.h"
#include "views/page.h"

namespace voice::server {

struct TestPost {
  std::string title;
  std::chrono::seconds age{3600};
  std::string html = "<p>Some words about council services.</p>";
  std::vector<std::string> tags;
  std::string url;
  std::string language;
  std::vector<feeds::Enclosure> enclosures;
  bool dated = true;
};

struct PageSite : TestSite {
  explicit PageSite(Router& table) : TestSite(table), pages(std::move(*views::load_views(settings.site))) {
    site.views = &pages;
  }

  store::AddedBlog join(const store::NewBlog& blog) {
    return db.write([&](store::Writer& w) { return *store::add_blog(w, blog, clock.now()); });
  }

  void post(FeedId feed, const std::vector<TestPost>& posts) {
    std::vector<feeds::Entry> entries(posts.size());
    std::vector<store::IncomingEntry> incoming;
    for (std::size_t i = 0; i < posts.size(); ++i) {
      const std::string id = std::to_string(feed.value) + "-" + std::to_string(++numbered_);
      entries[i].id = id;
      entries[i].title = posts[i].title;
      entries[i].url =
          posts[i].url.empty() ? "https://blog" + std::to_string(feed.value) + ".example/" + id : posts[i].url;
      if (posts[i].dated) entries[i].published = clock.now() - posts[i].age;
      entries[i].tags = posts[i].tags;
      entries[i].language = posts[i].language;
      entries[i].enclosures = posts[i].enclosures;
      incoming.push_back({.guid = id,
                          .content_hash = id,
                          .entry = &entries[i],
                          .body = content::SafeHtml::from_store(posts[i].html),
                          .excerpt = "Some words about council services.",
                          .words = 5});
    }
    db.write([&](store::Writer& w) { store::ingest(w, feed, incoming, true, clock.now()); });
  }

  std::string body(const std::string& path) {
    auto response = get(path);
    return response.shared ? response.shared->bytes(Encoding::identity) : response.body;
  }

  views::Views pages;

 private:
  int numbered_ = 0;
};

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace voice::server
