#include "store/search.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/text.h"
#include "store/search_index.h"
#include "store/search_marks.h"
#include "store/search_score.h"

namespace voice::store {
namespace {

struct Candidate {
  std::int64_t row = 0;
  bool is_english = false;
  double rank = 0;
};

// A post of today counts in full, one of two years ago 0.7 of that, a very old one still 0.4: a good old answer beats a poor
// new one.
double freshness(sys_seconds river_at, sys_seconds now) {
  const double years = std::max<double>(0, static_cast<double>((now - river_at).count()) / (365.25 * 86400));
  return 0.4 + 0.6 / (1 + years / 2);
}

struct Found {
  std::vector<Candidate> candidates;  // best first
  bool has_more = false;
};

void add_matches(Rows rows, sys_seconds now, Found& found) {
  while (rows.step()) {
    const auto row = rows.integer(0);
    found.candidates.push_back({.row = row,
                                .is_english = rows.integer(1) != 0,
                                .rank = rows.real(2) * freshness(time_of_search_row(row), now)});
  }
}

// Whether a table that was asked for one row more than are needed had it.
bool goes_on(const std::vector<Candidate>& newest) {
  const auto english = std::count_if(newest.begin(), newest.end(), [](const auto& c) { return c.is_english; });
  return std::max(english, std::ssize(newest) - english) > kNewestMatches;
}

Found find_candidates(Reader& db, const SearchQuery& query, sys_seconds now) {
  Found found;
  const auto end = first_search_row(now + std::chrono::seconds{1});
  const auto expression = match_expression(query);
  if (expression.empty()) return found;
  {
    auto rows = db.query(search_sql());
    rows.bind(":match", expression).bind(":end", end).bind(":limit", kNewestMatches + 1);
    add_matches(std::move(rows), now, found);
  }
  found.has_more = goes_on(found.candidates);
  if (found.has_more)
    if (const auto titles = title_match(query); !titles.expression.empty()) {
      auto rows = db.query(title_search_sql());
      rows.bind(":match", titles.expression)
          .bind(":end", end)
          .bind(":limit", kTitleMatches)
          .bind(":score", kInTitle * titles.words);
      add_matches(std::move(rows), now, found);
    }
  auto& all = found.candidates;
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return std::tie(a.row, a.rank) > std::tie(b.row, b.rank); });
  all.erase(std::unique(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.row == b.row; }),
            all.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.rank > b.rank; });
  return found;
}

// The words and phrases that are looked for, one a line.
std::string wanted_terms(const SearchQuery& query) {
  std::string terms;
  for (const auto& term : parse_search(query.words))
    if (!term.is_excluded) (terms += term.text) += '\n';
  return terms;
}

// The post of a row. Nothing where it is not to be seen: the words of one that was just hidden stay for a second.
EntryId shown_entry(Reader& db, std::int64_t row) {
  auto rows = db.query(shown_entry_sql());
  rows.bind(":row", row);
  return rows.step() ? rows.id<EntryId>(0) : EntryId{};
}

std::vector<TextPiece> pieces_of(std::string_view marked) {
  std::vector<TextPiece> pieces;
  bool is_match = false;
  for (std::size_t at = 0; at < marked.size();) {
    const auto end = std::min(marked.find(is_match ? kMatchEnds : kMatchBegins, at), marked.size());
    if (end > at) pieces.push_back({.text = std::string(marked.substr(at, end - at)), .is_match = is_match});
    if (end < marked.size()) is_match = !is_match;
    at = end + 1;
  }
  return pieces;
}

bool has_match(const std::vector<TextPiece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.is_match; });
}

// Only what the blogger agreed to show is shown, though everything is looked in.
void mark(Reader& db, const std::string& terms, const Candidate& candidate, SearchHit& hit) {
  const bool may_quote = hit.entry.shown == Shown::full;
  auto rows = db.query(marks_sql(candidate.is_english));
  rows.bind(":terms", terms).bind(":row", candidate.row).bind(":may_quote", may_quote);
  if (!rows.step()) return;
  hit.title = pieces_of(rows.text_view(0));
  if (hit.entry.shown != Shown::title) hit.excerpt = pieces_of(rows.text_view(1));
  if (may_quote && !has_match(hit.excerpt) && !rows.is_null(2)) hit.excerpt = pieces_of(collapse_space(rows.text(2)));
}

