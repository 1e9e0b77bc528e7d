// server/members_asked.h - which members an address asks for, and in what order: /blogs shows them, /members.opml lists them.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "server/request.h"
#include "store/directory.h"

namespace voice::server {

struct Sorting {
  const char* name;
  const char* heading;
  store::MemberOrder order;
  bool largest_first;  ///< dates and numbers begin with the largest
};
inline constexpr std::array kSortings = {
    Sorting{"title", "Blog", store::MemberOrder::title, false},
    Sorting{"organisation", "Organisation", store::MemberOrder::organisation, false},
    Sorting{"kind", "Kind", store::MemberOrder::kind, false},
    Sorting{"state", "State", store::MemberOrder::pulse, false},
    Sorting{"last", "Last post", store::MemberOrder::newest_post, true},
    Sorting{"posts", "Posts", store::MemberOrder::posts, true}};

struct MembersAsked {
  std::string nation, kind, state;
  std::string sort;  ///< the name of a Sorting, with "-" before it where it falls

  std::string_view key() const {
    return sort.starts_with('-') ? std::string_view(sort).substr(1) : std::string_view(sort);
  }
  bool descending() const { return sort.starts_with('-'); }
  bool is_narrowed() const { return !nation.empty() || !kind.empty() || !state.empty(); }
  /// A kind or state that there is not is no reason to show every blog.
  bool is_answerable() const;
  std::string in_words() const;  ///< "England, supplier"; "none" where nothing that we know was chosen
  /// The query that asks for the same, sorted as said: "?nation=England&sort=-posts", or empty.
  std::string query_text(const std::string& sorted, int page = 1) const;
};
MembersAsked read_members_asked(const Fields& query);
/// What the store is asked; `offset` and `limit` are the caller's to set.
store::MemberQuery query_for(const MembersAsked& asked);

}  // namespace voice::server
