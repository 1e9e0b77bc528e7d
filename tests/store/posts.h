// tests/store/posts.h - blogs and posts of a test, in a line each, indexed as the running hub does it.
#pragma once
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "content/excerpt.h"
#include "content/sanitizer.h"
#include "store/blogs.h"
#include "store/indexing.h"
#include "store/ingest.h"
#include "tests/store/scratch.h"

namespace voice::store {

struct Post {
  std::string title;
  std::string html;
  std::string url;
  std::vector<std::string> tags = {};
  std::string author = {};
  std::string language = {};
  std::chrono::seconds age{3600};
  std::string id = {};
  std::string author_url = {};
};

/// A hub with its topics and councils, at nine in the morning of 28 November 2026.
struct Hub : Scratch {
  sys_seconds now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + std::chrono::hours{9};
  SetClock clock{now};

  explicit Hub(const std::string& path = in_memory()) : Scratch(path) { db.write(seed_reading); }

  AddedBlog add_blog(NewBlog blog) {
    if (blog.feed_url.empty()) blog.feed_url = "https://" + slug(blog.title) + ".example/feed";
    if (blog.home_url.empty()) blog.home_url = "https://" + slug(blog.title) + ".example/";
    return db.write([&](Writer& writer) { return *store::add_blog(writer, blog, now); });
  }

  /// Stores the posts in the order given, each known by its address, and returns their ids. Does not index.
  std::vector<EntryId> store_posts(AddedBlog blog, const std::vector<Post>& posts) {
    std::vector<EntryId> ids;
    for (const auto& post : posts) {
      feeds::Entry entry;
      entry.title = post.title;
      entry.url = post.url;
      entry.id = post.id;
      entry.tags = post.tags;
      entry.language = post.language;
      entry.published = now - post.age;
      if (!post.author.empty()) entry.authors = {{.name = post.author, .url = post.author_url, .email = {}}};
      const auto body = content::sanitize(post.html, post.url);
      const std::vector<IncomingEntry> incoming = {{.guid = post.url + post.id,
                                                    .content_hash = post.title + post.html,
                                                    .entry = &entry,
                                                    .body = body,
                                                    .excerpt = content::summarise(body).excerpt,
                                                    .words = 1}};
      db.write([&](Writer& writer) { ingest(writer, blog.feed, incoming, true, now); });
      auto reader = db.reader();
      auto rows = reader->query("SELECT id FROM entries WHERE feed_id = :feed AND guid = :guid");
      rows.bind(":feed", blog.feed).bind(":guid", incoming.front().guid);
      REQUIRE(rows.step());
      ids.push_back(rows.id<EntryId>(0));
    }
    return ids;
  }

  std::vector<EntryId> add_posts(AddedBlog blog, const std::vector<Post>& posts) {
    auto ids = store_posts(blog, posts);
    index_all(db, clock);
    return ids;
  }
  EntryId add_post(AddedBlog blog, const Post& post) { return add_posts(blog, {post}).front(); }

 private:
  static std::string slug(std::string text) {
    for (auto& c : text)
      if (c == ' ') c = '-';
    return text;
  }
};

}  // namespace voice::store
