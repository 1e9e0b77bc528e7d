#include "server/members_asked.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "server/blog_state.h"
#include "views/post_card.h"

namespace voice::server {

bool MembersAsked::is_answerable() const {
  return (kind.empty() || store::parse_blog_kind(kind)) && (state.empty() || store::parse_pulse(state));
}

std::string MembersAsked::in_words() const {
  std::string words = nation;
  const auto add = [&](const std::string& choice) { words += (words.empty() ? "" : ", ") + choice; };
  if (const auto known = store::parse_blog_kind(kind)) add(to_ascii_lower(views::words_for(*known)));
  if (const auto pulse = store::parse_pulse(state)) add(to_ascii_lower(tag_for(*pulse).text));
  return words.empty() ? "none" : words;
}

std::string MembersAsked::query_text(const std::string& sorted, int page) const {
  std::string query;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + percent_encode(value);
  };
  add("nation", nation);
  add("kind", kind);
  add("state", state);
  add("sort", sorted == "title" ? "" : sorted);
  add("page", page > 1 ? std::to_string(page) : "");
  return query;
}

MembersAsked read_members_asked(const Fields& query) {
  MembersAsked asked{
      .nation = query.get("nation"), .kind = query.get("kind"), .state = query.get("state"), .sort = query.get("sort")};
  if (!std::ranges::any_of(kSortings, [&](const Sorting& s) { return s.name == asked.key(); })) asked.sort = "title";
  return asked;
}

store::MemberQuery query_for(const MembersAsked& asked) {
  store::MemberQuery query;
  query.nation = asked.nation;
  if (!asked.kind.empty()) query.kind = store::parse_blog_kind(asked.kind);
  if (!asked.state.empty()) query.pulse = store::parse_pulse(asked.state);
  const auto& sorting =
      *std::ranges::find(kSortings, asked.key(), [](const Sorting& s) { return std::string_view(s.name); });
  query.order = sorting.order;
  query.sense = asked.descending() == sorting.largest_first ? store::Sense::forwards : store::Sense::backwards;
  return query;
}

}  // namespace voice::server
