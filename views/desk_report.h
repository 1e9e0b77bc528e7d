// views/desk_report.h - a reader tells the editors about a post, and the editors read it.
#pragma once
#include <string>
#include <vector>

#include "store/reports.h"
#include "views/desk_page.h"

namespace voice::views {

struct ReportForm {
  std::string form_token;
  std::string post_title;
  std::string post_path;     ///< "/posts/12"
  std::string words, email;  ///< as typed
  bool is_sent = false;
  std::vector<Problem> problems;
};
DeskPage report_page(const ReportForm& form);

DeskPage reports_page(const std::vector<store::Report>& reports, const std::string& form_token, bool just_closed);

}  // namespace voice::views
