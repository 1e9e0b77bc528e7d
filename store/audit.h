// store/audit.h - who did what, when and why. Written in the transaction of the act itself, never changed afterwards.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

enum class Audience { editors, everybody };  ///< everybody: also shown in the public log, so it names no private person

struct Act {
  UserId user;               ///< none where the hub, a blogger or a guest acted
  std::string actor;         ///< the name as it is now: "Ada Byron", "the blogger", "the hub"
  std::string act;           ///< "application.accepted", "post.hidden" ...: the part before the dot is its kind
  std::string subject;       ///< what it was done to, in words
  std::string subject_path;  ///< where that is on this site; may be empty
  std::string reason;        ///< may be empty
  Audience audience = Audience::editors;
};

struct AuditLine {
  std::int64_t id = 0;
  sys_seconds at{};
  Act act;
};

void record(Writer& db, const Act& act, sys_seconds now);

struct AuditQuery {
  std::string kind;  ///< "application", "post" ...; empty: all
  Audience audience = Audience::editors;
  std::int64_t before_id = 0;  ///< 0: from the newest
  int limit = 50;              ///< 1 to 200
};
/// Newest first. For everybody, the path of what is no longer shown (a hidden post, a guest post taken down, a blog that
/// left) is empty.
std::vector<AuditLine> audit_lines(Reader& db, const AuditQuery& query);

}  // namespace voice::store
