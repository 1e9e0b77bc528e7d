#include "views/desk_topics.h"

#include "base/time.h"

namespace voice::views {
namespace {

DeskPage desk_page(std::string title, Link back) {
  DeskPage page;
  page.head = {.title = title, .indexing = Indexing::no};
  page.heading = std::move(title);
  page.back = std::move(back);
  return page;
}

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

FormPart add_form(const TopicForm& in, const std::string& path) {
  return {.action = path + "/add",
          .form_token = in.form_token,
          .fields = {ChoiceField{.kind = ChoiceField::Kind::radios,
                                 .id = "kind",
                                 .legend = "What is it?",
                                 .error = error_for(in.problems, "kind"),
                                 .choices = {{"tag", "A tag", "As bloggers put it on their posts", in.kind == "tag"},
                                             {"words", "Words",
                                              "In a title, or twice in a text; short and common words catch too much",
                                              in.kind == "words"}}},
                     TextField{.id = "term",
                               .label = "Tag or words",
                               .hint = "Capitals and hyphens make no difference.",
                               .value = in.term,
                               .error = error_for(in.problems, "term"),
                               .width = 20}},
          .buttons = {{.text = "Add"}}};
}

FormPart remove_form(const TopicForm& in, const std::string& path, const std::vector<store::TopicTerm>& terms) {
  ChoiceField field{.kind = ChoiceField::Kind::checkboxes,
                    .id = "remove",
                    .legend = "Which no longer?",
                    .error = error_for(in.problems, "remove"),
                    .choices = {}};
  for (const auto& term : terms)
    field.choices.push_back(
        {value_of(term), term.term, term.kind == store::TermKind::tag ? "Tag" : "Words in title or text", false});
  return {.action = path + "/remove",
          .form_token = in.form_token,
          .fields = {std::move(field)},
          .buttons = {{.text = "Remove", .tone = "warn"}}};
}

}  // namespace

std::string value_of(const store::TopicTerm& term) {
  return (term.kind == store::TermKind::tag ? "tag:" : "words:") + term.term;
}

std::string in_words(const store::TopicTerm& term) {
  return (term.kind == store::TermKind::tag ? "the tag “" : "the words “") + term.term + "”";
}

DeskPage topics_desk_page(const std::vector<store::Topic>& topics) {
  auto page = desk_page("What puts posts under topics", {"Editors’ desk", "/editor"});
  TasksPart tasks;
  for (const auto& topic : topics)
    tasks.tasks.push_back({.text = topic.name,
                           .url = "/editor/topics/" + topic.slug,
                           .hint = topic.description,
                           .status = counted(topic.post_count, "post", "posts"),
                           .tone = "quiet"});
  page.parts.push_back(std::move(tasks));
  return page;
}

DeskPage topic_desk_page(const TopicForm& in, const store::Topic& topic, const std::vector<store::TopicTerm>& terms) {
  auto page = desk_page(topic.name, {"Topics", "/editor/topics"});
  page.head.title = topic.name + ": what puts posts here";
  page.caption = "Topic";
  page.problems = in.problems;
  if (!in.done.empty()) page.notice = {.title = "Done", .text = in.done, .tone = "good"};
  page.parts.push_back(TextPart{.text = topic.description, .weight = TextPart::Weight::lead});
  page.parts.push_back(HeadingPart{"Add a tag or words"});
  page.parts.push_back(add_form(in, "/editor/topics/" + topic.slug));
  if (!terms.empty()) {
    page.parts.push_back(HeadingPart{"What puts a post here now"});
    page.parts.push_back(remove_form(in, "/editor/topics/" + topic.slug, terms));
  }
  page.parts.push_back(LinksPart{.links = {{"The topic’s public page", "/topics/" + topic.slug}}});
  return page;
}

}  // namespace voice::views
