#include "content/scrolling_tables.h"

#include <string>
#include <string_view>

namespace voice::content {

SafeHtml make_safe(std::string sanitised);

// Safe HTML is written by us with every < in texts and attributes escaped, so a tag is where it looks like one.
SafeHtml with_scrolling_tables(const SafeHtml& safe) {
  constexpr std::string_view kOpening = "<table", kClosing = "</table>";
  const std::string_view html = safe.text();
  std::string out;
  int deep = 0, number = 0;
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos; ++at) {
    const auto rest = html.substr(at);
    if (rest.starts_with(kOpening)) {
      if (deep++ > 0) continue;
      out.append(html, copied, at - copied);
      out +=
          "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table " + std::to_string(++number) + "\">";
      copied = at;
    } else if (rest.starts_with(kClosing) && deep > 0 && --deep == 0) {
      const auto end = at + kClosing.size();
      out.append(html, copied, end - copied);
      out += "</div>";
      copied = end;
    }
  }
  if (number == 0) return safe;
  out.append(html, copied);
  return make_safe(std::move(out));
}

}  // namespace voice::content
