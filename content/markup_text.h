// content/markup_text.h - the words of a piece of HTML, without building its tree.
#pragma once
#include <string>
#include <string_view>

namespace voice::content {

/// Text with tags, comments, scripts and styles taken out and character references decoded; block elements part words by a
/// line break. Linear in the size for any input: for documents too tangled to be parsed, and for HTML in fields that hold
/// plain text.
std::string text_of_markup(std::string_view html);

}  // namespace voice::content
