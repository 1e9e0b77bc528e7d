// base/character_references.h - "&amp;", "&#8217;" and the 2,125 other ways HTML has of writing a character.
//
// Read as browsers read them (WHATWG HTML, 13.2.5.72): 106 names need no semicolon, numbers from 128 to 159 mean
// windows-1252, and what is no reference stays as it was written.
#pragma once
#include <string>
#include <string_view>

namespace voice {

enum class ReferenceIn {
  text,
  attribute,  ///< "&copy=1" and "&copyx" stay as they are: they are more often part of an address
};

/// Reads the reference at `at`, where `text` has '&': appends what it stands for and moves past it. Where there is none,
/// appends "&" and moves by one.
void decode_reference(std::string_view text, std::size_t& at, std::string& out, ReferenceIn where = ReferenceIn::text);

/// The text of a named reference ("nbsp", without & and ;), or empty.
std::string_view named_reference(std::string_view name);

/// What authors mean by the numbers 128 to 159: what windows-1252 has there. Other numbers, and those it has nothing for,
/// mean themselves.
char32_t meant_by_number(char32_t number);

/// `text` with every reference decoded once.
std::string decode_references(std::string_view text, ReferenceIn where = ReferenceIn::text);

}  // namespace voice
