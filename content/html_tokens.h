// content/html_tokens.h - HTML as tags and text between them (WHATWG HTML, 13.2.5). Private to this room.
//
// Comments, doctypes and processing instructions are skipped: nothing we do depends on them. Every byte is looked at a
// bounded number of times, whatever the input.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "content/html_tree.h"

namespace voice::content::html {

struct Token {
  enum class Kind : std::uint8_t { text, start, end, done };
  Kind kind = Kind::done;
  Tag tag = Tag::other;
  bool self_closing = false;
  std::string_view name;              ///< of a tag, lower case
  std::string_view text;              ///< references decoded, line ends are line feeds, no NUL
  std::vector<Attribute> attributes;  ///< of a start tag; of repeated names the first; at most 64

  bool is_start(Tag wanted) const { return kind == Kind::start && tag == wanted; }
  bool is_end(Tag wanted) const { return kind == Kind::end && tag == wanted; }
};

class Tokens {
 public:
  /// `source` must outlive the tree that receives the tokens; what cannot be a view of it is kept in `tree`.
  Tokens(std::string_view source, Tree& tree) : source_(source), tree_(tree) {}

  /// The next token. `in_foreign`: inside <svg> or <math>, where CDATA sections are text.
  const Token& next(bool in_foreign);
  /// The text up to the end tag of `element`, which is passed: for <script>, <style>, <textarea> and their like.
  std::string_view raw_text(Tag element);
  /// All that is left, as it stands: for <plaintext>.
  std::string_view rest();

 private:
  bool read_text();
  bool read_markup(bool in_foreign);
  bool read_text_of_rest();
  bool read_tag(Token::Kind kind);
  void read_attributes();
  void read_attribute();
  std::string_view lower_name(std::string_view name);
  std::string_view decoded(std::string_view text, bool in_attribute);
  std::string_view plain(std::string_view text);
  std::string_view normalised(std::string_view text);
  void skip_comment();
  void skip_to_angle();
  std::size_t end_of_raw(Tag element) const;
  std::size_t end_of_script() const;
  char at(std::size_t i) const { return i < source_.size() ? source_[i] : '\0'; }

  std::string_view source_;
  Tree& tree_;
  std::size_t at_ = 0;
  Token token_;
};

}  // namespace voice::content::html
