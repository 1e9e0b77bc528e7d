// base/text.h - small questions about text that every room asks. All text is UTF-8 unless a name says bytes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace voice {

/// Spaces in the sense of HTML and XML: space, tab, LF, FF, CR.
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view trim(std::string_view text);
std::string to_ascii_lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);  ///< ASCII letters only
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
/// Position of `needle` (ASCII, any case) in `text` at or after `from`, or npos.
std::size_t find_ignoring_case(std::string_view text, std::string_view needle, std::size_t from = 0);
/// The parts between separators, empty ones included: "a,,b" has three.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
/// Every run of space becomes one space, and none is left at the ends.
std::string collapse_space(std::string_view text);

/// Escapes & < > " ' so that the result is text in HTML and XML, in content and in quoted attributes.
std::string escape_markup(std::string_view text);

bool is_valid_utf8(std::string_view bytes);
/// The text with every byte that is not part of a well-formed UTF-8 sequence replaced by U+FFFD.
std::string repair_utf8(std::string_view bytes);
/// Decodes one code point at `at` and moves past it; 0xFFFD and one byte further where the bytes are no UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);
/// The longest prefix of at most `bytes` bytes that does not split a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);
std::size_t count_code_points(std::string_view text);

/// A name for an address: lower-case ASCII letters, digits and single hyphens, at most `longest` bytes; letters with
/// accents lose them ("Sŵn y Môr" is "swn-y-mor"). Empty where nothing is left.
std::string slug_of(std::string_view text, std::size_t longest = 60);

}  // namespace voice
