#include "content/clusters.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace voice::content {
namespace {

struct Range {
  char32_t first, last;
};

// Code points that belong to the one before them; the blocks of India (0900 to 0DFF) follow one plan, below.
constexpr Range kExtending[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},   {0x05BF, 0x05BF},   {0x05C1, 0x05C2},  {0x05C4, 0x05C5},
    {0x05C7, 0x05C7},   {0x0610, 0x061A},   {0x064B, 0x065F},   {0x0670, 0x0670},   {0x06D6, 0x06DC},  {0x06DF, 0x06E4},
    {0x06E7, 0x06E8},   {0x06EA, 0x06ED},   {0x0711, 0x0711},   {0x0730, 0x074A},   {0x07A6, 0x07B0},  {0x07EB, 0x07F3},
    {0x0816, 0x082D},   {0x0859, 0x085B},   {0x08CA, 0x0903},   {0x0E31, 0x0E31},   {0x0E34, 0x0E3A},  {0x0E47, 0x0E4E},
    {0x0EB1, 0x0EB1},   {0x0EB4, 0x0EBC},   {0x0EC8, 0x0ECE},   {0x0F18, 0x0F19},   {0x0F35, 0x0F35},  {0x0F37, 0x0F37},
    {0x0F39, 0x0F39},   {0x0F3E, 0x0F3F},   {0x0F71, 0x0F84},   {0x0F86, 0x0F87},   {0x0F8D, 0x0FBC},  {0x102B, 0x103E},
    {0x1056, 0x1059},   {0x105E, 0x1060},   {0x1062, 0x1064},   {0x1067, 0x106D},   {0x1071, 0x1074},  {0x1082, 0x108D},
    {0x109A, 0x109D},   {0x1160, 0x11FF},   {0x135D, 0x135F},   {0x1712, 0x1715},   {0x1732, 0x1734},  {0x1752, 0x1753},
    {0x1772, 0x1773},   {0x17B4, 0x17D3},   {0x17DD, 0x17DD},   {0x180B, 0x180F},   {0x18A9, 0x18A9},  {0x1920, 0x193B},
    {0x1A17, 0x1A1B},   {0x1A55, 0x1A7F},   {0x1AB0, 0x1ACE},   {0x1B00, 0x1B04},   {0x1B34, 0x1B44},  {0x1B6B, 0x1B73},
    {0x1B80, 0x1B82},   {0x1BA1, 0x1BAD},   {0x1BE6, 0x1BF3},   {0x1C24, 0x1C37},   {0x1CD0, 0x1CF9},  {0x1DC0, 0x1DFF},
    {0x200C, 0x200D},   {0x20D0, 0x20F0},   {0x2CEF, 0x2CF1},   {0x2DE0, 0x2DFF},   {0x302A, 0x302F},  {0x3099, 0x309A},
    {0xA66F, 0xA672},   {0xA674, 0xA67D},   {0xA69E, 0xA69F},   {0xA8E0, 0xA8F1},   {0xA980, 0xA983},  {0xA9B3, 0xA9C0},
    {0xAA29, 0xAA36},   {0xABE3, 0xABED},   {0xFB1E, 0xFB1E},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},  {0xFF9E, 0xFF9F},
    {0x1D165, 0x1D169}, {0x1D16D, 0x1D182}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}};

bool is_in(char32_t c, const Range* begin, const Range* end) {
  const auto* after = std::upper_bound(begin, end, c, [](char32_t x, const Range& r) { return x < r.first; });
  return after != begin && c <= std::prev(after)->last;
}

bool extends_indic(char32_t c) {
  const char32_t offset = c & 0x7F;
  return offset <= 0x03 || offset == 0x3C || (offset >= 0x3E && offset <= 0x4D) || (offset >= 0x51 && offset <= 0x57) ||
         offset == 0x62 || offset == 0x63;
}

bool extends(char32_t c) {
  if (c < 0x300) return false;
  if (c >= 0x0900 && c < 0x0E00) return extends_indic(c);
  return is_in(c, std::begin(kExtending), std::end(kExtending));
}

bool is_flag_half(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }
bool is_pictograph(char32_t c) { return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF); }

bool is_white(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Script script_of(char32_t c) {
  if (c < 0x80) return is_white(c) ? Script::space : Script::spaced;
  if (is_white(c)) return Script::space;
  if ((c >= 0x0E01 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF))
    return Script::unspaced;
  if ((c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005)
    return Script::han;
  return Script::spaced;
}

}  // namespace

Cluster next_cluster(std::string_view text, std::size_t& at) {
  const auto begin = at;
  const char32_t first = next_code_point(text, at);
  if (first < 0x80 && (at == text.size() || static_cast<unsigned char>(text[at]) < 0x80))
    return {text.substr(begin, 1), first, script_of(first)};
  char32_t previous = first;
  bool half_flag = is_flag_half(first);
  while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
    auto after = at;
    const char32_t c = next_code_point(text, after);
    const bool joined = previous == 0x200D && is_pictograph(c);
    if (half_flag && is_flag_half(c))
      half_flag = false;
    else if (!extends(c) && !joined)
      break;
    previous = c;
    at = after;
  }
  return {text.substr(begin, at - begin), first, script_of(first)};
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x061F || c == 0x06D4 || c == 0x0964 || c == 0x0965 ||
         c == 0x203D || ends_sentence_alone(c);
}

bool ends_sentence_alone(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0xFF61; }

bool closes(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB || c == 0x300D ||
         c == 0x300F || c == 0xFF09 || c == 0x3011;
}

bool is_direction_mark(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

}  // namespace voice::content
