#include "content/html_tokens.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/character_references.h"
#include "base/text.h"

namespace voice::content::html {
namespace {

constexpr std::size_t kMostAttributes = 64;

constexpr bool ends_name(char c) { return is_space(c) || c == '/' || c == '>'; }

bool has_byte(std::string_view text, char byte) {
  return !text.empty() && std::memchr(text.data(), byte, text.size()) != nullptr;
}

// True where `text` at `at` has `name` in any case and then the end of a tag's name.
bool names_tag(std::string_view text, std::size_t at, std::string_view name) {
  const auto end = at + name.size();
  return end < text.size() && ends_name(text[end]) && equals_ignoring_case(text.substr(at, name.size()), name);
}

}  // namespace

const Token& Tokens::next(bool in_foreign) {
  token_.text = {};
  token_.attributes.clear();
  while (at_ < source_.size())
    if (source_[at_] == '<' ? read_markup(in_foreign) : read_text()) return token_;
  token_.kind = Token::Kind::done;
  return token_;
}

// A '<' that begins no markup is text.
bool Tokens::read_text() {
  const auto begin = at_;
  auto end = at_;
  do {
    end = std::min(source_.find('<', end + (end == begin && source_[begin] == '<' ? 1 : 0)), source_.size());
    const char c = at(end + 1);
    if (is_alpha(c) || c == '/' || c == '!' || c == '?') break;
    if (end < source_.size()) ++end;
  } while (end < source_.size());
  at_ = end;
  token_.kind = Token::Kind::text;
  token_.text = decoded(source_.substr(begin, end - begin), false);
  return !token_.text.empty();
}

bool Tokens::read_markup(bool in_foreign) {
  const char c = at(at_ + 1);
  if (is_alpha(c)) return read_tag(Token::Kind::start);
  if (c == '/') {
    if (is_alpha(at(at_ + 2))) return read_tag(Token::Kind::end);
    if (at_ + 2 >= source_.size()) return read_text_of_rest();
    skip_to_angle();
    return false;
  }
  if (c == '!' || c == '?') {
    const auto rest = source_.substr(at_);
    if (rest.starts_with("<!--")) {
      skip_comment();
    } else if (in_foreign && rest.starts_with("<![CDATA[")) {
      const auto end = std::min(source_.find("]]>", at_ + 9), source_.size());
      token_.kind = Token::Kind::text;
      token_.text = plain(source_.substr(at_ + 9, end - at_ - 9));
      at_ = std::min(end + 3, source_.size());
      return !token_.text.empty();
    } else {
      skip_to_angle();
    }
    return false;
  }
  return read_text();
}

// "</" at the very end is text.
bool Tokens::read_text_of_rest() {
  token_.kind = Token::Kind::text;
  token_.text = source_.substr(at_);
  at_ = source_.size();
  return true;
}

void Tokens::skip_to_angle() {
  const auto end = source_.find('>', at_);
  at_ = end == std::string_view::npos ? source_.size() : end + 1;
}

void Tokens::skip_comment() {
  auto i = at_ + 4;
  if (at(i) == '>') {
    at_ = i + 1;
    return;
  }
  if (source_.substr(i).starts_with("->")) {
    at_ = i + 2;
    return;
  }
  for (;;) {
    i = source_.find("--", i);
    if (i == std::string_view::npos) {
      at_ = source_.size();
      return;
    }
    if (at(i + 2) == '>' || (at(i + 2) == '!' && at(i + 3) == '>')) {
      at_ = i + (at(i + 2) == '>' ? 3 : 4);
      return;
    }
    ++i;
  }
}

// False where the document ends inside the tag: such a tag is none.
bool Tokens::read_tag(Token::Kind kind) {
  auto i = at_ + (kind == Token::Kind::end ? 2 : 1);
  const auto begin = i;
  while (i < source_.size() && !ends_name(source_[i])) ++i;
  token_.kind = kind;
  token_.self_closing = false;
  token_.name = lower_name(source_.substr(begin, i - begin));
  token_.tag = tag_named(token_.name);
  at_ = i;
  read_attributes();
  if (at_ >= source_.size()) return false;
  ++at_;  // the '>'
  return true;
}

// Leaves at_ on the '>' that ends the tag, or at the end of the document.
void Tokens::read_attributes() {
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (c == '>') return;
    if (c == '/') {
      ++at_;
      token_.self_closing = at(at_) == '>';
    } else if (is_space(c)) {
      ++at_;
    } else {
      read_attribute();
    }
  }
}

