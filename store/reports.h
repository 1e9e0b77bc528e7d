// store/reports.h - what readers tell the editors about a post.
//
// A report waits until an editor closes it; then the sender's address, kept only for an answer, is forgotten.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/db.h"

namespace voice::store {

using ReportId = Id<struct ReportTag>;

struct Report {
  ReportId id;
  EntryId entry;
  std::string post_title;  ///< empty: it has none
  std::string blog_title;
  std::string words;
  std::string email;  ///< empty: no answer is wanted
  sys_seconds sent{};
};

void add_report(Writer& db, EntryId entry, std::string_view words, std::string_view email, sys_seconds now);
std::vector<Report> open_reports(Reader& db, int limit);  ///< oldest first
std::int64_t count_open_reports(Reader& db);
/// The report as it was; nothing where it is closed already or never was.
std::optional<Report> close_report(Writer& db, ReportId id, sys_seconds now);

}  // namespace voice::store
