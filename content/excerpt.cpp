#include "content/excerpt.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "content/clusters.h"
#include "content/html_parser.h"
#include "content/tree_text.h"

namespace voice::content {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
constexpr std::string_view kDot = "\xC2\xB7";
constexpr std::size_t kHardlyAParagraph = 12;  // words
constexpr std::size_t kBytesAWord = 16;        // more than the words of most beginnings have

// Words that end in a full stop without ending a sentence.
bool is_abbreviation(std::string_view word) {
  static constexpr std::array kWords = {"mr",  "mrs",  "ms",  "dr",     "prof", "st",  "cllr", "rev",  "hon",
                                        "jr",  "sr",   "vs",  "cf",     "no",   "nos", "fig",  "figs", "vol",
                                        "pp",  "para", "ch",  "approx", "dept", "est", "inc",  "ltd",  "co",
                                        "e.g", "i.e",  "viz", "c",      "ca",   "tel", "ref",  "gov"};
  while (!word.empty() && !is_alpha(word.front()) && static_cast<unsigned char>(word.front()) < 0x80)
    word.remove_prefix(1);
  if (word.size() == 1) return is_alpha(word[0]) && word[0] != 'I';  // an initial
  const auto lower = to_ascii_lower(word);
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// Counts words as clusters go by: a fifth of a word is the unit, so that unspaced scripts add up.
class WordCount {
 public:
  void see(const Cluster& cluster) {
    switch (cluster.script) {
      case Script::space: in_word_ = false; break;
      case Script::han:
        fifths_ += 2.5;
        in_word_ = false;
        break;
      case Script::unspaced:
        fifths_ += 1;
        in_word_ = false;
        break;
      case Script::spaced:
        if (!in_word_ && counts(cluster.first)) {
          fifths_ += 5;
          in_word_ = true;
        }
        break;
    }
  }
  double words() const { return fifths_ / 5; }

 private:
  // A dash or a bullet on its own is no word.
  static bool counts(char32_t c) {
    if (c < 0x80) return is_alpha(static_cast<char>(c)) || is_digit(static_cast<char>(c));
    return !(c >= 0x2010 && c <= 0x2027) && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F) && c != 0xB7;
  }
  double fifths_ = 0;
  bool in_word_ = false;
};

// One line: runs of white space are one space, and no mark that would turn the direction of the page after a cut. Where a
// paragraph ended is remembered, because headings have no full stop; a dot keeps those apart from what follows.
struct Line {
  std::string text;
  std::vector<std::size_t> breaks;  ///< where a paragraph ended, ascending
};

// Whether the text reads on after this mark though a line ends there.
bool leads_on(char32_t mark) {
  constexpr std::u32string_view kMarks = U",;:-\u2013\u2014\u2026\u00B7";
  return ends_sentence(mark) || closes(mark) || kMarks.find(mark) != kMarks.npos;
}

bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80 && !is_space(c); }

Line one_line(std::string_view text) {
  Line line;
  bool space = false, block_ended = false;
  char32_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const char32_t c = next_code_point(text, at);
    if (c < 0x80 && is_space(static_cast<char>(c))) {
      space = true;
      block_ended = block_ended || c == '\n' || c == '\t';
      continue;
    }
    if (is_direction_mark(c)) continue;
    if (space && !line.text.empty()) {
      if (block_ended) line.breaks.push_back(line.text.size());
      if (block_ended && !leads_on(last)) (line.text += ' ') += kDot;
      line.text += ' ';
    }
    space = block_ended = false;
    last = c;
    while (c < 0x80 && at < text.size() && is_plain(text[at])) last = static_cast<unsigned char>(text[at++]);
    line.text += text.substr(begin, at - begin);
  }
  line.text = repair_utf8(line.text);
  return line;
}

// Whether a sentence ends at `at`, just after the mark `mark`.
bool is_sentence_end(std::string_view text, std::size_t mark_at, char32_t mark, std::size_t at) {
  if (ends_sentence_alone(mark)) return true;
  if (at < text.size() && text[at] != ' ') return false;
  if (mark != '.') return true;
  const auto word_at = text.rfind(' ', mark_at);
  if (is_abbreviation(text.substr(word_at == std::string_view::npos ? 0 : word_at + 1,
                                  mark_at - (word_at == std::string_view::npos ? 0 : word_at + 1))))
    return false;
  const char next = at + 1 < text.size() ? text[at + 1] : 'A';
  return !(next >= 'a' && next <= 'z');
}

