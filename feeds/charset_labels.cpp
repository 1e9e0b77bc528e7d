#include "feeds/charset_labels.h"

#include <algorithm>

#include "base/text.h"

namespace voice::feeds {
namespace {

// Labels of the WHATWG encoding standard (4.2) and the few others that feeds carry (utf-32, cp932), sorted. The second is
// the standard's name, the third what glibc's iconv calls the same bytes.
// clang-format off
constexpr CharsetLabel kLabels[] = {
  {"866", "ibm866", "CP866"}, {"ansi_x3.4-1968", "windows-1252", "CP1252"}, {"arabic", "iso-8859-6", "ISO-8859-6"},
  {"ascii", "windows-1252", "CP1252"}, {"asmo-708", "iso-8859-6", "ISO-8859-6"}, {"big5", "big5", "BIG5-HKSCS"}, {"big5-hkscs", "big5", "BIG5-HKSCS"},
  {"chinese", "gbk", "GB18030"}, {"cn-big5", "big5", "BIG5-HKSCS"}, {"cp1250", "windows-1250", "CP1250"}, {"cp1251", "windows-1251", "CP1251"},
  {"cp1252", "windows-1252", "CP1252"}, {"cp1253", "windows-1253", "CP1253"}, {"cp1254", "windows-1254", "CP1254"},
  {"cp1255", "windows-1255", "CP1255"}, {"cp1256", "windows-1256", "CP1256"}, {"cp1257", "windows-1257", "CP1257"},
  {"cp1258", "windows-1258", "CP1258"}, {"cp819", "windows-1252", "CP1252"}, {"cp866", "ibm866", "CP866"}, {"cp932", "shift_jis", "CP932"},
  {"cp949", "euc-kr", "CP949"}, {"csbig5", "big5", "BIG5-HKSCS"}, {"cseuckr", "euc-kr", "CP949"}, {"cseucpkdfmtjapanese", "euc-jp", "EUC-JP-MS"},
  {"csgb2312", "gbk", "GB18030"}, {"csibm866", "ibm866", "CP866"}, {"csiso2022jp", "iso-2022-jp", "ISO-2022-JP"},
  {"csiso58gb231280", "gbk", "GB18030"}, {"csiso88596e", "iso-8859-6", "ISO-8859-6"}, {"csiso88596i", "iso-8859-6", "ISO-8859-6"},
  {"csiso88598e", "iso-8859-8", "ISO-8859-8"}, {"csiso88598i", "iso-8859-8-i", "ISO-8859-8"}, {"csisolatin1", "windows-1252", "CP1252"},
  {"csisolatin2", "iso-8859-2", "ISO-8859-2"}, {"csisolatin3", "iso-8859-3", "ISO-8859-3"}, {"csisolatin4", "iso-8859-4", "ISO-8859-4"},
  {"csisolatin5", "windows-1254", "CP1254"}, {"csisolatin6", "iso-8859-10", "ISO-8859-10"}, {"csisolatin9", "iso-8859-15", "ISO-8859-15"},
  {"csisolatinarabic", "iso-8859-6", "ISO-8859-6"}, {"csisolatincyrillic", "iso-8859-5", "ISO-8859-5"},
  {"csisolatingreek", "iso-8859-7", "ISO-8859-7"}, {"csisolatinhebrew", "iso-8859-8", "ISO-8859-8"}, {"cskoi8r", "koi8-r", "KOI8-R"},
  {"csksc56011987", "euc-kr", "CP949"}, {"csmacintosh", "macintosh", "MACINTOSH"}, {"csshiftjis", "shift_jis", "CP932"},
  {"csunicode", "utf-16le", "UTF-16LE"}, {"cyrillic", "iso-8859-5", "ISO-8859-5"}, {"dos-874", "windows-874", "CP874"},
  {"ecma-114", "iso-8859-6", "ISO-8859-6"}, {"ecma-118", "iso-8859-7", "ISO-8859-7"}, {"elot_928", "iso-8859-7", "ISO-8859-7"},
  {"euc-jp", "euc-jp", "EUC-JP-MS"}, {"euc-kr", "euc-kr", "CP949"}, {"eucjp", "euc-jp", "EUC-JP-MS"}, {"gb18030", "gb18030", "GB18030"},
  {"gb2312", "gbk", "GB18030"}, {"gb_2312", "gbk", "GB18030"}, {"gb_2312-80", "gbk", "GB18030"}, {"gbk", "gbk", "GB18030"},
  {"greek", "iso-8859-7", "ISO-8859-7"}, {"greek8", "iso-8859-7", "ISO-8859-7"}, {"hebrew", "iso-8859-8", "ISO-8859-8"},
  {"ibm819", "windows-1252", "CP1252"}, {"ibm866", "ibm866", "CP866"}, {"iso-10646-ucs-2", "utf-16le", "UTF-16LE"},
  {"iso-10646-ucs-4", "utf-32le", "UTF-32LE"}, {"iso-2022-jp", "iso-2022-jp", "ISO-2022-JP"}, {"iso-8859-1", "windows-1252", "CP1252"},
  {"iso-8859-10", "iso-8859-10", "ISO-8859-10"}, {"iso-8859-11", "windows-874", "CP874"}, {"iso-8859-13", "iso-8859-13", "ISO-8859-13"},
  {"iso-8859-14", "iso-8859-14", "ISO-8859-14"}, {"iso-8859-15", "iso-8859-15", "ISO-8859-15"}, {"iso-8859-16", "iso-8859-16", "ISO-8859-16"},
  {"iso-8859-2", "iso-8859-2", "ISO-8859-2"}, {"iso-8859-3", "iso-8859-3", "ISO-8859-3"}, {"iso-8859-4", "iso-8859-4", "ISO-8859-4"},
  {"iso-8859-5", "iso-8859-5", "ISO-8859-5"}, {"iso-8859-6", "iso-8859-6", "ISO-8859-6"}, {"iso-8859-6-e", "iso-8859-6", "ISO-8859-6"},
  {"iso-8859-6-i", "iso-8859-6", "ISO-8859-6"}, {"iso-8859-7", "iso-8859-7", "ISO-8859-7"}, {"iso-8859-8", "iso-8859-8", "ISO-8859-8"},
  {"iso-8859-8-e", "iso-8859-8", "ISO-8859-8"}, {"iso-8859-8-i", "iso-8859-8-i", "ISO-8859-8"}, {"iso-8859-9", "windows-1254", "CP1254"},
  {"iso-ir-100", "windows-1252", "CP1252"}, {"iso-ir-101", "iso-8859-2", "ISO-8859-2"}, {"iso-ir-109", "iso-8859-3", "ISO-8859-3"},
  {"iso-ir-110", "iso-8859-4", "ISO-8859-4"}, {"iso-ir-126", "iso-8859-7", "ISO-8859-7"}, {"iso-ir-127", "iso-8859-6", "ISO-8859-6"},
  {"iso-ir-138", "iso-8859-8", "ISO-8859-8"}, {"iso-ir-144", "iso-8859-5", "ISO-8859-5"}, {"iso-ir-148", "windows-1254", "CP1254"},
  {"iso-ir-149", "euc-kr", "CP949"}, {"iso-ir-157", "iso-8859-10", "ISO-8859-10"}, {"iso-ir-58", "gbk", "GB18030"},
  {"iso8859-1", "windows-1252", "CP1252"}, {"iso8859-10", "iso-8859-10", "ISO-8859-10"}, {"iso8859-11", "windows-874", "CP874"},
  {"iso8859-13", "iso-8859-13", "ISO-8859-13"}, {"iso8859-14", "iso-8859-14", "ISO-8859-14"}, {"iso8859-15", "iso-8859-15", "ISO-8859-15"},
  {"iso8859-2", "iso-8859-2", "ISO-8859-2"}, {"iso8859-3", "iso-8859-3", "ISO-8859-3"}, {"iso8859-4", "iso-8859-4", "ISO-8859-4"},
  {"iso8859-5", "iso-8859-5", "ISO-8859-5"}, {"iso8859-6", "iso-8859-6", "ISO-8859-6"}, {"iso8859-7", "iso-8859-7", "ISO-8859-7"},
  {"iso8859-8", "iso-8859-8", "ISO-8859-8"}, {"iso8859-9", "windows-1254", "CP1254"}, {"iso88591", "windows-1252", "CP1252"},
  {"iso885910", "iso-8859-10", "ISO-8859-10"}, {"iso885911", "windows-874", "CP874"}, {"iso885913", "iso-8859-13", "ISO-8859-13"},
  {"iso885914", "iso-8859-14", "ISO-8859-14"}, {"iso885915", "iso-8859-15", "ISO-8859-15"}, {"iso88592", "iso-8859-2", "ISO-8859-2"},
  {"iso88593", "iso-8859-3", "ISO-8859-3"}, {"iso88594", "iso-8859-4", "ISO-8859-4"}, {"iso88595", "iso-8859-5", "ISO-8859-5"},
  {"iso88596", "iso-8859-6", "ISO-8859-6"}, {"iso88597", "iso-8859-7", "ISO-8859-7"}, {"iso88598", "iso-8859-8", "ISO-8859-8"},
  {"iso88599", "windows-1254", "CP1254"}, {"iso_8859-1", "windows-1252", "CP1252"}, {"iso_8859-15", "iso-8859-15", "ISO-8859-15"},
  {"iso_8859-1:1987", "windows-1252", "CP1252"}, {"iso_8859-2", "iso-8859-2", "ISO-8859-2"}, {"iso_8859-2:1987", "iso-8859-2", "ISO-8859-2"},
  {"iso_8859-3", "iso-8859-3", "ISO-8859-3"}, {"iso_8859-3:1988", "iso-8859-3", "ISO-8859-3"}, {"iso_8859-4", "iso-8859-4", "ISO-8859-4"},
  {"iso_8859-4:1988", "iso-8859-4", "ISO-8859-4"}, {"iso_8859-5", "iso-8859-5", "ISO-8859-5"}, {"iso_8859-5:1988", "iso-8859-5", "ISO-8859-5"},
  {"iso_8859-6", "iso-8859-6", "ISO-8859-6"}, {"iso_8859-6:1987", "iso-8859-6", "ISO-8859-6"}, {"iso_8859-7", "iso-8859-7", "ISO-8859-7"},
  {"iso_8859-7:1987", "iso-8859-7", "ISO-8859-7"}, {"iso_8859-8", "iso-8859-8", "ISO-8859-8"}, {"iso_8859-8:1988", "iso-8859-8", "ISO-8859-8"},
  {"iso_8859-9", "windows-1254", "CP1254"}, {"iso_8859-9:1989", "windows-1254", "CP1254"}, {"koi", "koi8-r", "KOI8-R"}, {"koi8", "koi8-r", "KOI8-R"},
  {"koi8-r", "koi8-r", "KOI8-R"}, {"koi8-ru", "koi8-u", "KOI8-U"}, {"koi8-u", "koi8-u", "KOI8-U"}, {"koi8_r", "koi8-r", "KOI8-R"},
  {"korean", "euc-kr", "CP949"}, {"ks_c_5601-1987", "euc-kr", "CP949"}, {"ks_c_5601-1989", "euc-kr", "CP949"}, {"ksc5601", "euc-kr", "CP949"},
  {"ksc_5601", "euc-kr", "CP949"}, {"l1", "windows-1252", "CP1252"}, {"l2", "iso-8859-2", "ISO-8859-2"}, {"l3", "iso-8859-3", "ISO-8859-3"},
  {"l4", "iso-8859-4", "ISO-8859-4"}, {"l5", "windows-1254", "CP1254"}, {"l6", "iso-8859-10", "ISO-8859-10"}, {"l9", "iso-8859-15", "ISO-8859-15"},
  {"latin-1", "windows-1252", "CP1252"}, {"latin1", "windows-1252", "CP1252"}, {"latin2", "iso-8859-2", "ISO-8859-2"},
  {"latin3", "iso-8859-3", "ISO-8859-3"}, {"latin4", "iso-8859-4", "ISO-8859-4"}, {"latin5", "windows-1254", "CP1254"},
  {"latin6", "iso-8859-10", "ISO-8859-10"}, {"logical", "iso-8859-8-i", "ISO-8859-8"}, {"mac", "macintosh", "MACINTOSH"},
  {"mac-cyrillic", "x-mac-cyrillic", "MAC-CYRILLIC"}, {"macintosh", "macintosh", "MACINTOSH"}, {"ms932", "shift_jis", "CP932"},
  {"ms_kanji", "shift_jis", "CP932"}, {"shift-jis", "shift_jis", "CP932"}, {"shift_jis", "shift_jis", "CP932"}, {"sjis", "shift_jis", "CP932"},
  {"sun_eu_greek", "iso-8859-7", "ISO-8859-7"}, {"tis-620", "windows-874", "CP874"}, {"u16", "utf-16le", "UTF-16LE"}, {"u8", "utf-8", "UTF-8"},
  {"ucs-2", "utf-16le", "UTF-16LE"}, {"ucs-4", "utf-32le", "UTF-32LE"}, {"unicode", "utf-16le", "UTF-16LE"}, {"unicode-1-1-utf-8", "utf-8", "UTF-8"},
  {"unicodefeff", "utf-16le", "UTF-16LE"}, {"unicodefffe", "utf-16be", "UTF-16BE"}, {"us-ascii", "windows-1252", "CP1252"},
  {"utf-16", "utf-16le", "UTF-16LE"}, {"utf-16be", "utf-16be", "UTF-16BE"}, {"utf-16le", "utf-16le", "UTF-16LE"}, {"utf-32", "utf-32le", "UTF-32LE"},
  {"utf-32be", "utf-32be", "UTF-32BE"}, {"utf-32le", "utf-32le", "UTF-32LE"}, {"utf-8", "utf-8", "UTF-8"}, {"utf-8-sig", "utf-8", "UTF-8"},
  {"utf16", "utf-16le", "UTF-16LE"}, {"utf32", "utf-32le", "UTF-32LE"}, {"utf8", "utf-8", "UTF-8"}, {"visual", "iso-8859-8", "ISO-8859-8"},
  {"windows-1250", "windows-1250", "CP1250"}, {"windows-1251", "windows-1251", "CP1251"}, {"windows-1252", "windows-1252", "CP1252"},
  {"windows-1253", "windows-1253", "CP1253"}, {"windows-1254", "windows-1254", "CP1254"}, {"windows-1255", "windows-1255", "CP1255"},
  {"windows-1256", "windows-1256", "CP1256"}, {"windows-1257", "windows-1257", "CP1257"}, {"windows-1258", "windows-1258", "CP1258"},
  {"windows-31j", "shift_jis", "CP932"}, {"windows-874", "windows-874", "CP874"}, {"windows-949", "euc-kr", "CP949"},
  {"x-cp1250", "windows-1250", "CP1250"}, {"x-cp1251", "windows-1251", "CP1251"}, {"x-cp1252", "windows-1252", "CP1252"},
  {"x-cp1253", "windows-1253", "CP1253"}, {"x-cp1254", "windows-1254", "CP1254"}, {"x-cp1255", "windows-1255", "CP1255"},
  {"x-cp1256", "windows-1256", "CP1256"}, {"x-cp1257", "windows-1257", "CP1257"}, {"x-cp1258", "windows-1258", "CP1258"},
  {"x-euc-jp", "euc-jp", "EUC-JP-MS"}, {"x-gbk", "gbk", "GB18030"}, {"x-mac-cyrillic", "x-mac-cyrillic", "MAC-CYRILLIC"},
  {"x-mac-roman", "macintosh", "MACINTOSH"}, {"x-mac-ukrainian", "x-mac-cyrillic", "MAC-CYRILLIC"}, {"x-sjis", "shift_jis", "CP932"},
  {"x-x-big5", "big5", "BIG5-HKSCS"},
};
// clang-format on

}  // namespace

const CharsetLabel* find_charset(std::string_view label) {
  const auto wanted = to_ascii_lower(trim(label));
  const auto* found = std::lower_bound(std::begin(kLabels), std::end(kLabels), wanted,
                                       [](const CharsetLabel& l, std::string_view w) { return l.label < w; });
  return found != std::end(kLabels) && found->label == wanted ? found : nullptr;
}

}  // namespace voice::feeds
