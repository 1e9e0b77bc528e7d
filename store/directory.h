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

/// live: posted within eight weeks; quiet: within a year; silent: longer ago; waiting: no post yet; paused: by its owner or
/// an editor; gone: its site is.
enum class Pulse { live, quiet, silent, waiting, paused, gone };
std::string_view name_of(Pulse pulse);  ///< as in an address: "quiet"
std::optional<Pulse> parse_pulse(std::string_view name);
Pulse pulse_of(const Blog& blog, sys_seconds now);

constexpr std::chrono::seconds kLiveFor{56 * 86400}, kQuietFor{365 * 86400};

/// By title where two are alike; blogs without an organisation or a post come last. Title, newest_post and posts are read in
/// order from an index; the others sort the members, of whom there are some thousands.
enum class MemberOrder { title, organisation, kind, pulse, newest_post, posts };
enum class Sense { forwards, backwards };  ///< forwards: a to z, newest first, most first

struct MemberQuery {
  std::string nation;  ///< of its present organisation; empty: any
  std::optional<BlogKind> kind;
  std::optional<Pulse> pulse;
  MemberOrder order = MemberOrder::title;
  Sense sense = Sense::forwards;
  int offset = 0;   ///< 0 or more
  int limit = 100;  ///< 1 to 1000
};

struct Member {
  Blog blog;
  Pulse pulse = Pulse::live;
  std::string organisation;       ///< where it is now, else what its owner says; empty: nowhere we know
  std::string organisation_slug;  ///< empty: it has no page
};

/// Active, paused and gone blogs.
std::vector<Member> directory(Reader& db, const MemberQuery& query, sys_seconds now);
/// How many there are of that kind in all, whatever offset and limit.
int count_members(Reader& db, const MemberQuery& query, sys_seconds now);

/// The statement that directory() runs, for tests that read its plan.
std::string directory_sql(MemberOrder order, Sense sense);

}  // namespace voice::store
