#include "feeds/date_words.h"

#include <array>
#include <string>

#include "base/text.h"

namespace voice::feeds {
namespace {

struct MonthNames {
  int month;
  std::string_view names;  // folded as by fold(), space between them
};

// English, Welsh, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech,
// Hungarian, Turkish, Romanian, Indonesian, Russian and Greek, with the cases in which dates are written. Months that two
// languages share by spelling but not by meaning (Croatian listopad) are left out.
constexpr std::array<MonthNames, 12> kMonths = {{
    {1,
     "january ionawr januar jaenner jaennar janner janvier enero gennaio janeiro januari tammikuu tammikuuta stycznia "
     "styczen "
     "leden ledna ocak ianuarie января январь ιανουαριος ιανουαριου ιαν янв"},
    {2,
     "february chwefror februar feber fevrier fev febrero febbraio fevereiro februari helmikuu helmikuuta lutego luty "
     "unor "
     "unora subat februarie pebruari февраля февраль φεβρουαριος φεβρουαριου φεβ"},
    {3,
     "march mawrth marz maerz mrz mars marzo marco maart mrt marts maaliskuu maaliskuuta marca marzec brezen brezna "
     "marcius "
     "mart martie maret марта март μαρτιος μαρτιου μαρ"},
    {4,
     "april ebrill avril avr abril aprile kwietnia kwiecien duben dubna aprilis nisan aprilie huhtikuu huhtikuuta "
     "апреля апрель "
     "απριλιος απριλιου απρ"},
    {5,
     "may mai mayo maggio maio mei maj toukokuu toukokuuta maja kveten kvetna majus mayis mei мая май μαιος μαιου "
     "μαϊος "
     "μαϊου"},
    {6,
     "june mehefin juni juin junio giugno junho kesakuu kesakuuta czerwca czerwiec cerven cervna junius haziran iunie "
     "июня июнь "
     "ιουνιος ιουνιου ιουν"},
    {7,
     "july gorffennaf juli juillet juil julio luglio julho heinakuu heinakuuta lipca lipiec cervenec cervence julius "
     "temmuz "
     "iulie июля июль ιουλιος ιουλιου ιουλ"},
    {8,
     "august awst aout agosto augustus augusti elokuu elokuuta sierpnia sierpien srpen srpna augusztus agustos agustus "
     "августа "
     "август αυγουστος αυγουστου αυγ"},
    {9,
     "september sept medi septembre septiembre setiembre settembre setembro syyskuu syyskuuta wrzesnia wrzesien zari "
     "szeptember eylul septembrie сентября сентябрь σεπτεμβριος σεπτεμβριου σεπ"},
    {10,
     "october hydref oktober octobre octubre ottobre outubro lokakuu lokakuuta pazdziernika pazdziernik rijen rijna "
     "ekim "
     "octombrie октября октябрь οκτωβριος οκτωβριου οκτ"},
    {11,
     "november tachwedd novembre noviembre novembro marraskuu marraskuuta listopada listopad kasim noiembrie nopember "
     "ноября "
     "ноябрь νοεμβριος νοεμβριου νοε"},
    {12,
     "december rhagfyr dezember decembre diciembre dicembre dezembro desember joulukuu joulukuuta grudnia grudzien "
     "prosinec "
     "prosince aralik decembrie декабря декабрь δεκεμβριος δεκεμβριου δεκ"},
}};

struct Zone {
  std::string_view name;
  int minutes;
};
// RFC 822's own (5.1), then those that one place alone uses. BST is British Summer Time: this is a British hub.
constexpr std::array<Zone, 58> kZones = {{
    {"ut", 0},      {"utc", 0},    {"gmt", 0},    {"z", 0},       {"est", -300},  {"edt", -240}, {"cst", -360},
    {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480},  {"pdt", -420},  {"et", -300},  {"ct", -360},
    {"mt", -420},   {"pt", -480},  {"at", -240},  {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"hast", -600},
    {"hadt", -540}, {"adt", -180}, {"nst", -210}, {"ndt", -150},  {"brt", -180},  {"art", -180}, {"clt", -240},
    {"bst", 60},    {"wet", 0},    {"west", 60},  {"cet", 60},    {"cest", 120},  {"met", 60},   {"mest", 120},
    {"mez", 60},    {"mesz", 120}, {"eet", 120},  {"eest", 180},  {"msk", 180},   {"msd", 240},  {"trt", 180},
    {"sast", 120},  {"wat", 60},   {"eat", 180},  {"pkt", 300},   {"hkt", 480},   {"sgt", 480},  {"jst", 540},
    {"kst", 540},   {"awst", 480}, {"acst", 570}, {"acdt", 630},  {"aest", 600},  {"aedt", 660}, {"nzst", 720},
    {"nzdt", 780},  {"zulu", 0},
}};

// Lower case without accents, so that "FÉVRIER" and "fevrier" are one word. Greek and Cyrillic keep their letters.
std::string fold(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (c < 0x80) {
      out += ascii_lower(static_cast<char>(c));
    } else if (c < 0x250) {
      std::string one;
      append_utf8(one, c);
      out += slug_of(one);
    } else if (c >= 0x410 && c <= 0x42F) {
      append_utf8(out, c + 0x20);
    } else {
      static constexpr std::array<std::pair<char32_t, char32_t>, 14> kAccented = {{{0x386, 0x3B1},
                                                                                   {0x388, 0x3B5},
                                                                                   {0x389, 0x3B7},
                                                                                   {0x38A, 0x3B9},
                                                                                   {0x38C, 0x3BF},
                                                                                   {0x38E, 0x3C5},
                                                                                   {0x38F, 0x3C9},
                                                                                   {0x3AC, 0x3B1},
                                                                                   {0x3AD, 0x3B5},
                                                                                   {0x3AE, 0x3B7},
                                                                                   {0x3AF, 0x3B9},
                                                                                   {0x3CC, 0x3BF},
                                                                                   {0x3CD, 0x3C5},
                                                                                   {0x3CE, 0x3C9}}};
      char32_t plain = c >= 0x391 && c <= 0x3A9 ? c + 0x20 : c;
      for (const auto& [from, to] : kAccented)
        if (c == from) plain = to;
      append_utf8(out, plain);
    }
  }
  return out;
}

}  // namespace

