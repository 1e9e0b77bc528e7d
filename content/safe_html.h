// content/safe_html.h - HTML that may stand in a page unescaped.
//
// Only this room makes one: from the sanitiser, from Markdown, or from our own database, which holds nothing else.
#pragma once
#include <string>
#include <utility>

namespace voice::content {

class SafeHtml {
 public:
  SafeHtml() = default;
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  /// What was stored as SafeHtml before. `stored` must come from a column that only ever receives text() of a SafeHtml.
  static SafeHtml from_store(std::string stored) { return SafeHtml(std::move(stored)); }

 private:
  friend SafeHtml make_safe(std::string sanitised);  // defined in content/sanitizer.cpp only
  explicit SafeHtml(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace voice::content
