// What comes out of the sanitiser is safe, stays as it is when sanitised again from anywhere, and is read as the same tree.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "content/excerpt.h"
#include "content/html_parser.h"
#include "content/html_writer.h"
#include "content/images.h"
#include "content/links.h"
#include "content/safe_list.h"
#include "content/sanitizer.h"
#include "property.h"

void fuzz_html(std::string_view input) {
  using namespace voice::content;
  using voice::fuzz::property;
  const auto safe = sanitize(input, "https://blog.example/2026/post.html");
  const auto fault = unsafe_in(safe.text());
  property(fault.empty(), fault.c_str());
  property(sanitize(safe.text(), "https://blog.example/2026/post.html").text() == safe.text(), "a fixed point");
  property(sanitize(safe.text(), "http://other.example/?x").text() == safe.text(), "a fixed point with another base");
  property(sanitize(safe.text(), "").text() == safe.text(), "a fixed point without a base");
  property(html::write_children(html::parse_fragment(safe.text()).root()) == safe.text(), "the same tree when read");

  const auto without = without_images(safe);
  property(unsafe_in(without.text()).empty() && without.text().find("<img") == std::string::npos, "no picture is left");
  property(sanitize(without.text(), "").text() == without.text(), "a fixed point without its pictures");
  for (const auto& link : links_of(safe))
    property(link.url.starts_with("http") && voice::is_valid_utf8(link.text), "links are web addresses");

  const auto text = plain_text(safe);
  property(voice::is_valid_utf8(text), "text is valid UTF-8");
  for (const std::size_t words : {1U, 7U, 60U}) {
    const auto some = excerpt(text, words);
    property(voice::is_valid_utf8(some), "an excerpt is valid UTF-8");
    property(some.find('\n') == std::string::npos, "an excerpt is one line");
  }
  const auto told = summarise(safe).excerpt;
  property(voice::is_valid_utf8(told) && told.find_first_of("\n\t") == std::string::npos, "a summary is one line");
  property(voice::count_code_points(first_words(text, 30)) <= 31, "a title of the first words is short");
}
