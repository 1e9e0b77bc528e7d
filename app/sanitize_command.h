// app/sanitize_command.h - `voice sanitize`: a stranger's HTML in, the fragment our pages would show out.
#pragma once
#include <iosfwd>
#include <string>

namespace voice::app {

struct SanitizeOptions {
  std::string url;     ///< what relative addresses are resolved against; may be empty
  bool lines = false;  ///< one {"id","html","base"} a line in, one {"id","html"} a line out
};

/// Reads `in` to its end. With `lines`, a line that is no such object is named on standard error and skipped: one bad
/// record must not cost the others. Exit code 0; 1 where a line was skipped and no other was answered.
int sanitize_command(const SanitizeOptions& options, std::istream& in, std::ostream& out);

}  // namespace voice::app
