// content/markdown.h - Markdown as guests write it (GitHub flavour: tables, strikethrough, autolinks, footnotes), made safe.
#pragma once
#include <string_view>

#include "content/safe_html.h"

namespace voice::content {

/// Rendered by cmark-gfm and then sanitised like everything else; raw HTML in it is kept as far as it is safe.
SafeHtml render_markdown(std::string_view markdown);

}  // namespace voice::content
