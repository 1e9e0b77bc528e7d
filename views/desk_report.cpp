#include "views/desk_report.h"

#include "base/time.h"

namespace voice::views {
namespace {

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

}  // namespace

DeskPage report_page(const ReportForm& form) {
  DeskPage page;
  page.head = {.title = form.is_sent ? "Report sent" : "Report a post", .indexing = Indexing::no};
  page.back = {"Back to the post", form.post_path};
  if (form.is_sent) {
    page.panel_title = "Report sent";
    page.panel_text = "Thank you. An editor will read it.";
    page.parts.push_back(
        TextPart{.text = "If the post has to go, it goes from every page and feed here, and the public log says why."});
    page.parts.push_back(LinksPart{.links = {{"Latest posts", "/"}, {"Public log", "/log"}}});
    return page;
  }
  page.problems = form.problems;
  page.heading = "Report a post";
  page.parts.push_back(TextPart{.text = form.post_title, .weight = TextPart::Weight::lead});
  page.parts.push_back(TextPart{
      .text = "Tell the editors if a post should not be here: because it is unlawful, harms or names somebody, is "
              "an advertisement, or has come to us by mistake. If you only disagree with it, its writer’s own "
              "blog is the place to say so."});
  page.parts.push_back(
      FormPart{.action = form.post_path + "/report",
               .form_token = form.form_token,
               .hidden = {},
               .fields = {TextField{.id = "words",
                                    .label = "What is wrong with it?",
                                    .hint = "Only the editors read this.",
                                    .value = form.words,
                                    .error = error_for(form.problems, "words"),
                                    .rows = 5,
                                    .longest = 2000},
                          TextField{.id = "email",
                                    .label = "Your e-mail address, if you would like an answer (optional)",
                                    .hint = "We forget it once the report has been dealt with.",
                                    .value = form.email,
                                    .error = error_for(form.problems, "email"),
                                    .type = "email",
                                    .autocomplete = "email",
                                    .width = 30}},
               .buttons = {{.text = "Send to the editors", .tone = {}, .name = {}, .value = {}}},
               .cancel = {"Cancel", form.post_path}});
  return page;
}

DeskPage reports_page(const std::vector<store::Report>& reports, const std::string& form_token, bool just_closed) {
  DeskPage page;
  page.head = {.title = "Reported posts", .indexing = Indexing::no};
  page.heading = "Reported posts";
  page.back = {"Editors’ desk", "/editor"};
  if (just_closed) page.notice = {.title = "Done", .text = "The report is closed.", .tone = "good"};
  if (reports.empty())
    page.parts.push_back(TextPart{.text = "No report is open. Readers send them from a post’s own page."});
  for (const auto& report : reports) {
    page.parts.push_back(HeadingPart{report.post_title.empty() ? "A post without a title" : report.post_title});
    page.parts.push_back(TextPart{.text = report.blog_title + ". Sent " + moment_in_words(report.sent),
                                  .weight = TextPart::Weight::hint});
    page.parts.push_back(InsetPart{report.words});
    if (!report.email.empty()) page.parts.push_back(TextPart{.text = "Would like an answer: " + report.email});
    page.parts.push_back(
        LinksPart{.links = {{"See the post, or hide it", "/editor/posts/" + std::to_string(report.entry.value)}}});
    page.parts.push_back(FormPart{.action = "/editor/reports/" + std::to_string(report.id.value) + "/close",
                                  .form_token = form_token,
                                  .hidden = {},
                                  .fields = {},
                                  .buttons = {{.text = "Close this report", .tone = "quiet", .name = {}, .value = {}}},
                                  .cancel = {}});
  }
  return page;
}

}  // namespace voice::views
