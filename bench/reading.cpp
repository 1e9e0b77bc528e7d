// bench/reading.cpp - what readers' queries cost in a hub of 2,000 blogs and 200,000 posts.
//
//   bench_reading [FOLDER] [BLOGS] [POSTS]
//
// Builds (or finds) FOLDER/reading.db with invented posts: lengths, links and tags spread as in this field, words by Zipf's
// law, so that a few stand in nearly every post. Then each query runs many times with warm caches; the figures are CPU
// milliseconds of the thread that ran it, the middle one and the ninety-ninth of a hundred.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <iostream>
#include <time.h>
#include <vector>

#include "base/tokens.h"
#include "content/sanitizer.h"
#include "store/archive.h"
#include "store/conversations.h"
#include "store/directory.h"
#include "store/indexing.h"
#include "store/ingest.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/river.h"
#include "store/search.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {

const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

double cpu_ms() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

// Words by rank: the n-th is drawn about 1/n as often as the first.
class Words {
 public:
  explicit Words(SeededTokens& tokens) : tokens_(tokens) {
    static const char* kCommon[] = {"the",      "of",         "and",     "council",  "digital", "service",
                                    "data",     "people",     "local",   "design",   "users",   "website",
                                    "team",     "project",    "open",    "public",   "content", "online",
                                    "new",      "government", "housing", "planning", "social",  "care",
                                    "research", "week",       "meeting", "platform", "change",  "community"};
    for (const auto* word : kCommon) words_.emplace_back(word);
    for (int n = 0; n < 60'000; ++n) words_.push_back(made_up(n));
    double sum = 0;
    for (std::size_t n = 0; n < words_.size(); ++n) cumulative_.push_back(sum += 1.0 / (static_cast<double>(n) + 2.7));
  }
  const std::string& draw() {
    const double at = cumulative_.back() * tokens_.choose(1u << 30) / static_cast<double>(1u << 30);
    const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end(), at);
    return words_[static_cast<std::size_t>(found - cumulative_.begin())];
  }
  const std::string& rare() const { return words_[20'000]; }

 private:
  static std::string made_up(int n) {
    static const char* kParts[] = {"ba",  "re",  "to",  "mi", "lu",  "sen", "dor", "ka",
                                   "vil", "ner", "pos", "tu", "gra", "fe",  "ho",  "cy"};
    std::string word;
    for (int i = 0; i < 4; ++i, n /= 16) word += kParts[n % 16];
    return word;
  }
  SeededTokens& tokens_;
  std::vector<std::string> words_;
  std::vector<double> cumulative_;
};

std::string sentence(Words& words, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) (text += i > 0 ? " " : "") += words.draw();
  return text;
}

struct Made {
  feeds::Entry entry;
  std::string html;
};

Made make_post(Words& words, SeededTokens& tokens, int blog, int number, int blogs, int posts_a_blog) {
  static const char* kTags[] = {"service design", "open data", "accessibility", "weeknotes", "ai",
                                "localgovcamp",   "misc",      "housing"};
  Made made;
  auto& e = made.entry;
  e.title = sentence(words, 4 + static_cast<int>(tokens.choose(6)));
  e.url = fmt::format("https://blog{}.example/{}/", blog, number);
  e.id = e.url;
  // Sixteen years, more of them late.
  e.published = kNow - seconds{static_cast<std::int64_t>(5e8 * std::pow(tokens.choose(1'000'000) / 1e6, 1.5))};
  if (tokens.choose(3) == 0) e.tags = {kTags[tokens.choose(8)], kTags[tokens.choose(8)]};
  const int paragraphs = 2 + static_cast<int>(tokens.choose(5));
  for (int i = 0; i < paragraphs; ++i) made.html += "<p>" + sentence(words, 40) + "</p>";
  if (tokens.choose(4) == 0)  // every fourth links to another post, mostly to a member's
    made.html +=
        fmt::format("<p><a href=\"https://blog{}.example/{}\">as they said</a></p>",
                    tokens.choose(static_cast<unsigned>(blogs)), tokens.choose(static_cast<unsigned>(posts_a_blog)));
  if (tokens.choose(3) == 0)
    made.html +=
        fmt::format("<p><a href=\"https://outside.example/report/{}\">the report</a></p>", tokens.choose(3000));
  return made;
}

std::vector<AddedBlog> add_blogs(Database& database, int count) {
  std::vector<AddedBlog> blogs;
  std::vector<std::string> councils;
  {
    auto reader = database.reader();
    for (const auto& council : all_councils(*reader)) councils.push_back(council.name);
  }
  database.write([&](Writer& db) {
    for (int i = 0; i < count; ++i) {
      const bool group = i % 5 == 0;
      blogs.push_back(*add_blog(
          db,
          {.title = fmt::format("Blog {}", i),
           .feed_url = fmt::format("https://blog{}.example/feed", i),
           .home_url = fmt::format("https://blog{}.example/", i),
           .language = i % 20 == 0 ? "cy" : "en",
           .author = group ? std::string() : fmt::format("Writer Number{}", i),
           .organisation = councils.empty() ? std::string() : councils[static_cast<std::size_t>(i) % councils.size()],
           .kind = group ? BlogKind::council_team : BlogKind::practitioner},
          kNow - hours{24 * 900}));
    }
  });
  return blogs;
}

void build(Database& database, int blog_count, int post_count) {
  SeededTokens tokens(7);
  Words words(tokens);
  database.write([](Writer& db) { seed_reading(db); });
  const auto blogs = add_blogs(database, blog_count);
  const int each = post_count / blog_count;
  double html_bytes = 0;
  for (int b = 0; b < blog_count; ++b) {
    std::vector<Made> made;
    for (int n = 0; n < each; ++n) made.push_back(make_post(words, tokens, b, n, blog_count, each));
    std::vector<IncomingEntry> incoming;
    for (auto& post : made) {
      html_bytes += static_cast<double>(post.html.size());
      incoming.push_back({.guid = post.entry.id,
                          .content_hash = post.entry.id,
                          .entry = &post.entry,
                          .body = content::SafeHtml::from_store(post.html),
                          .excerpt = post.html.substr(3, 300),
                          .words = 160});
    }
    database.write([&](Writer& db) { ingest(db, blogs[static_cast<std::size_t>(b)].feed, incoming, true, kNow); });
    if (b % 200 == 0) std::cerr << fmt::format("\rstored {} of {} blogs", b, blog_count);
  }
  const SetClock clock(kNow);
  const double before = cpu_ms();
  const int indexed = index_all(database, clock);
  const double spent = cpu_ms() - before;
  database.check_point();
  std::cout << fmt::format(
      "indexed {} posts, {:.0f} MB of HTML, in {:.1f} CPU s: {:.2f} ms a post; the file has {:.0f} MB\n", indexed,
      html_bytes / 1e6, spent / 1e3, spent / std::max(indexed, 1),
      static_cast<double>(std::filesystem::file_size(database.path())) / 1e6);
}

void measure(const std::string& name, const std::function<std::size_t()>& query, int times = 60) {
  std::vector<double> spent;
  std::size_t rows = 0;
  for (int i = 0; i < times; ++i) {
    const double before = cpu_ms();
    rows = query();
    spent.push_back(cpu_ms() - before);
  }
  std::sort(spent.begin(), spent.end());
  std::cout << fmt::format("{:44} {:7.2f} {:7.2f}   {} rows\n", name, spent[spent.size() / 2],
                           spent[spent.size() * 99 / 100], rows);
}

template <class T>
T first_of(Reader& db, const char* sql) {
  auto rows = db.query(sql);
  return rows.step() ? rows.id<T>(0) : T{};
}

void measure_river(Reader& db) {
  const auto view = [&](const char* name, const RiverFilter& filter) {
    measure(name, [&] { return river(db, {.filter = filter, .now = kNow, .before = {}, .limit = 30}).size(); });
  };
  view("river, first page", AllEntries{});
  measure("river, 10 years back", [&] {
    return river(db, {.filter = AllEntries{},
                      .now = kNow,
                      .before = Cursor{.river_at = kNow - hours{24 * 3650}, .id = EntryId{1}},
                      .limit = 30})
        .size();
  });
  view("a blog", OfBlog{BlogId{77}});
  const auto topic = first_of<TopicId>(db, "SELECT id FROM topics ORDER BY post_count DESC LIMIT 1");
  view("the largest topic", OfTopic{topic});
  view("without the largest topic", WithoutTopic{topic});
  view("a council",
       OfOrganisation{first_of<OrganisationId>(db, "SELECT id FROM organisations ORDER BY post_count DESC LIMIT 1")});
  view("a person", OfPerson{first_of<PersonId>(db, "SELECT id FROM people ORDER BY post_count DESC LIMIT 1")});
  view("a month of 2019", OfPeriod{.from = sys_days{2019y / 6 / 1}, .until = sys_days{2019y / 7 / 1}});
  const auto conversation = first_of<ConversationId>(
      db, "SELECT id FROM conversations WHERE merged_into IS NULL ORDER BY post_count DESC LIMIT 1");
  view("the longest conversation", OfConversation{conversation});
}

void measure_search(Reader& db, const std::string& rare) {
  const auto look = [&](const std::string& name, SearchQuery query) {
    measure("search: " + name, [&] { return search(db, query, kNow, 0, 20).hits.size(); });
  };
  for (const char* words : {"the", "council", "council housing", "the of and", "\"council service\"",
                            "\"the council and\"", "digital -council", "design research week", "community"})
    look(words, {.words = words});
  look("a rare word", {.words = rare});
  look("a rare and a common word", {.words = rare + " the"});
  look("\"rare the of\"", {.words = "\"" + rare + " the of\""});
  look("\"the of the of\"", {.words = "\"the of the of\""});
  look("council, one blog", {.words = "council", .blog = BlogId{77}});
  look("council, a year", {.words = "council", .year = 2015});
  look("council, Welsh posts", {.words = "council", .language = "cy"});
  const auto expression = match_expression({.words = "council"});
  measure("feed of a search",
          [&] { return river(db, {.filter = Matching{expression}, .now = kNow, .before = {}, .limit = 30}).size(); });
  measure("feed of a search for \"the of the of\"", [&] {
    return river(db, {.filter = Matching{match_expression({.words = "\"the of the of\""})},
                      .now = kNow,
                      .before = {},
                      .limit = 30})
        .size();
  });
}

void measure_lists(Reader& db) {
  measure("conversations, first page", [&] { return conversations(db, {}, 30).size(); });
  measure("shared pages of four weeks", [&] { return shared_pages(db, kNow, 20).size(); });
  const auto linked =
      first_of<EntryId>(db, "SELECT to_entry_id FROM entry_links WHERE to_entry_id IS NOT NULL LIMIT 1");
  measure("answers of a post", [&] { return answers_of(db, linked, 20).size(); });
  measure("the line under a post", [&] { return static_cast<std::size_t>(talk_line(db, linked).answers); });
  measure("members by title, a page", [&] { return directory(db, {}, kNow).size(); });
  measure("members in Wales by newest post",
          [&] { return directory(db, {.nation = "Wales", .order = MemberOrder::newest_post}, kNow).size(); });
  measure("people", [&] { return all_people(db).size(); });
  measure("organisations with blogs", [&] { return organisations_with_blogs(db).size(); });
  measure("posts a month of a blog", [&] { return blog_months(db, BlogId{77}, kNow - hours{24 * 1100}).size(); });
  measure("days of a month",
          [&] { return days_with_posts(db, sys_days{2024y / 6 / 1}, sys_days{2024y / 7 / 1}).size(); });
  measure(
      "months of all years", [&] { return months_with_posts(db, sys_days{2005y / 1 / 1}, kNow).size(); }, 10);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path();
  const int blogs = argc > 2 ? std::stoi(argv[2]) : 2000, posts = argc > 3 ? std::stoi(argv[3]) : 200'000;
  const auto path = folder / fmt::format("reading-{}-{}.db", blogs, posts);
  const bool is_new = !std::filesystem::exists(path);
  Database database(path.string());
  if (is_new) build(database, blogs, posts);
  SeededTokens tokens(7);
  const Words words(tokens);
  auto reader = database.reader();
  std::cout << fmt::format("\n{:44} {:>7} {:>7}   CPU ms\n", fmt::format("{} posts of {} blogs", posts, blogs), "p50",
                           "p99");
  measure_river(*reader);
  measure_search(*reader, words.rare());
  measure_lists(*reader);
}
