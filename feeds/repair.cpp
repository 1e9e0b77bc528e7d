#include "feeds/repair.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

// No honest tag has more; each is compared with those before it.
constexpr std::size_t kMostAttributes = 64;
constexpr auto kNone = std::string_view::npos;

// How a start tag ended: "<name>", "<name/>", or with the document.
enum class TagEnd : std::uint8_t { open, empty, cut_off };

bool starts_name(char c) { return is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80; }
bool continues_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return equals_ignoring_case(n, name); });
}

// HTML elements that never have content. <link>, <source> and <image> mean other things in feeds.
bool is_void(std::string_view name) { return is_one_of(name, {"br", "hr", "img", "input", "wbr", "col"}); }
// Elements of feeds that never hold one of themselves or each other.
bool is_entry(std::string_view name) { return is_one_of(name, {"item", "entry"}); }
bool is_leaf(std::string_view name) {
  return is_one_of(name,
                   {"title", "link", "guid", "pubDate", "lastBuildDate", "author", "category", "comments", "language",
                    "dc:creator", "dc:date", "dc:subject", "id", "updated", "published", "generator", "copyright"});
}
// Of those, what must be whole to mean anything.
bool is_address(std::string_view name) { return is_one_of(name, {"link", "guid", "comments", "id", "url"}); }

enum class Fault : std::uint8_t { unclosed, stray_end, bare_bracket, attribute, cut_off, cdata, deep };
constexpr std::array<const char*, 7> kFaultWords = {"A tag is never closed, or another is closed before it: ",
                                                    "A closing tag has no opening one: ",
                                                    "A '<' that begins no tag must be written &lt;",
                                                    "An attribute has no quotes or no value in the tag ",
                                                    "The document ends in the middle of ",
                                                    "A CDATA section is never closed in ",
                                                    "Elements are nested too deeply at "};

class Repair {
 public:
  explicit Repair(std::string_view in) : in_(in) { out_.text.reserve(in.size() + in.size() / 16 + 64); }

  RepairedXml run() {
    while (at_ < in_.size()) {
      const auto open = in_.find('<', at_);
      if (open == kNone) {
        // Half an address would be another one: what a document was cut off in says nothing.
        if (open_.empty() || !is_address(open_.back())) text(in_.substr(at_));
        break;
      }
      text(in_.substr(at_, open - at_));
      at_ = open;
      markup();
    }
    if (!open_.empty()) fault(Fault::cut_off, open_.back());
    while (!open_.empty()) close_top();
    return std::move(out_);
  }