int month_called(std::string_view word) {
  // Nearly every date is in English and abbreviated.
  static constexpr std::string_view kEnglish = "janfebmaraprmayjunjulaugsepoctnovdec";
  static constexpr std::string_view kWeekdays = "montuewedthufrisatsun";
  if (word.size() == 3) {
    for (std::size_t month = 0; month < 12; ++month)
      if (equals_ignoring_case(word, kEnglish.substr(3 * month, 3))) return static_cast<int>(month) + 1;
    for (std::size_t day = 0; day < 7; ++day)
      if (equals_ignoring_case(word, kWeekdays.substr(3 * day, 3))) return 0;
  }
  const auto folded = fold(word);
  if (count_code_points(folded) < 3) return 0;
  // English is what RFC 822 asks for, so its abbreviations mean what they mean there ("Mar" is no marraskuu).
  for (const auto& [month, names] : kMonths)
    if (split(names, ' ').front().starts_with(folded)) return month;
  int begins = 0;
  for (const auto& [month, names] : kMonths) {
    for (const auto name : split(names, ' ')) {
      if (name == folded) return month;
      if (!name.starts_with(folded)) continue;
      if (begins != 0 && begins != month)
        begins = -1;
      else if (begins == 0)
        begins = month;
    }
  }
  return begins > 0 ? begins : 0;
}

std::optional<int> zone_called(std::string_view word) {
  const auto folded = to_ascii_lower(word);
  for (const auto& zone : kZones)
    if (zone.name == folded) return zone.minutes;
  // RFC 822 gave the military letters the wrong signs, so RFC 5322 (4.3) has them mean nothing but UTC. J is none.
  if (folded.size() == 1 && is_alpha(folded[0]) && folded != "j") return 0;
  return std::nullopt;
}

}  // namespace voice::feeds
