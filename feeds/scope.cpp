#include "feeds/scope.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "feeds/date.h"
#include "feeds/limits.h"
#include "feeds/markup.h"

namespace voice::feeds {
namespace {

bool is_text(pugi::xml_node node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

// Absolute, and without anything that resolving would change.
bool is_plain_web_address(std::string_view address) {
  const std::size_t scheme = address.starts_with("https://") ? 8 : address.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || address.size() == scheme || address[scheme] == '/') return false;
  return std::all_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '\\' && c != '<' &&
           c != '>' && c != '"';
  });
}

bool is_void_html(std::string_view name) {
  static constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                               "input", "link", "meta", "param", "source", "track", "wbr"};
  return std::find(std::begin(kVoid), std::end(kVoid), name) != std::end(kVoid);
}

}  // namespace

Scope::Inside::Inside(Scope& scope, pugi::xml_node element) : scope_(scope), names_(scope.names_.enter(element)) {
  for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (!name.starts_with("xml:")) continue;
    if (name == "xml:base" && !has_base_) {
      scope.bases_.push_back(scope.resolved(decode_references(attribute.value())));
      has_base_ = true;
    } else if (name == "xml:lang" && !has_language_) {
      scope.languages_.push_back(decode_references(trim(attribute.value())));
      has_language_ = true;
    }
  }
}

Scope::Inside::~Inside() {
  scope_.names_.leave(names_);
  if (has_base_) scope_.bases_.pop_back();
  if (has_language_) scope_.languages_.pop_back();
}

std::string Scope::resolved(std::string_view address) const {
  const auto trimmed = trim(address);
  if (trimmed.empty() || is_plain_web_address(trimmed)) return std::string(trimmed);
  return resolve_text(base(), trimmed);
}

std::string Scope::text(pugi::xml_node element) {
  std::string out;
  for (auto child = element.first_child(); child; child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata)
      append_decoded(out, child.value(), &tree_.entities, &faults_);
    else if (child.type() == pugi::node_cdata)
      out += child.value();
  }
  return out;
}

std::string Scope::line(pugi::xml_node element) {
  auto out = collapse_space(text(element));
  if (out.size() > kLongestLine) out.resize(utf8_prefix(out, kLongestLine).size());
  return out;
}

bool Scope::holds_elements(pugi::xml_node element) const {
  for (auto child = element.first_child(); child; child = child.next_sibling())
    if (child.type() == pugi::node_element) return true;
  return false;
}

std::string Scope::markup(pugi::xml_node element) {
  if (!holds_elements(element)) return text(element);
  mixed_ = true;
  bases_outside_content_ = bases_.size();
  std::string out;
  append_html(out, element, 0);
  return out;
}

void Scope::append_html(std::string& out, pugi::xml_node parent, int depth) {
  if (depth > kDeepest) return;
  for (auto child = parent.first_child(); child; child = child.next_sibling()) {
    if (is_text(child)) {
      std::string decoded;
      if (child.type() == pugi::node_cdata)
        decoded = child.value();
      else
        append_decoded(decoded, child.value(), &tree_.entities, &faults_);
      out += html_of_text(decoded);
    } else if (child.type() == pugi::node_element) {
      const Inside inside(*this, child);
      std::string_view local;
      names_.of_element(child.name(), local);
      append_start_tag(out, child, local);
      if (is_void_html(local) && !child.first_child()) continue;
      append_html(out, child, depth + 1);
      out.append("</").append(local) += '>';
    }
  }
}

void Scope::append_start_tag(std::string& out, pugi::xml_node element, std::string_view local) {
  (out += '<').append(local);
  for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (name.starts_with("xmlns") || name == "xml:base") continue;
    out += ' ';
    out += name == "xml:lang" ? "lang" : name;
    out += "=\"";
    std::string value;
    append_decoded(value, attribute.value(), &tree_.entities, &faults_);
    // An xml:base within the content is lost in HTML, so what it changes is resolved here.
    if (bases_.size() > bases_outside_content_ && (name == "href" || name == "src" || name == "cite"))
      value = resolved(value);
    for (const char c : value) {
      if (c == '"')
        out += "&quot;";
      else if (c == '&')
        out += "&amp;";
      else
        out += c;
    }
    out += '"';
  }
  out += '>';
}

std::string Scope::attribute(pugi::xml_node element, std::string_view wanted, Ns ns) {
  for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    std::string_view local = attribute.name();
    const bool prefixed = local.find(':') != std::string_view::npos;
    if (local.starts_with("xmlns") || (!prefixed && ns != Ns::none)) continue;
    if (prefixed && (ns == Ns::none || names_.of_attribute(attribute.name(), local) != ns)) continue;
    if (!equals_ignoring_case(local, wanted)) continue;
    std::string value;
    append_decoded(value, attribute.value(), &tree_.entities, &faults_);
    return std::string(trim(value));
  }
  return {};
}

std::optional<sys_seconds> Scope::date(pugi::xml_node element) {
  const auto written = text(element);
  if (trim(written).empty()) return std::nullopt;
  const auto read = parse_date(written);
  if (read) return *read;
  if (unreadable_date_.empty()) unreadable_date_ = std::string(utf8_prefix(trim(written), 60));
  return std::nullopt;
}

std::int64_t Scope::number(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : trim(text)) {
    if (c == ',') continue;  // "1,234,567"
    if (!is_digit(c) || value > 1'000'000'000'000'000) break;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::int64_t Scope::duration(std::string_view text) {
  std::int64_t seconds = 0;
  for (const auto part : split(trim(text), ':'))
    seconds = seconds * 60 + std::min<std::int64_t>(number(part), 1'000'000'000);
  return seconds;
}

}  // namespace voice::feeds