void Tokens::read_attribute() {
  auto i = at_ + 1;  // a '=' in front belongs to the name
  while (i < source_.size() && source_[i] != '=' && !ends_name(source_[i])) ++i;
  const auto name = source_.substr(at_, i - at_);
  while (i < source_.size() && is_space(source_[i])) ++i;
  std::string_view value;
  if (at(i) == '=') {
    ++i;
    while (i < source_.size() && is_space(source_[i])) ++i;
    const char quote = at(i);
    if (quote == '"' || quote == '\'') {
      const auto end = source_.find(quote, i + 1);
      if (end == std::string_view::npos) {
        at_ = source_.size();
        return;
      }
      value = source_.substr(i + 1, end - i - 1);
      i = end + 1;
    } else {
      const auto begin = i;
      while (i < source_.size() && !is_space(source_[i]) && source_[i] != '>') ++i;
      value = source_.substr(begin, i - begin);
    }
  }
  at_ = i;
  if (token_.kind != Token::Kind::start || token_.attributes.size() >= kMostAttributes) return;
  const auto lower = lower_name(name);
  for (const auto& other : token_.attributes)
    if (other.name == lower) return;
  token_.attributes.push_back({lower, decoded(value, true)});
}

std::string_view Tokens::lower_name(std::string_view name) {
  const bool is_lower =
      std::none_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '\0'; });
  if (is_lower) return name;
  std::string lower = to_ascii_lower(name);
  std::replace(lower.begin(), lower.end(), '\0', '?');
  return tree_.keep(lower);
}

std::string_view Tokens::plain(std::string_view text) {
  if (!has_byte(text, '\r') && !has_byte(text, '\0')) return text;
  return normalised(text);
}

std::string_view Tokens::normalised(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') continue;
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 >= text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return tree_.keep(out);
}

std::string_view Tokens::decoded(std::string_view text, bool in_attribute) {
  if (text.size() < 48) {  // short ones, as most are, are looked through by hand
    bool as_it_stands = true;
    for (const char c : text) as_it_stands &= c != '&' && c != '\r' && c != '\0';
    if (as_it_stands) return text;
  }
  text = plain(text);
  if (!has_byte(text, '&')) return text;
  return tree_.keep(decode_references(text, in_attribute ? ReferenceIn::attribute : ReferenceIn::text));
}

std::string_view Tokens::raw_text(Tag element) {
  const auto begin = at_;
  const auto end = element == Tag::script ? end_of_script() : end_of_raw(element);
  at_ = end;
  if (end < source_.size()) read_tag(Token::Kind::end);
  const auto text = source_.substr(begin, end - begin);
  return element == Tag::textarea || element == Tag::title ? decoded(text, false) : plain(text);
}

std::string_view Tokens::rest() {
  const auto text = source_.substr(std::min(at_, source_.size()));
  at_ = source_.size();
  return plain(text);
}

std::size_t Tokens::end_of_raw(Tag element) const {
  const auto name = name_of(element);
  for (auto i = source_.find("</", at_); i != std::string_view::npos; i = source_.find("</", i + 2))
    if (names_tag(source_, i + 2, name)) return i;
  return source_.size();
}

// Inside "<!--" a <script> may hold another: its end tag is not ours (13.2.5.18 to 31).
std::size_t Tokens::end_of_script() const {
  enum { plain_text, escaped, twice_escaped } state = plain_text;
  for (auto i = at_; i < source_.size();) {
    i = source_.find_first_of("<-", i);
    if (i == std::string_view::npos) break;
    const auto rest = source_.substr(i);
    if (state != plain_text && rest.starts_with("-->")) {
      state = plain_text;
      i += 3;
    } else if (state == plain_text && rest.starts_with("<!--")) {
      // "<!-->" and "<!--->" end what they begin.
      if (rest.starts_with("<!-->") || rest.starts_with("<!--->"))
        i += rest[4] == '>' ? 5 : 6;
      else
        state = escaped, i += 4;
    } else if (state == escaped && rest.starts_with("<") && names_tag(source_, i + 1, "script")) {
      state = twice_escaped;
      i += 7;
    } else if (rest.starts_with("</") && names_tag(source_, i + 2, "script")) {
      if (state != twice_escaped) return i;
      state = escaped;
      i += 8;
    } else {
      ++i;
    }
  }
  return source_.size();
}

}  // namespace voice::content::html
