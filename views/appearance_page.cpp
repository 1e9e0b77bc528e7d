#include "views/appearance_page.h"

namespace voice::views {

DeskPage appearance_page(const AppearancePage& a) {
  DeskPage page;
  page.head = {.title = "Light or dark pages",
               .description = "Choose the colours of this site.",
               .path = "/appearance",
               .section = {},
               .indexing = Indexing::no};
  page.problems = a.problems;
  if (a.is_kept) page.notice = {.title = "Your choice is kept", .text = "It is in this browser only.", .tone = "good"};
  ChoiceField field{.id = "theme",
                    .legend = "Light or dark pages?",
                    .hint = "Your browser keeps your choice in a cookie.",
                    .error = a.problems.empty() ? std::string() : a.problems.front().text,
                    .choices = {{"device", "As my device is set", {}, a.chosen == Theme::device},
                                {"light", "Light", {}, a.chosen == Theme::light},
                                {"dark", "Dark", {}, a.chosen == Theme::dark}},
                    .heading = true};
  page.parts.push_back(FormPart{.action = "/appearance",
                                .form_token = a.form_token,
                                .hidden = {},
                                .fields = {std::move(field)},
                                .buttons = {{.text = "Keep my choice", .tone = {}, .name = {}, .value = {}}},
                                .cancel = {}});
  return page;
}

}  // namespace voice::views