// Trailing space and punctuation that would look odd before an ellipsis.
std::string_view without_loose_end(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == ';' || text.back() == ':' ||
                           text.back() == '-' || text.back() == '(' || text.back() == '.'))
    text.remove_suffix(1);
  return text;
}

struct Cut {
  std::size_t sentence = 0;  ///< after the last sentence that fits
  std::size_t word = 0;      ///< after the last word that fits
  double words_in_sentences = 0;
  bool all = false;
};

Cut cut_at(const Line& line, double most) {
  const std::string_view text = line.text;
  Cut cut;
  WordCount count;
  auto next_break = line.breaks.begin();
  Script before = Script::space;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto cluster = next_cluster(text, at);
    const auto words_before = count.words();
    count.see(cluster);
    const bool new_word = count.words() > words_before;
    const bool boundary =
        cluster.script == Script::space || (new_word && before != Script::spaced) ||
        (before != Script::spaced && before != Script::space && cluster.script == Script::spaced && new_word);
    if (boundary && begin > 0 && words_before <= most) cut.word = begin;
    if (count.words() > most) return cut;
    if (next_break != line.breaks.end() && *next_break <= begin) {
      cut.sentence = *next_break++;
      cut.words_in_sentences = words_before;
    }
    if (ends_sentence(cluster.first)) {
      auto end = at;
      for (auto look = at; look < text.size();) {
        const auto closing = next_cluster(text, look);
        if (!closes(closing.first) && !ends_sentence(closing.first)) break;
        end = look;
      }
      if (is_sentence_end(text, begin, cluster.first, end)) {
        cut.sentence = end;
        cut.words_in_sentences = count.words();
      }
    }
    before = cluster.script;
  }
  cut.all = true;
  return cut;
}

}  // namespace

std::string plain_text(const SafeHtml& safe) { return html::text_of(html::parse_fragment(safe.text()).root()); }

std::size_t count_words(std::string_view text, std::size_t enough) {
  WordCount count;
  for (std::size_t at = 0; at < text.size() && count.words() < static_cast<double>(enough);) {
    // What matters of a word is its first letter: the rest of an ASCII one is passed over.
    const bool letter = is_alpha(text[at]);
    count.see(next_cluster(text, at));
    while (letter && at < text.size() && is_alpha(text[at])) ++at;
  }
  return static_cast<std::size_t>(count.words() + 0.99);
}

std::string excerpt(std::string_view text, std::size_t words) {
  const auto most = static_cast<double>(words);
  Line line;
  Cut cut;
  // A post may be a book, and its beginning is enough. A cut at the very end of a beginning is not believed: what comes
  // next may belong to it.
  for (auto bytes = std::max<std::size_t>(words, 1) * kBytesAWord;; bytes *= 4) {
    line = one_line(utf8_prefix(text, bytes));
    cut = cut_at(line, most);
    if (!cut.all) break;
    if (text.size() <= bytes) return line.text;
  }
  if (cut.words_in_sentences * 2 >= most && cut.sentence > 0) return line.text.substr(0, cut.sentence);
  return std::string(without_loose_end(std::string_view(line.text).substr(0, cut.word))) + std::string(kEllipsis);
}

Summary summarise(const SafeHtml& safe, std::size_t longest) {
  const auto tree = html::parse_fragment(safe.text());
  const auto all = html::text_of(tree.root());
  const auto paragraphs = html::paragraphs_of(tree.root());
  const bool has_paragraphs = count_words(paragraphs, kHardlyAParagraph) >= kHardlyAParagraph;
  return {.excerpt = excerpt(has_paragraphs ? paragraphs : all, longest), .words = count_words(all)};
}

std::string first_words(std::string_view text, std::size_t longest) {
  const auto line = one_line(text);
  std::string_view first = line.text;
  if (!line.breaks.empty()) first = first.substr(0, line.breaks.front());
  if (count_code_points(first) <= longest) return std::string(first);
  std::size_t fits = 0, word = 0, points = 0;
  for (std::size_t at = 0; at < first.size();) {
    const auto begin = at;
    const auto cluster = next_cluster(first, at);
    if (cluster.script == Script::space) word = begin;
    points += count_code_points(cluster.bytes);
    if (points + 1 > longest) break;
    fits = at;
  }
  // A word longer than the title is cut, but not inside a character.
  const auto end = word * 2 > fits ? word : fits;
  return std::string(without_loose_end(first.substr(0, end))) + std::string(kEllipsis);
}

}  // namespace voice::content
