// content/scrolling_tables.h - tables that are wider than a telephone scroll by themselves, also by keyboard.
#pragma once
#include "content/safe_html.h"

namespace voice::content {

/// Each table put into a named region that can be focused ("Table 1", "Table 2"), class "scroll". For pages only: the
/// markup around the tables is ours and is not on the safe list.
SafeHtml with_scrolling_tables(const SafeHtml& html);

}  // namespace voice::content
