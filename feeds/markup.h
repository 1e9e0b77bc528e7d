// feeds/markup.h - HTML that must become one line of text, and XHTML that must become HTML. Private to this room.
#pragma once
#include <string>
#include <string_view>

namespace voice::feeds {

/// The text a reader would see of a little HTML, on one line: tags out, references decoded, script and style gone with
/// their content. A '<' that begins no tag stays, so "a < b" is kept.
std::string line_of_html(std::string_view html);

/// Whether text looks like it holds HTML: a tag, or a reference.
bool looks_like_html(std::string_view text);

/// Plain text as HTML that shows it: escaped, and nothing else.
std::string html_of_text(std::string_view text);

/// Decodes HTML that was escaped once too often ("&lt;p&gt;"): only where every tag in it is escaped. False where not.
bool unescape_twice_escaped(std::string& html);

}  // namespace voice::feeds
