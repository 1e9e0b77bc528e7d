#include "store/search_score.h"

#include <sqlite3.h>

#include "store/db.h"
#include "store/fts5.h"

namespace voice::store {
namespace {

// The columns of both tables (0003_reading.sql).
enum Column { title, excerpt, body, tags, facets };

constexpr double kInTags = 1.5;
constexpr double kHalfOfText = 2.0;  // so many mentions are half of what text can give
constexpr int kMostPlaces = 40;      // a page full of one word says no more than forty

double score_of_phrase(const Fts5ExtensionApi* api, Fts5Context* context, int phrase) {
  bool in_title = false, in_tags = false;
  double mentions = 0;
  Fts5PhraseIter place;
  int column = 0, offset = 0, seen = 0;
  if (api->xPhraseFirst(context, phrase, &place, &column, &offset) != SQLITE_OK) return 0;
  for (; column >= 0 && seen < kMostPlaces; ++seen, api->xPhraseNext(context, &place, &column, &offset)) {
    if (column == title)
      in_title = true;
    else if (column == tags)
      in_tags = true;
    else if (column == body || column == excerpt)
      mentions += 1;
  }
  return (in_title ? kInTitle : 0) + (in_tags ? kInTags : 0) + mentions / (mentions + kHalfOfText);
}

void score(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int, sqlite3_value**) {
  double sum = 0;
  for (int phrase = 0; phrase < api->xPhraseCount(context); ++phrase) sum += score_of_phrase(api, context, phrase);
  sqlite3_result_double(result, sum);
}

}  // namespace

void add_search_score(sqlite3* handle) {
  fts5_api* api = fts5_of(handle);
  if (api->xCreateFunction(api, "voice_score", nullptr, score, nullptr) != SQLITE_OK)
    throw DatabaseError("SQLite refuses the function voice_score");
}

}  // namespace voice::store
