#include "feeds/charset_guess.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "feeds/charset_labels.h"
#include "feeds/iconv.h"

namespace voice::feeds {
namespace {

constexpr std::size_t kSample = std::size_t{64} << 10U;

// The hundred characters that make up nearly half of running Chinese.
constexpr std::u32string_view kSimplified =
    U"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
    U"种事成方多经么去法学如都同现当没动面"
    U"起看定天分还进好小部其些主样理心她本前开但因只从想实，。";
constexpr std::u32string_view kTraditional =
    U"的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家"
    U"種事成方多經麼去法學如都同現當沒動面"
    U"起看定天分還進好小部其些主樣理心她本前開但因只從想實，。";

bool between(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }
bool is_latin_letter(char32_t c) { return c < 0x80 && is_alpha(static_cast<char>(c)); }

// How much a character speaks for the encoding that produced it, 0 to 1, seen with its neighbours.
using Weight = double (*)(char32_t before, char32_t c, char32_t after);

double japanese(char32_t, char32_t c, char32_t) {
  if (between(c, 0x3041, 0x30FF)) return 1;
  return between(c, 0x4E00, 0x9FFF) || between(c, 0x3000, 0x303F) || between(c, 0xFF01, 0xFF5E) ? 0.6 : 0;
}
double korean(char32_t, char32_t c, char32_t) { return between(c, 0xAC00, 0xD7A3) ? 1 : 0.2; }
double chinese(std::u32string_view common, char32_t c) {
  if (common.find(c) != std::u32string_view::npos) return 1;
  return between(c, 0x4E00, 0x9FFF) ? 0.5 : 0;
}
double simplified(char32_t, char32_t c, char32_t) { return chinese(kSimplified, c); }
double traditional(char32_t, char32_t c, char32_t) { return chinese(kTraditional, c); }

// Letters of an alphabet stand among their own; one beside a Latin letter is an accented letter misread.
double alphabet(char32_t before, char32_t c, char32_t after, char32_t low, char32_t high) {
  if (!between(c, low, high)) return 0.1;
  if (is_latin_letter(before) || is_latin_letter(after)) return 0;
  return between(before, low, high) || between(after, low, high) ? 1 : 0.5;
}
double cyrillic(char32_t before, char32_t c, char32_t after) {
  // KOI8-R and windows-1251 read as each other come out with the case of every letter turned round.
  return alphabet(before, c, after, 0x400, 0x45F) * (between(c, 0x410, 0x42F) ? 0.5 : 1);
}
double greek(char32_t before, char32_t c, char32_t after) {
  return alphabet(before, c, after, 0x386, 0x3CE) * (between(c, 0x391, 0x3A9) ? 0.5 : 1);
}
double hebrew(char32_t before, char32_t c, char32_t after) { return alphabet(before, c, after, 0x5D0, 0x5EA); }
double thai(char32_t before, char32_t c, char32_t after) { return alphabet(before, c, after, 0xE01, 0xE5B); }
double western(char32_t before, char32_t c, char32_t after) {
  if (between(c, 0x2013, 0x2026) || c == 0xA3 || c == 0x20AC || c == 0xA0 || c == 0xA9) return 1;
  if (!between(c, 0xC0, 0x17F)) return 0.3;
  return is_latin_letter(before) || is_latin_letter(after) ? 1 : 0.4;
}

struct Candidate {
  std::string_view name;
  Weight weight;
};
// Where two score the same the first is taken.
constexpr std::array<Candidate, 11> kCandidates = {{{"windows-1252", western},
                                                    {"windows-1251", cyrillic},
                                                    {"koi8-r", cyrillic},
                                                    {"shift_jis", japanese},
                                                    {"euc-jp", japanese},
                                                    {"euc-kr", korean},
                                                    {"gb18030", simplified},
                                                    {"big5", traditional},
                                                    {"windows-874", thai},
                                                    {"windows-1255", hebrew},
                                                    {"windows-1253", greek}}};

double score(std::string_view sample, const Candidate& candidate) {
  const auto converted = convert(sample, find_charset(candidate.name)->iconv);
  const std::string_view text = converted.text;
  double sum = 0, count = 0;
  char32_t before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c >= 0x80 && c != 0xFFFD) {
      std::size_t ahead = at;
      const char32_t after = at < text.size() ? next_code_point(text, ahead) : U' ';
      sum += candidate.weight(before, c, after);
      ++count;
    }
    before = c;
  }
  return count == 0 ? -1 : (sum - 3.0 * static_cast<double>(converted.broken)) / count;
}

}  // namespace

std::string_view guess_charset(std::string_view bytes) {
  const auto sample = bytes.substr(0, kSample);
  if (sample.find("\x1B$B") != std::string_view::npos || sample.find("\x1B$@") != std::string_view::npos)
    return "iso-2022-jp";
  std::string_view best = kCandidates[0].name;
  double best_score = -1;
  for (const auto& candidate : kCandidates) {
    const double s = score(sample, candidate);
    if (s > best_score) {
      best = candidate.name;
      best_score = s;
    }
  }
  return best;
}

}  // namespace voice::feeds
