#include "store/search_marks.h"

#include <algorithm>
#include <memory>
#include <set>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "store/db.h"
#include "store/fts5.h"

namespace voice::store {
namespace {

constexpr std::size_t kSnippetWords = 48, kWordsBefore = 8;
constexpr std::size_t kMostBytes = 256 * 1024;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

struct Word {
  std::string stem;  // as the index has it
  std::size_t begin = 0, end = 0;
};

// One way of taking text apart, as the tables of 0003_reading.sql name it.
class Tokenizer {
 public:
  Tokenizer(fts5_api* api, const char* name, std::vector<const char*> arguments) {
    void* data = nullptr;
    if (api->xFindTokenizer(api, name, &data, &methods_) != SQLITE_OK ||
        methods_.xCreate(data, arguments.data(), static_cast<int>(arguments.size()), &tokenizer_) != SQLITE_OK)
      throw DatabaseError(std::string("this SQLite has no tokenizer ") + name);
  }
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;
  ~Tokenizer() {
    if (tokenizer_ != nullptr) methods_.xDelete(tokenizer_);
  }

  std::vector<Word> words_of(std::string_view text) const {
    std::vector<Word> words;
    const auto add = [](void* to, int, const char* stem, int length, int begin, int end) {
      static_cast<std::vector<Word>*>(to)->push_back({.stem = std::string(stem, static_cast<std::size_t>(length)),
                                                      .begin = static_cast<std::size_t>(begin),
                                                      .end = static_cast<std::size_t>(end)});
      return SQLITE_OK;
    };
    methods_.xTokenize(tokenizer_, &words, FTS5_TOKENIZE_AUX, text.data(), static_cast<int>(text.size()), add);
    return words;
  }

 private:
  fts5_tokenizer methods_{};
  Fts5Tokenizer* tokenizer_ = nullptr;
};

struct Tokenizers {
  explicit Tokenizers(fts5_api* api)
      : english(api, "porter", {"unicode61", "remove_diacritics", "2"}),
        other(api, "unicode61", {"remove_diacritics", "2"}) {}
  const Tokenizer english, other;
};

using Phrases = std::vector<std::vector<Word>>;

struct Match {
  std::size_t first = 0, last = 0;  // words
  std::size_t phrase = 0;
};

bool stands_at(const std::vector<Word>& words, std::size_t at, const std::vector<Word>& phrase) {
  if (phrase.empty() || at + phrase.size() > words.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i)
    if (words[at + i].stem != phrase[i].stem) return false;
  return true;
}

std::vector<Match> matches_in(const std::vector<Word>& words, const Phrases& phrases) {
  std::vector<Match> matches;
  for (std::size_t at = 0; at < words.size(); ++at)
    for (std::size_t n = 0; n < phrases.size(); ++n)
      if (stands_at(words, at, phrases[n]))
        matches.push_back({.first = at, .last = at + phrases[n].size() - 1, .phrase = n});
  return matches;
}

// The text between two words with its matches marked; those that overlap are one.
std::string marked(std::string_view text, const std::vector<Word>& words, const std::vector<Match>& matches,
                   std::size_t begin, std::size_t end) {
  std::string out;
  auto at = begin;
  for (auto match = matches.begin(); match != matches.end();) {
    const auto from = words[match->first].begin;
    auto last = match->last;
    while (++match != matches.end() && match->first <= last) last = std::max(last, match->last);
    const auto to = words[last].end;
    if (from < begin || to > end) continue;
    out.append(text.substr(at, from - at)).append(1, kMatchBegins);
    out.append(text.substr(from, to - from)).append(1, kMatchEnds);
    at = to;
  }
  return out.append(text.substr(at, end - at));
}

// The first of the places with most of the terms: a match and a few words before it.
std::size_t best_start(const std::vector<Match>& matches) {
  std::size_t best = 0, most = 0;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const auto start = match->first - std::min(match->first, kWordsBefore);
    std::set<std::size_t> terms;
    for (auto other = match; other != matches.end() && other->last < start + kSnippetWords; ++other)
      terms.insert(other->phrase);
    if (terms.size() > most) {
      most = terms.size();
      best = start;
    }
  }
  return best;
}

std::string snippet(std::string_view text, const std::vector<Word>& words, const std::vector<Match>& matches) {
  const auto start = best_start(matches);
  const auto end = std::min(start + kSnippetWords, words.size());
  const bool to_the_end = end == words.size();
  const auto begins = start == 0 ? 0 : words[start].begin, ends = to_the_end ? text.size() : words[end - 1].end;
  std::string out = start == 0 ? std::string() : std::string(kEllipsis);
  out += marked(text, words, matches, begins, ends);
  return to_the_end ? out : out.append(kEllipsis);
}

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void answer(sqlite3_context* context, sqlite3_value** arguments, bool whole) {
  const auto& tokenizers = *static_cast<const Tokenizers*>(sqlite3_user_data(context));
  const auto& tokenizer = sqlite3_value_int(arguments[2]) != 0 ? tokenizers.english : tokenizers.other;
  const auto text = text_of(arguments[0]);
  Phrases phrases;
  for (const auto term : split(text_of(arguments[1]), '\n')) phrases.push_back(tokenizer.words_of(term));
  const auto words = tokenizer.words_of(utf8_prefix(text, kMostBytes));
  const auto matches = matches_in(words, phrases);
  if (!whole && matches.empty()) return sqlite3_result_null(context);
  const auto out = whole ? marked(text, words, matches, 0, text.size()) : snippet(text, words, matches);
  sqlite3_result_text64(context, out.data(), out.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void marks(sqlite3_context* context, int, sqlite3_value** arguments) { answer(context, arguments, true); }
void snippets(sqlite3_context* context, int, sqlite3_value** arguments) { answer(context, arguments, false); }

void add(sqlite3* handle, const char* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
  auto tokenizers = std::make_unique<Tokenizers>(fts5_of(handle));
  const auto remove = [](void* data) { delete static_cast<Tokenizers*>(data); };
  // SQLite owns them from here, also where it fails.
  if (sqlite3_create_function_v2(handle, name, 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC, tokenizers.release(), function,
                                 nullptr, nullptr, remove) != SQLITE_OK)
    throw DatabaseError(std::string("SQLite refuses the function ") + name);
}

}  // namespace

void add_search_marks(sqlite3* handle) {
  add(handle, "voice_marks", marks);
  add(handle, "voice_snippet", snippets);
}

}  // namespace voice::store
