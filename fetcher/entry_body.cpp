#include "fetcher/entry_body.h"

#include <string>

#include "base/text.h"
#include "content/sanitizer.h"

namespace voice::fetcher {
namespace {

// Plain text (JSON Feed's content_text) as HTML: a blank line ends a paragraph, any other line a line.
std::string html_of_lines(std::string_view text) {
  std::string html = "<p>";
  bool blank = false;
  for (const auto line : split(text, '\n')) {
    if (trim(line).empty()) {
      blank = html != "<p>";
      continue;
    }
    if (html != "<p>") html += blank ? "</p><p>" : "<br>";
    html += escape_markup(trim(line));
    blank = false;
  }
  return html += "</p>";
}

}  // namespace

content::SafeHtml body_of(const feeds::Entry& entry, std::string_view feed_url) {
  const auto& html = entry.content_html.empty() ? entry.summary_html : entry.content_html;
  const std::string_view base = entry.base().empty() ? feed_url : entry.base();
  return content::sanitize(html.empty() ? html_of_lines(entry.content_text) : html, base);
}

}  // namespace voice::fetcher
