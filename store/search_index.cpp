#include "store/search_index.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

namespace voice::store {
namespace {

constexpr std::int64_t kRowsASecond = 16;

// A document without dates gives all its posts one second; they spill into the seconds before it, never into the future,
// where nobody would find them.
std::int64_t free_row(Writer& db, sys_seconds river_at) {
  for (auto first = first_search_row(river_at);; first -= kRowsASecond) {
    auto rows = db.query("SELECT max(search_row) FROM search_rows WHERE search_row >= :first AND search_row < :end");
    rows.bind(":first", first).bind(":end", first + kRowsASecond);
    rows.step();
    if (rows.is_null(0)) return first;
    if (rows.integer(0) + 1 < first + kRowsASecond) return rows.integer(0) + 1;
  }
}

std::string facets_of(const SearchText& post) {
  std::string facets(facet::kEvery);
  const auto add = [&](const std::string& word) { (facets += ' ') += word; };
  add(facet::of(post.blog));
  add(facet::of_language(post.language));
  add(facet::of_year(std::stoi(iso_day(post.river_at).substr(0, 4))));
  for (const auto id : post.topics) add(facet::of(id));
  for (const auto id : post.organisations) add(facet::of(id));
  for (const auto id : post.people) add(facet::of(id));
  return facets;
}

bool is_english(const SearchText& post) { return post.language == "en"; }

struct Tables {
  std::string_view insert_words, insert_title;
};
constexpr Tables kEnglish{
    "INSERT INTO search_english (rowid, title, excerpt, body, tags, facets) "
    "VALUES (:row, :title, :excerpt, :body, :tags, :facets)",
    "INSERT INTO search_titles_english (rowid, title, facets) VALUES (:row, :title, :facets)"};
constexpr Tables kOther{
    "INSERT INTO search_other (rowid, title, excerpt, body, tags, facets) "
    "VALUES (:row, :title, :excerpt, :body, :tags, :facets)",
    "INSERT INTO search_titles_other (rowid, title, facets) VALUES (:row, :title, :facets)"};

std::int64_t new_row(Writer& db, const SearchText& post) {
  const auto row = free_row(db, post.river_at);
  db.change("INSERT INTO search_rows (search_row, entry_id, is_english) VALUES (:row, :entry, :is_english)")
      .bind(":row", row)
      .bind(":entry", post.entry)
      .bind(":is_english", is_english(post))
      .run();
  return row;
}

void insert_words(Writer& db, const SearchText& post, std::int64_t row) {
  const auto& tables = is_english(post) ? kEnglish : kOther;
  const auto facets = facets_of(post);
  db.change(tables.insert_words)
      .bind(":row", row)
      .bind(":title", post.title)
      .bind(":excerpt", post.excerpt)
      .bind(":body", post.body)
      .bind(":tags", post.tags)
      .bind(":facets", facets)
      .run();
  db.change(tables.insert_title).bind(":row", row).bind(":title", post.title).bind(":facets", facets).run();
}

}  // namespace

namespace facet {
std::string of(BlogId blog) { return "xblog" + std::to_string(blog.value); }
std::string of(TopicId topic) { return "xtopic" + std::to_string(topic.value); }
std::string of(OrganisationId organisation) { return "xbody" + std::to_string(organisation.value); }
std::string of(PersonId person) { return "xperson" + std::to_string(person.value); }
std::string of_year(int year) { return "xyear" + std::to_string(year); }
// The digit at its end keeps the stemmer's hands off.
std::string of_language(std::string_view primary) { return "xlang" + to_ascii_lower(primary) + "0"; }
}  // namespace facet

std::int64_t first_search_row(sys_seconds river_at) {
  return std::max<std::int64_t>(unix_seconds(river_at), 1) * kRowsASecond;
}

sys_seconds time_of_search_row(std::int64_t row) { return sys_seconds{std::chrono::seconds{row / kRowsASecond}}; }

void put_words(Writer& db, const std::vector<SearchText>& posts) {
  for (const auto& post : posts) remove_words(db, post.entry);
  std::vector<std::pair<std::int64_t, const SearchText*>> rows;
  rows.reserve(posts.size());
  for (const auto& post : posts) rows.emplace_back(new_row(db, post), &post);
  std::sort(rows.begin(), rows.end());
  for (const auto& [row, post] : rows) insert_words(db, *post, row);
}

void remove_words(Writer& db, EntryId entry) {
  db.change("DELETE FROM search_rows WHERE entry_id = :entry").bind(":entry", entry).run();
}

bool looks_welsh(std::string_view text) {
  // Words that every Welsh text is full of and English has not.
  static constexpr std::array<std::string_view, 20> kWelsh = {"yn",  "yr",  "mae",   "gan",  "wedi",  "sydd", "hynny",
                                                              "ein", "fel", "hefyd", "oedd", "gyda",  "neu",  "bod",
                                                              "i'r", "a'r", "o'r",   "drwy", "rydym", "ydy"};
  constexpr std::size_t kLongest = 5;   // bytes of the longest of them, a curly apostrophe included
  constexpr std::size_t kEnough = 400;  // words; the rest of a post is in the language of its beginning
  std::size_t words = 0, welsh = 0;
  for (std::size_t at = 0; at < text.size() && words < kEnough; ++words) {
    auto end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    const auto found = text.substr(at, end - at);
    if (found.size() <= kLongest) {
      const auto word = to_ascii_lower(replace_all(found, "\xE2\x80\x99", "'"));
      if (std::find(kWelsh.begin(), kWelsh.end(), word) != kWelsh.end()) ++welsh;
    }
    at = end + 1;
  }
  return words >= 8 && welsh * 12 >= words;
}

std::string language_of(std::string_view entry_language, std::string_view blog_language, std::string_view text) {
  const auto said = trim(entry_language.empty() ? blog_language : entry_language);
  const auto primary = to_ascii_lower(said.substr(0, said.find_first_of("-_")));
  if (!primary.empty() && primary != "en") return primary;
  return looks_welsh(text) ? "cy" : "en";
}

}  // namespace voice::store
