// store/search.h - looking for words in everything stored.
//
// What a reader types is read by our own rules, so that no typing is an error: words must all be there, "in quotes" as they
// stand, -word must not. English is found by its stems, other languages as written, accents or not ("dwr" finds "dŵr").
// The page of a search is ordered by how well a post fits (the title counts most) and how new it is; its feed is the same
// posts newest first, because a feed that reorders itself tells its readers nothing. The page can be had newest first too:
// that order is the river's (Matching), by cursor to the oldest match.
//
// The order by fit reads the newest kNewestMatches posts that match and the newest kTitleMatches that have the words in
// their title, and ranks those. So a common word costs what a rare one does, and what is left out are old posts that mention in passing
// what hundreds of newer ones do; newest first they are all there. Total cost does not grow with the number of posts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/river.h"

namespace voice::store {

constexpr int kNewestMatches = 200;
constexpr int kTitleMatches = 100;

struct SearchQuery {
  std::string words;  ///< as typed; may be empty when something else is set
  BlogId blog;        ///< each of these narrows it where it is set
  OrganisationId organisation;
  TopicId topic;
  PersonId person;
  std::string language;  ///< primary subtag: "cy"
  int year = 0;          ///< London
};

/// What the typing was understood as, for saying so on the page.
struct SearchTerm {
  std::string text;
  bool is_phrase = false;
  bool is_excluded = false;
  friend bool operator==(const SearchTerm&, const SearchTerm&) = default;
};
/// At most 12 terms of the first 400 bytes; what has no letter or digit is dropped.
std::vector<SearchTerm> parse_search(std::string_view words);

/// For RiverFilter's Matching. Empty: there is nothing to look for.
std::string match_expression(const SearchQuery& query);

struct TitleMatch {
  std::string expression;  ///< for the tables of titles; empty: there is nothing to look for there
  int words = 0;           ///< how many words and phrases a title then has
};
/// The posts that have every word in their title. What must not be said in a text is not known there: then there are none.
TitleMatch title_match(const SearchQuery& query);

struct TextPiece {
  std::string text;
  bool is_match = false;
  friend bool operator==(const TextPiece&, const TextPiece&) = default;
};

/// Where a post has what was looked for. shown: in its title or excerpt as they are shown, or no words were looked for;
/// text: in that part of its text which is not shown; names: in its tags, its byline or its blog's title.
enum class FoundIn { shown, text, names };

struct SearchHit {
  RiverEntry entry;
  std::vector<TextPiece> title;  ///< the whole title; empty where the post has none
  std::vector<TextPiece>
      excerpt;  ///< where a word was found, or its first sentences; empty when only the title is shown
  FoundIn found_in = FoundIn::shown;
};

struct SearchPage {
  std::vector<SearchHit> hits;
  int total = 0;          ///< posts that match, counted among the newest kNewestMatches and those found by title
  bool has_more = false;  ///< older ones match too: say "more than"
};

/// Best first. `offset` is 0 or more, `limit` 1 to 100.
SearchPage search(Reader& db, const SearchQuery& query, sys_seconds now, int offset, int limit);
/// A post that river() gave for this search (Matching), with its matches marked as search() marks them.
SearchHit hit_of(Reader& db, const SearchQuery& query, RiverEntry entry);

/// The statements that search() and hit_of() run, for tests that read their plans: the newest matches and the newest by their
/// titles (row, whether it is English, score), the post of a row, the row of a post, its texts with the matches marked, and
/// whether there are matches in what is not shown.
std::string search_sql();
std::string title_search_sql();
std::string shown_entry_sql();
std::string row_of_entry_sql();
std::string marks_sql(bool is_english);
std::string unshown_sql(bool is_english);

}  // namespace voice::store
