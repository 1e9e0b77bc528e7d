// bench/seed_hub.cpp - a database of a given size, made by the store itself: seed_hub DATABASE BLOGS POSTS.
//
// Words are drawn as language draws them (the n-th word about 1/n as often as the first), so that searches meet both very
// common and very rare words. The same arguments make the same database, but for the day it is made on.
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/tokens.h"
#include "content/sanitizer.h"
#include "store/blogs.h"
#include "store/index_tidying.h"
#include "store/indexing.h"
#include "store/ingest.h"
#include "store/summaries.h"

namespace {

using namespace voice;

class Words {
 public:
  explicit Words(TokenSource& chance) : chance_(chance) {
    for (const char* word :
         {"the",           "of",       "to",     "and",    "a",    "in",        "council", "service",
          "digital",       "data",     "people", "design", "team", "council's", "housing", "weeknotes",
          "accessibility", "planning", "waste",  "library"})
      words_.emplace_back(word);
    constexpr const char* kParts[] = {"ba", "co", "di",  "fer", "gen", "hal", "ing",
                                      "jo", "ka", "lem", "mor", "nis", "op",  "par"};
    while (words_.size() < 4000) {
      std::string word;
      for (std::uint32_t n = 2 + chance_.choose(3); n > 0; --n) word += kParts[chance_.choose(14)];
      words_.push_back(word);
    }
  }

  std::string some(int count) {
    std::string text;
    for (int n = 0; n < count; ++n) text.append(text.empty() ? "" : " ").append(one());
    return text;
  }

 private:
  const std::string& one() {
    const double place = std::pow(static_cast<double>(words_.size()), chance_.choose(1'000'000) / 1e6);
    return words_[static_cast<std::size_t>(place) - 1];
  }
  TokenSource& chance_;
  std::vector<std::string> words_;
};

struct Post {
  feeds::Entry entry;
  store::IncomingEntry incoming;
};

void fill(Post& post, int blog, int number, sys_seconds published, Words& words) {
  const auto text = words.some(220);
  post.entry.id = fmt::format("https://blog{}.example/{}", blog, number);
  post.entry.id_is_permalink = true;
  post.entry.url = post.entry.id;
  post.entry.title = words.some(7);
  post.entry.published = published;
  post.entry.authors = {{.name = fmt::format("Writer {}", blog), .url = "", .email = ""}};
  post.entry.tags = {"data", words.some(1)};
  post.incoming.guid = post.entry.id;
  post.incoming.content_hash = post.entry.id;
  post.incoming.entry = &post.entry;
  post.incoming.body = content::sanitize("<p>" + escape_markup(text) + "</p>", "");
  post.incoming.excerpt = std::string(utf8_prefix(text, 300));
  post.incoming.words = 220;
}

void seed(store::Database& db, int blogs, int posts) {
  SeededTokens chance(1);
  Words words(chance);
  const SystemClock clock;
  const auto now = clock.now();
  const int each = posts / blogs;
  for (int blog = 1; blog <= blogs; ++blog) {
    std::vector<Post> made(static_cast<std::size_t>(each));
    std::vector<store::IncomingEntry> incoming;
    for (int n = 0; n < each; ++n) {
      const auto age =
          std::chrono::hours(24 * 14) * (each - n - 1) + std::chrono::minutes(chance.choose(14 * 24 * 60) + 1);
      fill(made[static_cast<std::size_t>(n)], blog, n, now - age, words);
      incoming.push_back(made[static_cast<std::size_t>(n)].incoming);
    }
    db.write([&](store::Writer& writer) {
      const auto added = store::add_blog(writer,
                                         {.title = fmt::format("Blog {} on {}", blog, words.some(2)),
                                          .feed_url = fmt::format("https://blog{}.example/feed", blog),
                                          .home_url = fmt::format("https://blog{}.example/", blog),
                                          .description = words.some(12)},
                                         now);
      if (added) store::ingest(writer, added->feed, incoming, true, now);
    });
    if (blog % 200 == 0) std::fprintf(stderr, "%d blogs, %d posts\n", blog, blog * each);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: seed_hub DATABASE BLOGS POSTS\n");
    return 2;
  }
  voice::store::Database db(argv[1]);
  seed(db, std::atoi(argv[2]), std::atoi(argv[3]));
  // Searchable before anything is measured: a server that indexes meanwhile would be measured too.
  db.write([](voice::store::Writer& writer) { voice::store::seed_reading(writer); });
  voice::store::renew_summaries(db, {});
  voice::store::index_all(db, voice::SystemClock());
  voice::store::IndexTidying tidying;
  while (db.write([&](voice::store::Writer& writer) { return tidying.step(writer); })) {}
  db.check_point();
}
