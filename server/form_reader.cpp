#include "server/form_reader.h"

#include <algorithm>

#include "base/email.h"
#include "base/text.h"

namespace voice::server {
namespace {

// Embeddings, overrides and isolates (Unicode UAX 9): they reach beyond the text they are in. The plain marks U+200E and
// U+200F do not, and names in Arabic and Hebrew need them.
bool rearranges(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }
bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029; }

std::string without(std::string_view text, bool keep_lines) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (rearranges(c)) continue;
    if (c == '\r') continue;
    if (is_control(c) && !(keep_lines && (c == '\n' || c == '\t'))) {
      out += ' ';
      continue;
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string one_line_of(std::string_view text) { return collapse_space(without(text, false)); }

void FormReader::check_length(const std::string& field, const std::string& value, const Rule& rule) {
  if (value.empty() && !rule.missing.empty()) problem(field, rule.missing);
  if (count_code_points(value) > rule.longest)
    problem(field, "Shorten this to " + std::to_string(rule.longest) + " characters or fewer");
}

std::string FormReader::line(const std::string& field, const Rule& rule) {
  auto value = one_line_of(form_.get(field));
  check_length(field, value, rule);
  return value;
}

std::string FormReader::text(const std::string& field, const Rule& rule) {
  auto value = without(form_.get(field), true);
  if (trim(value).empty()) value.clear();
  check_length(field, value, rule);
  return value;
}

std::string FormReader::choice(const std::string& field, const std::vector<std::string>& allowed,
                               const std::string& missing) {
  auto value = form_.get(field);
  if (std::ranges::find(allowed, value) != allowed.end()) return value;
  problem(field, missing);
  return {};
}

std::vector<std::string> FormReader::choices(const std::string& field, const std::vector<std::string>& allowed) {
  const auto chosen = form_.all(field);
  std::vector<std::string> kept;
  for (const auto& value : allowed)
    if (std::ranges::find(chosen, value) != chosen.end()) kept.push_back(value);
  return kept;
}

std::string FormReader::email(const std::string& field, const std::string& missing) {
  const auto typed = form_.get(field);
  if (const auto address = parse_email(typed)) return address->text;
  problem(field, trim(typed).empty() ? missing : "Enter an e-mail address in the form name@example.org");
  // Shown again as one line: what is no address may hold anything.
  return std::string(utf8_prefix(one_line_of(typed), 300));
}

bool FormReader::checked(const std::string& field, const std::string& missing) {
  const bool is_checked = form_.get(field) == "yes";
  if (!is_checked) problem(field, missing);
  return is_checked;
}

}  // namespace voice::server
