#include "fetcher/robots.h"

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/url.h"

namespace voice::fetcher {
namespace {

constexpr std::size_t kBytesRead = 500 << 10;  // RFC 9309, 2.5: at least 500 KiB are looked at

struct Rule {
  bool allow = false;
  std::string pattern;
};
struct Group {
  bool named = false;  // for us
  bool any = false;    // for *
  std::vector<Rule> rules;
};

struct Line {
  std::string key;
  std::string_view value;
};

std::optional<Line> read_line(std::string_view text) {
  text = trim(text.substr(0, text.find('#')));
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Line{to_ascii_lower(trim(text.substr(0, colon))), trim(text.substr(colon + 1))};
}

std::vector<Group> read_groups(std::string_view robots_txt, std::string_view agent) {
  std::vector<Group> groups;
  bool naming = false;  // several user-agent lines in a row begin one group
  for (const auto text : split(robots_txt.substr(0, kBytesRead), '\n')) {
    const auto line = read_line(text);
    if (!line) continue;
    if (line->key == "user-agent") {
      if (!naming) groups.emplace_back();
      naming = true;
      if (line->value == "*") groups.back().any = true;
      if (equals_ignoring_case(line->value, agent)) groups.back().named = true;
    } else if (line->key == "allow" || line->key == "disallow") {
      naming = false;
      if (!groups.empty() && !line->value.empty())
        groups.back().rules.push_back({line->key == "allow", percent_decode(line->value)});
    }
  }
  return groups;
}

// `*` stands for any text, `$` at the end for the end; otherwise a rule is a prefix. Goes back to the last star only, so a
// rule of many stars costs no more than its length times the target's.
bool matches(std::string_view pattern, std::string_view target) {
  const bool to_the_end = !pattern.empty() && pattern.back() == '$';
  if (to_the_end) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;
  std::size_t star_target = 0;
  while (true) {
    if (p == pattern.size() && (!to_the_end || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_target = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star && star_target < target.size()) {
      p = *star;
      t = ++star_target;
    } else {
      return false;
    }
  }
}

}  // namespace

bool robots_allow(std::string_view robots_txt, std::string_view agent, std::string_view target) {
  const auto groups = read_groups(robots_txt, agent);
  bool named = false;
  for (const auto& group : groups) named = named || group.named;
  const auto decoded = percent_decode(target);
  const Rule* winner = nullptr;
  for (const auto& group : groups) {
    if (named ? !group.named : !group.any) continue;
    for (const auto& rule : group.rules) {
      if (!matches(rule.pattern, decoded)) continue;
      const bool longer = winner == nullptr || rule.pattern.size() > winner->pattern.size();
      if (longer || (rule.pattern.size() == winner->pattern.size() && rule.allow)) winner = &rule;
    }
  }
  return winner == nullptr || winner->allow;
}

}  // namespace voice::fetcher
