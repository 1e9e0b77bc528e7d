#include "views/desk_page.h"

#include "base/text.h"

namespace voice::views {
namespace {

Model paragraphs(std::string_view text) {
  Model::List list;
  for (const auto line : split(text, '\n'))
    if (!trim(line).empty()) list.push_back(Model::Object{{"paragraph", std::string(trim(line))}});
  return Model(std::move(list));
}

Model links(const std::vector<Link>& all) {
  return each(all, [](const Link& link) { return Model::Object{{"link_text", link.text}, {"link_url", link.url}}; });
}

// Each cell also knows its column's name, which stands before it where a window is too narrow for a table.
Model cells(const TablePart& table, const std::vector<Cell>& row, std::size_t from, std::size_t to) {
  Model::List list;
  for (std::size_t i = from; i < std::min(to, row.size()); ++i)
    list.push_back(Model::Object{
        {"cell_column", i < table.columns.size() ? table.columns[i] : std::string()},
        {"cell_link", row[i].url.empty()
                          ? Model(false)
                          : Model(Model::Object{{"cell_url", row[i].url}, {"cell_link_text", row[i].text}})},
        {"cell_tag", row[i].tone.empty() ? Model(false)
                                         : Model(Model::Object{{"tag_text", row[i].text}, {"tag_tone", row[i].tone}})},
        {"cell_text", shown_if(row[i].url.empty() && row[i].tone.empty() ? row[i].text : "")}});
  return Model(std::move(list));
}

struct FieldModel {
  Model operator()(const TextField& field) const { return Model::Object{{"field_text", model_of(field)}}; }
  Model operator()(const ChoiceField& field) const { return Model::Object{{"field_choice", model_of(field)}}; }
  Model operator()(const SelectField& field) const { return Model::Object{{"field_select", model_of(field)}}; }
};

Model form_model(const FormPart& form) {
  Model::List hidden_fields;
  if (!form.form_token.empty()) hidden_fields.push_back(hidden("form_token", form.form_token));
  for (const auto& [name, value] : form.hidden) hidden_fields.push_back(hidden(name, value));
  return Model::Object{
      {"form_action", form.action},
      {"form_method", form.form_token.empty() ? "get" : "post"},
      {"form_multipart", form.multipart},
      {"form_hidden", Model(std::move(hidden_fields))},
      {"form_fields", each(form.fields, [](const AnyField& field) { return std::visit(FieldModel{}, field); })},
      {"form_buttons", each(form.buttons, [](const Button& button) { return model_of(button); })},
      {"form_cancel", form.cancel.text.empty()
                          ? Model(false)
                          : Model(Model::Object{{"cancel_text", form.cancel.text}, {"cancel_url", form.cancel.url}})}};
}

const char* class_of(TextPart::Weight weight) {
  switch (weight) {
    case TextPart::Weight::lead: return "lead";
    case TextPart::Weight::hint: return "hint";
    case TextPart::Weight::plain: break;
  }
  return "";
}

// Each part becomes an object with the one field that its place in the template asks for.
struct PartModel {
  Model operator()(const HeadingPart& part) const { return Model::Object{{"part_heading", part.text}}; }
  Model operator()(const TextPart& part) const {
    return Model::Object{{"part_text", Model::Object{{"text_class", shown_if(class_of(part.weight))},
                                                     {"text_language", shown_if(part.language)},
                                                     {"text_words", part.text}}}};
  }
  Model operator()(const InsetPart& part) const {
    return Model::Object{{"part_inset", paragraphs(part.text)}, {"part_is_inset", true}};
  }
  Model operator()(const CodePart& part) const {
    return Model::Object{{"part_code", Model::Object{{"code_text", part.text}, {"code_label", part.label}}}};
  }
  Model operator()(const ListPart& part) const {
    return Model::Object{{"part_list", Model::Object{{"list_items", each(part.items, [](const std::string& item) {
                                                        return Model::Object{{"item_text", item}};
                                                      })}}}};
  }
  Model operator()(const LinksPart& part) const {
    return Model::Object{{"part_links", Model::Object{{"links_class", part.in_line ? "inline-links" : "plain"},
                                                      {"links", links(part.links)}}}};
  }
  Model operator()(const ActionPart& part) const {
    return Model::Object{
        {"part_action", Model::Object{{"action_text", part.link.text}, {"action_url", part.link.url}}}};
  }
  Model operator()(const SummaryPart& part) const {
    return Model::Object{{"part_summary", Model::Object{{"summary_rows", summary_list(part.rows)}}}};
  }
  Model operator()(const TasksPart& part) const {
    return Model::Object{{"part_tasks", Model::Object{{"tasks", task_list(part.tasks)}}}};
  }
  Model operator()(const PostsPart& part) const {
    return Model::Object{{"part_posts", Model::Object{{"posts", posts_model(part.posts)}}}};
  }
  Model operator()(const ProsePart& part) const {
    return Model::Object{
        {"part_prose", Model::Object{{"prose_html", part.html}, {"prose_language", shown_if(part.language)}}}};
  }
  Model operator()(const BylinePart& part) const {
    return Model::Object{
        {"part_byline",
         Model::Object{{"byline_text", part.text}, {"byline_when", part.when}, {"byline_iso", part.when_iso}}}};
  }
  Model operator()(const TagPart& part) const {
    return Model::Object{
        {"part_tag",
         Model::Object{{"tag_text", part.tag.text}, {"tag_tone", part.tag.tone}, {"tag_means", shown_if(part.text)}}}};
  }
  Model operator()(const TablePart& part) const {
    return Model::Object{
        {"part_table", Model::Object{{"table_caption", part.caption},
                                     {"table_columns", each(part.columns,
                                                            [](const std::string& column) {
                                                              return Model::Object{{"column_text", column}};
                                                            })},
                                     {"table_rows", each(part.rows, [&](const std::vector<Cell>& row) {
                                        return Model::Object{{"row_heading", cells(part, row, 0, 1)},
                                                             {"row_cells", cells(part, row, 1, row.size())}};
                                      })}}}};
  }
  Model operator()(const FormPart& part) const { return Model::Object{{"part_form", form_model(part)}}; }
};

Model notice_model(const DeskNotice& notice) {
  if (notice.title.empty()) return false;
  return Model::Object{{"notice_title", notice.title},
                       {"notice_text", shown_if(notice.text)},
                       {"notice_tone", shown_if(notice.tone)},
                       {"notice_role", notice.tone == "bad" ? "alert" : "region"}};
}

}  // namespace

Model model_of(const DeskPage& page) {
  return Model::Object{
      {"desk_back", page.back.text.empty()
                        ? Model(false)
                        : Model(Model::Object{{"back_text", page.back.text}, {"back_url", page.back.url}})},
      {"desk_notice", notice_model(page.notice)},
      {"error_summary", error_summary(page.problems)},
      {"desk_caption", shown_if(page.caption)},
      {"desk_heading", shown_if(page.heading)},
      {"desk_panel", page.panel_title.empty() ? Model(false)
                                              : Model(Model::Object{{"panel_title", page.panel_title},
                                                                    {"panel_text", shown_if(page.panel_text)}})},
      {"desk_parts", each(page.parts, [](const Part& part) { return std::visit(PartModel{}, part); })}};
}

std::string render(const Views& views, const DeskPage& page) {
  auto head = page.head;
  head.has_errors = head.has_errors || !page.problems.empty();
  return views.page(head, "desk", model_of(page));
}

}  // namespace voice::views
