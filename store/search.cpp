#include "store/search.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "store/search_index.h"

namespace voice::store {
namespace {

constexpr char kBegins = '\x02', kEnds = '\x03';  // around matches, as SQLite marks them; stored text holds neither

struct Candidate {
  EntryId entry;
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

// The words alone, for the posts that have all of them in their title. Empty where there are none.
std::string title_expression(const SearchQuery& query) {
  std::string titles;
  for (const auto& term : parse_search(query.words))
    if (!term.is_excluded)
      titles += (titles.empty() ? "title : \"" : " AND title : \"") + replace_all(term.text, "\"", " ") + "\"";
  const auto all = match_expression(query);
  return titles.empty() ? std::string() : titles + " AND (" + all + ")";
}

struct Found {
  std::vector<Candidate> candidates;
  bool has_more = false;
};

void add_matches(Reader& db, const std::string& expression, sys_seconds now, int limit, Found& found) {
  auto rows = db.query(search_sql());
  rows.bind(":match", expression).bind(":end", first_search_row(now + std::chrono::seconds{1})).bind(":limit", limit);
  while (rows.step())
    found.candidates.push_back({.entry = rows.id<EntryId>(0),
                                .row = rows.integer(1),
                                .is_english = rows.integer(2) != 0,
                                .rank = rows.real(3) * freshness(rows.time(4), now)});
}

Found find_candidates(Reader& db, const SearchQuery& query, sys_seconds now) {
  Found found;
  const auto expression = match_expression(query);
  if (expression.empty()) return found;
  add_matches(db, expression, now, kNewestMatches, found);
  found.has_more = found.candidates.size() >= static_cast<std::size_t>(kNewestMatches);
  if (found.has_more)
    if (const auto titles = title_expression(query); !titles.empty())
      add_matches(db, titles, now, kTitleMatches, found);
  auto& all = found.candidates;
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.row > b.row; });
  all.erase(std::unique(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.row == b.row; }),
            all.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.rank > b.rank; });
  return found;
}

std::vector<TextPiece> pieces_of(std::string_view marked) {
  std::vector<TextPiece> pieces;
  bool is_match = false;
  for (std::size_t at = 0; at < marked.size();) {
    const auto end = std::min(marked.find(is_match ? kEnds : kBegins, at), marked.size());
    if (end > at) pieces.push_back({.text = std::string(marked.substr(at, end - at)), .is_match = is_match});
    if (end < marked.size()) is_match = !is_match;
    at = end + 1;
  }
  return pieces;
}

bool has_match(const std::vector<TextPiece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.is_match; });
}

std::string marks_sql(bool is_english) {
  const std::string table = is_english ? "search_english" : "search_other";
  return "SELECT highlight(" + table + ", 0, char(2), char(3)), highlight(" + table + ", 1, char(2), char(3)) FROM " +
         table + " WHERE " + table + " MATCH :match AND rowid = :row";
}

std::string snippet_sql(bool is_english) {
  const std::string table = is_english ? "search_english" : "search_other";
  return "SELECT snippet(" + table + ", 2, char(2), char(3), char(8230), 48) FROM " + table + " WHERE " + table +
         " MATCH :match AND rowid = :row";
}

// Only what the blogger agreed to show is shown, though everything is looked in.
void mark(Reader& db, const std::string& expression, const Candidate& candidate, SearchHit& hit) {
  {
    auto rows = db.query(marks_sql(candidate.is_english));
    rows.bind(":match", expression).bind(":row", candidate.row);
    if (!rows.step()) return;
    hit.title = pieces_of(rows.text_view(0));
    if (hit.entry.shown != Shown::title) hit.excerpt = pieces_of(rows.text_view(1));
  }
  if (hit.entry.shown != Shown::full || has_match(hit.excerpt)) return;
  auto rows = db.query(snippet_sql(candidate.is_english));
  rows.bind(":match", expression).bind(":row", candidate.row);
  if (!rows.step()) return;
  auto snippet = pieces_of(collapse_space(rows.text_view(0)));
  if (has_match(snippet)) hit.excerpt = std::move(snippet);
}

}  // namespace

std::string search_sql() {
  const auto matches = [](const std::string& table, const std::string& is_english) {
    return "SELECT * FROM (SELECT rowid AS search_row, voice_score(" + table + ") AS score, " + is_english +
           " AS is_english FROM " + table + " WHERE " + table +
           " MATCH :match AND rowid < :end ORDER BY rowid DESC LIMIT :limit)";
  };
  return "SELECT e.id, m.search_row, m.is_english, m.score, e.river_at FROM (" + matches("search_english", "1") +
         " UNION ALL " + matches("search_other", "0") + R"sql() AS m
      CROSS JOIN search_rows AS r ON r.search_row = m.search_row
      CROSS JOIN entries AS e ON e.id = r.entry_id
      CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone'))sql";
}

SearchPage search(Reader& db, const SearchQuery& query, sys_seconds now, int offset, int limit) {
  const auto found = find_candidates(db, query, now);
  SearchPage page{.hits = {}, .total = static_cast<int>(found.candidates.size()), .has_more = found.has_more};
  const auto expression = match_expression(query);
  const auto end =
      std::min(found.candidates.size(), static_cast<std::size_t>(offset) + static_cast<std::size_t>(limit));
  for (auto i = static_cast<std::size_t>(offset); i < end; ++i) {
    auto entry = find_entry(db, found.candidates[i].entry);
    if (!entry) continue;
    SearchHit hit{.entry = std::move(*entry), .title = {}, .excerpt = {}};
    mark(db, expression, found.candidates[i], hit);
    page.hits.push_back(std::move(hit));
  }
  return page;
}

}  // namespace voice::store
