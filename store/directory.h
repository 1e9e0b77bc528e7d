// store/directory.h - the members, narrowed and ordered as a reader asks.
//
// Whether a blog is alive is worked out from its last post and nothing is said too early: councils keep quiet for weeks
// before an election, and eight weeks of silence are no death.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

/// live: posted within eight weeks; quiet: within a year; silent: longer ago; gone: its site is; waiting: no post yet.
enum class Pulse { live, quiet, silent, gone, waiting };
std::string_view name_of(Pulse pulse);  ///< as in an address: "quiet"
std::optional<Pulse> parse_pulse(std::string_view name);
Pulse pulse_of(const Blog& blog, sys_seconds now);

constexpr std::chrono::seconds kLiveFor{56 * 86400}, kQuietFor{365 * 86400};

enum class MemberOrder { title, newest_post };

struct MemberQuery {
  std::string nation;  ///< of its present organisation; empty: any
  std::optional<BlogKind> kind;
  std::optional<Pulse> pulse;
  MemberOrder order = MemberOrder::title;
  int offset = 0;   ///< 0 or more
  int limit = 100;  ///< 1 to 1000
};

struct Member {
  Blog blog;
  Pulse pulse = Pulse::live;
  std::string organisation;  ///< where it is now; empty: nowhere we know
  std::string organisation_slug;
  std::string nation;
};

/// Active, paused and gone blogs.
std::vector<Member> directory(Reader& db, const MemberQuery& query, sys_seconds now);
/// How many there are of that kind in all, whatever offset and limit.
int count_members(Reader& db, const MemberQuery& query, sys_seconds now);

/// The statement that directory() runs, for tests that read its plan.
std::string directory_sql(MemberOrder order);

}  // namespace voice::store
