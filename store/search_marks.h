// store/search_marks.h - where the words of a search stand in a text, as functions inside SQLite.
//
// FTS5's own highlight() and snippet() need the row to be found by MATCH again, which walks the lists of the words up to that
// row: for twenty hits of a common word that took longer than the search. These take the text apart as the index does and
// look at nothing else.
#pragma once

struct sqlite3;

namespace voice::store {

/// Around what is found, in the answers of both functions. Stored text holds neither.
inline constexpr char kMatchBegins = '\x02', kMatchEnds = '\x03';

/// Makes available on a connection
///   voice_marks(text, terms, is_english): the text with its matches marked,
///   voice_snippet(text, terms, is_english): the 48 words of it that hold most of the terms, marked; an ellipsis where it was
///   cut. NULL where there is no match in the first 256 KB.
/// `terms`: words and phrases, one a line. Throws DatabaseError.
void add_search_marks(sqlite3* handle);

}  // namespace voice::store