 private:
  void fault(Fault kind, std::string_view name) {
    auto& seen = seen_[static_cast<std::size_t>(kind)];
    if (seen) return;
    seen = true;
    const auto line =
        1 + std::count(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, in_.size())), '\n');
    const bool named = kind != Fault::bare_bracket;
    out_.warnings.push_back(kFaultWords[static_cast<std::size_t>(kind)] +
                            (named ? "<" + std::string(utf8_prefix(name, 40)) + ">" : std::string()) + " (line " +
                            std::to_string(line) + ")");
  }

  void text(std::string_view t) { out_.text += t; }

  void markup() {
    const auto rest = in_.substr(at_);
    const char next = rest.size() > 1 ? rest[1] : '\0';
    if (rest.starts_with("<![CDATA[")) return cdata();
    if (rest.starts_with("<!--") && skip_past("-->", 4, no_comment_end_)) return;
    if (rest.starts_with("<!DOCTYPE") || rest.starts_with("<!doctype")) return doctype();
    if (next == '?' && (skip_past("?>", 2, no_instruction_end_) || skip_past(">", 2, no_bracket_))) return;
    if (next == '!' && skip_past(">", 2, no_bracket_)) return;
    if (next == '/' && rest.size() > 2 && starts_name(rest[2])) return end_tag();
    if (starts_name(next)) return start_tag();
    if (rest.size() == 1 || rest == "</") {  // cut off right there
      at_ = in_.size();
      return;
    }
    fault(Fault::bare_bracket, {});
    out_.text += "&lt;";
    ++at_;
  }

  // `missing` remembers that there is no such end any more, so that a thousand openings cost one search.
  bool skip_past(std::string_view end, std::size_t from, bool& missing) {
    if (missing) return false;
    const auto found = in_.find(end, at_ + from);
    if (found == kNone) {
      missing = true;
      return false;
    }
    at_ = found + end.size();
    return true;
  }

  void doctype() {
    const auto bracket = in_.find_first_of("[>", at_);
    if (bracket == kNone) {
      at_ = in_.size();
      return;
    }
    at_ = bracket + 1;
    if (in_[bracket] != '[') return;
    const auto end = in_.find(']', at_);
    const auto close = end == kNone ? kNone : in_.find('>', end);
    at_ = close == kNone ? in_.size() : close + 1;
  }

  void cdata() {
    const auto start = at_ + 9;
    auto end = no_cdata_end_ ? kNone : in_.find("]]>", start);
    if (end != kNone) {
      out_.text += in_.substr(at_, end + 3 - at_);
      at_ = end + 3;
      return;
    }
    no_cdata_end_ = true;
    fault(Fault::cdata, open_.empty() ? "" : open_.back());
    // It ends with its element if that is closed at all, else with the document.
    if (!open_.empty()) end = in_.find("</" + std::string(open_.back()), start);
    auto content = in_.substr(std::min(start, in_.size()), end == kNone ? kNone : end - start);
    at_ = end == kNone ? in_.size() : end;
    if (end == kNone)  // a document cut inside "]]>"
      while (content.ends_with(']')) content.remove_suffix(1);
    out_.text += "<![CDATA[";
    out_.text += content;
    out_.text += "]]>";
  }

  std::string_view take_name() {
    const auto from = at_;
    while (at_ < in_.size() && continues_name(in_[at_])) ++at_;
    return in_.substr(from, at_ - from);
  }
  void skip_spaces() {
    while (at_ < in_.size() && is_space(in_[at_])) ++at_;
  }

  void close_top() {
    out_.text += "</";
    out_.text += open_.back();
    out_.text += '>';
    open_.pop_back();
  }

  void end_tag() {
    const auto begin = at_;
    at_ += 2;
    const auto name = take_name();
    const auto end = in_.find_first_of("<>", at_);
    const auto after = end == kNone ? in_.size() : in_[end] == '>' ? end + 1 : end;
    at_ = begin;  // where a fault would be
    close(name);
    at_ = after;
  }

  void close(std::string_view name) {
    if (is_entry(name) || is_one_of(name, {"channel", "rss", "feed"})) dropped_ = 0;
    if (dropped_ > 0) {
      --dropped_;
      return;
    }
    const auto place = place_of_open(name);
    if (place == open_.size()) return fault(Fault::stray_end, name);
    if (place + 1 < open_.size()) fault(Fault::unclosed, open_.back());
    while (open_.size() > place) close_top();
  }

  // The innermost open element of that name, letter case aside where it must be; the number of open ones if there is none.
  std::size_t place_of_open(std::string_view name) const {
    for (auto i = open_.size(); i > 0; --i)
      if (open_[i - 1] == name) return i - 1;
    for (auto i = open_.size(); i > 0; --i)
      if (equals_ignoring_case(open_[i - 1], name)) return i - 1;
    return open_.size();
  }

  // What the author forgot to close before `name` can begin.
  void close_forgotten(std::string_view name) {
    if (is_entry(name)) {
      const auto entry = std::find_if(open_.rbegin(), open_.rend(), is_entry);
      if (entry == open_.rend()) return;
      fault(Fault::unclosed, *entry);
      const auto keep = static_cast<std::size_t>(open_.rend() - entry) - 1;
      while (open_.size() > keep) close_top();
    } else if (is_leaf(name) && !open_.empty() && is_leaf(open_.back()) &&
               !equals_ignoring_case(open_.back(), "author")) {
      fault(Fault::unclosed, open_.back());
      close_top();
    }
  }

  void start_tag() {
    const auto begin = at_;
    ++at_;
    const auto name = take_name();
    const auto here = at_;
    at_ = begin;
    close_forgotten(name);
    const bool deep = open_.size() >= static_cast<std::size_t>(kDeepest);
    if (deep) fault(Fault::deep, name);
    at_ = here;
    const auto keep = out_.text.size();
    out_.text += '<';
    out_.text += name;
    const auto end = attributes(name, begin);
    const bool is_empty = end == TagEnd::empty || is_void(name);
    if (end == TagEnd::cut_off) {  // as in a browser: half an address is worse than none
      out_.text.resize(keep);
    } else if (deep) {
      out_.text.resize(keep);
      if (!is_empty) ++dropped_;
    } else {
      out_.text += is_empty ? "/>" : ">";
      if (!is_empty) open_.push_back(name);
    }
  }

  // Copies the attributes up to and with the end of the tag.
  TagEnd attributes(std::string_view tag, std::size_t begin) {
    const std::size_t first_attribute = out_.text.size();
    for (std::size_t count = 0;;) {
      skip_spaces();
      if (at_ >= in_.size()) {
        at_ = begin;
        fault(Fault::cut_off, tag);
        at_ = in_.size();
        return TagEnd::cut_off;
      }
      const char c = in_[at_];
      if (c == '>') {
        ++at_;
        return TagEnd::open;
      }
      if (c == '<') {
        fault(Fault::unclosed, tag);
        return TagEnd::open;
      }
      if (c == '/') {
        ++at_;
        if (at_ >= in_.size() || in_[at_] != '>') continue;
        ++at_;
        return TagEnd::empty;
      }
      if (!starts_name(c)) {
        fault(Fault::attribute, tag);
        ++at_;
        continue;
      }
      attribute(tag, first_attribute, ++count > kMostAttributes);
    }
  }

  void attribute(std::string_view tag, std::size_t first_attribute, bool too_many) {
    const auto name = take_name();
    skip_spaces();
    std::string_view value = name;  // HTML's "checked" alone
    if (at_ < in_.size() && in_[at_] == '=') {
      ++at_;
      skip_spaces();
      value = attribute_value(tag);
    } else {
      fault(Fault::attribute, tag);
    }
    if (too_many) return;
    // XML allows each name once; the first is the one that browsers keep.
    const std::string start = " " + std::string(name) + "=\"";
    if (out_.text.find(start, first_attribute) != std::string::npos) return fault(Fault::attribute, tag);
    out_.text += start;
    for (const char c : value) {
      if (c == '"')
        out_.text += "&quot;";
      else if (c == '<')
        out_.text += "&lt;";
      else
        out_.text += c;
    }
    out_.text += '"';
  }

  std::string_view attribute_value(std::string_view tag) {
    if (at_ >= in_.size()) return {};
    const char quote = in_[at_];
    if (quote == '"' || quote == '\'') {
      const auto end = in_.find(quote, at_ + 1);
      const auto value = in_.substr(at_ + 1, end == kNone ? kNone : end - at_ - 1);
      const char after = end != kNone && end + 1 < in_.size() ? in_[end + 1] : ' ';
      const bool honest = end != kNone && (value.find('<') == kNone || is_space(after) || after == '>' || after == '/');
      if (honest) {
        at_ = end + 1;
        return value;
      }
      ++at_;
      fault(Fault::attribute, tag);
      return take_until("<>");
    }
    fault(Fault::attribute, tag);
    return take_until("<> \t\r\n\f");
  }

  std::string_view take_until(std::string_view ends) {
    const auto from = at_;
    at_ = std::min(in_.find_first_of(ends, at_), in_.size());
    return in_.substr(from, at_ - from);
  }

  std::string_view in_;
  std::size_t at_ = 0;
  RepairedXml out_;
  std::vector<std::string_view> open_;
  std::size_t dropped_ = 0;
  std::array<bool, kFaultWords.size()> seen_{};
  bool no_comment_end_ = false, no_instruction_end_ = false, no_bracket_ = false, no_cdata_end_ = false;
};

}  // namespace

RepairedXml repair_xml(std::string_view text) { return Repair(text).run(); }

}  // namespace voice::feeds
