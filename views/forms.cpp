#include "views/forms.h"

#include "base/text.h"

namespace voice::views {
namespace {
// The ids of hint and error, for aria-describedby; empty where the field has neither.
std::string described_by(const std::string& id, const std::string& hint, const std::string& error,
                         bool counted = false) {
  std::string ids;
  if (!hint.empty()) ids += id + "-hint ";
  if (!error.empty()) ids += id + "-error ";
  if (counted) ids += id + "-limit ";
  return std::string(trim(ids));
}

std::string number_or_nothing(int n) { return n > 0 ? std::to_string(n) : std::string(); }

Model choices(const std::vector<Choice>& all, const std::string& id, const std::string& type) {
  Model::List list;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& choice = all[i];
    const auto box_id = i == 0 ? id : id + "-" + std::to_string(i + 1);
    list.push_back(Model::Object{{"choice_id", box_id},
                                 {"choice_name", id},
                                 {"choice_type", type},
                                 {"choice_value", choice.value},
                                 {"choice_label", choice.label},
                                 {"choice_hint", shown_if(choice.hint)},
                                 {"choice_chosen", choice.chosen}});
  }
  return Model(std::move(list));
}
}  // namespace

Model model_of(const TextField& f) {
  return Model::Object{{"field_id", f.id},
                       {"field_label", f.label},
                       {"field_hint", shown_if(f.hint)},
                       {"field_value", f.value},
                       {"field_error", shown_if(f.error)},
                       {"field_type", f.type},
                       {"field_autocomplete", shown_if(f.autocomplete)},
                       {"field_language", shown_if(f.language)},
                       {"field_rows", shown_if(number_or_nothing(f.rows))},
                       {"field_width", shown_if(number_or_nothing(f.width))},
                       {"field_longest", shown_if(number_or_nothing(f.longest))},
                       {"field_heading", f.heading},
                       {"field_code", f.code},
                       {"field_described_by", shown_if(described_by(f.id, f.hint, f.error, f.longest > 0))}};
}

Model model_of(const ChoiceField& f) {
  const bool radios = f.kind == ChoiceField::Kind::radios;
  return Model::Object{{"field_id", f.id},
                       {"field_legend", f.legend},
                       {"field_hint", shown_if(f.hint)},
                       {"field_error", shown_if(f.error)},
                       {"field_heading", f.heading},
                       {"field_inline", f.inline_},
                       {"field_described_by", shown_if(described_by(f.id, f.hint, f.error))},
                       {"field_choices", choices(f.choices, f.id, radios ? "radio" : "checkbox")}};
}

Model model_of(const SelectField& f) {
  return Model::Object{{"field_id", f.id},
                       {"field_label", f.label},
                       {"field_hint", shown_if(f.hint)},
                       {"field_error", shown_if(f.error)},
                       {"field_described_by", shown_if(described_by(f.id, f.hint, f.error))},
                       {"field_options", each(f.choices, [](const Choice& choice) {
                          return Model::Object{{"option_value", choice.value},
                                               {"option_label", choice.label},
                                               {"option_chosen", choice.chosen}};
                        })}};
}

Model model_of(const FileField& f) {
  return Model::Object{{"field_id", f.id},
                       {"field_label", f.label},
                       {"field_hint", shown_if(f.hint)},
                       {"field_error", shown_if(f.error)},
                       {"field_accept", shown_if(f.accept)},
                       {"field_described_by", shown_if(described_by(f.id, f.hint, f.error))}};
}

Model error_summary(const std::vector<Problem>& problems) {
  if (problems.empty()) return false;
  return Model::Object{{"problems", each(problems, [](const Problem& p) {
                          return Model::Object{{"problem_text", p.text},
                                               {"problem_url", shown_if(p.field_id.empty() ? "" : "#" + p.field_id)}};
                        })}};
}

Model summary_list(const std::vector<SummaryRow>& rows) {
  return each(rows, [](const SummaryRow& row) {
    return Model::Object{
        {"row_key", row.key},
        {"row_value", shown_if(row.value_html.empty() && row.value_url.empty() ? row.value : "")},
        {"row_link", row.value_url.empty()
                         ? Model(false)
                         : Model(Model::Object{{"row_link_url", row.value_url}, {"row_link_text", row.value}})},
        {"row_value_html", shown_if(row.value_html)},
        {"row_action", row.action_url.empty() ? Model(false)
                                              : Model(Model::Object{{"row_action_url", row.action_url},
                                                                    {"row_action_text", row.action_text},
                                                                    {"row_action_of", shown_if(row.action_of)}})}};
  });
}

Model task_list(const std::vector<Task>& tasks) {
  return each(tasks, [](const Task& task) {
    return Model::Object{{"task_text", task.text},
                         {"task_url", shown_if(task.url)},
                         {"task_hint", shown_if(task.hint)},
                         {"task_status", shown_if(task.status)},
                         {"task_tone", task.tone.empty() ? "info" : task.tone}};
  });
}

Model model_of(const Tag& tag) { return Model::Object{{"tag_text", tag.text}, {"tag_tone", tag.tone}}; }

Model model_of(const Pagination& p) {
  if (p.newer_url.empty() && p.older_url.empty() && p.pages.empty()) return false;
  return Model::Object{{"newer_url", shown_if(p.newer_url)},
                       {"newer_label", p.newer_label},
                       {"older_url", shown_if(p.older_url)},
                       {"older_label", p.older_label},
                       {"page_numbers", each(p.pages, [](const Pagination::Page& page) {
                          return Model::Object{{"number_text", page.number},
                                               {"number_url", shown_if(page.here ? "" : page.url)},
                                               {"number_here", page.here},
                                               {"number_gap", page.gap}};
                        })}};
}

Model model_of(const Button& button) {
  return Model::Object{{"button_text", button.text},
                       {"button_tone", shown_if(button.tone)},
                       {"button_name", shown_if(button.name)},
                       {"button_value", button.value}};
}

SelectField narrowing_select(std::string id, std::string label, const std::string& chosen,
                             std::vector<Choice> choices) {
  choices.insert(choices.begin(), Choice{.value = "", .label = "All", .hint = {}, .chosen = false});
  for (auto& choice : choices) choice.chosen = choice.value == chosen;
  return {.id = std::move(id), .label = std::move(label), .hint = {}, .error = {}, .choices = std::move(choices)};
}

Model hidden(std::string name, std::string value) {
  return Model::Object{{"hidden_name", std::move(name)}, {"hidden_value", std::move(value)}};
}

}  // namespace voice::views