// Asked only about posts that show nothing of what was looked for: reading a whole text takes longer than an excerpt.
FoundIn unshown_place(Reader& db, const std::string& terms, const Candidate& candidate) {
  auto rows = db.query(unshown_sql(candidate.is_english));
  rows.bind(":terms", terms).bind(":row", candidate.row);
  if (!rows.step()) return FoundIn::shown;
  if (rows.integer(0) != 0) return FoundIn::text;
  return rows.integer(1) != 0 ? FoundIn::names : FoundIn::shown;
}

SearchHit marked_hit(Reader& db, const std::string& terms, const Candidate& candidate, RiverEntry entry) {
  SearchHit hit{.entry = std::move(entry), .title = {}, .excerpt = {}};
  mark(db, terms, candidate, hit);
  if (!terms.empty() && !has_match(hit.title) && !has_match(hit.excerpt))
    hit.found_in = unshown_place(db, terms, candidate);
  return hit;
}

// The newest rows of one table that match: row, whether it is English, score.
std::string newest_in(const std::string& table, const std::string& is_english, const std::string& score) {
  return "SELECT * FROM (SELECT rowid, " + is_english + ", " + score + " FROM " + table + " WHERE " + table +
         " MATCH :match AND rowid < :end ORDER BY rowid DESC LIMIT :limit)";
}

}  // namespace

std::string search_sql() {
  return newest_in("search_english", "1", "voice_score(search_english)") + " UNION ALL " +
         newest_in("search_other", "0", "voice_score(search_other)");
}

std::string title_search_sql() {
  return newest_in("search_titles_english", "1", ":score") + " UNION ALL " +
         newest_in("search_titles_other", "0", ":score");
}

std::string shown_entry_sql() {
  return R"sql(
    SELECT e.id
    FROM search_rows AS r
      CROSS JOIN entries AS e ON e.id = r.entry_id
      CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE r.search_row = :row AND e.hidden_at IS NULL AND e.same_as IS NULL
      AND b.state IN ('active', 'paused', 'gone'))sql";
}

std::string marks_sql(bool is_english) {
  const std::string table = is_english ? "search_english" : "search_other", language = is_english ? "1" : "0";
  return "SELECT voice_marks(title, :terms, " + language + "), voice_marks(excerpt, :terms, " + language +
         "), iif(:may_quote, voice_snippet(body, :terms, " + language + "), NULL) FROM " + table +
         " WHERE rowid = :row";
}

std::string row_of_entry_sql() { return "SELECT search_row, is_english FROM search_rows WHERE entry_id = :entry"; }

std::string unshown_sql(bool is_english) {
  const std::string table = is_english ? "search_english" : "search_other", language = is_english ? "1" : "0";
  return "SELECT voice_snippet(body, :terms, " + language + ") IS NOT NULL, voice_snippet(tags, :terms, " + language +
         ") IS NOT NULL FROM " + table + " WHERE rowid = :row";
}

SearchPage search(Reader& db, const SearchQuery& query, sys_seconds now, int offset, int limit) {
  const auto found = find_candidates(db, query, now);
  SearchPage page{.hits = {}, .total = static_cast<int>(found.candidates.size()), .has_more = found.has_more};
  const auto terms = wanted_terms(query);
  int place = 0;
  for (const auto& candidate : found.candidates) {
    if (place >= offset + limit) break;
    const auto id = shown_entry(db, candidate.row);
    auto entry = id && place >= offset ? find_entry(db, id) : std::nullopt;
    if (!id) {
      --page.total;
      continue;
    }
    ++place;
    if (!entry) continue;
    page.hits.push_back(marked_hit(db, terms, candidate, std::move(*entry)));
  }
  return page;
}

SearchHit hit_of(Reader& db, const SearchQuery& query, RiverEntry entry) {
  Candidate candidate;
  {
    auto rows = db.query(row_of_entry_sql());
    rows.bind(":entry", entry.id);
    if (rows.step()) candidate = {.row = rows.integer(0), .is_english = rows.integer(1) != 0};
  }
  return marked_hit(db, wanted_terms(query), candidate, std::move(entry));
}

}  // namespace voice::store
