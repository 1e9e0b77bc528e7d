// views/forms.h - the fields of a form as people meet them: label, hint, what was typed, what to put right.
//
// Each has a partial of the same name (templates/_text_field.mustache ...). A form that comes back with problems keeps what
// was typed, says the same words in the summary and beside the field, and carries "Error: " in front of the page's title.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "views/model.h"

namespace voice::views {

/// One line of text, or several where `rows` is over 0.
struct TextField {
  std::string id;  ///< also the name it is sent under
  std::string label;
  std::string hint;
  std::string value;
  std::string error;          ///< empty: nothing wrong
  std::string type = "text";  ///< "email", "url", "password", "search", "number" ... not for several lines
  std::string autocomplete;   ///< HTML's tokens: "email", "name", "one-time-code" ...
  std::string language;       ///< of what is typed, where it is known
  int rows = 0;
  int width = 0;         ///< in characters: 4, 10, 20 or 30; 0: as wide as the column
  int longest = 0;       ///< shown as "You can write up to N characters"; the server checks it
  bool heading = false;  ///< the label is the page's h1 (one question a page)
  bool code = false;     ///< fixed width, no spelling marks (addresses, Markdown)
};

struct Choice {
  std::string value;
  std::string label;
  std::string hint;
  bool chosen = false;
};

/// Radios or checkboxes under one question.
struct ChoiceField {
  enum class Kind { radios, checkboxes };
  Kind kind = Kind::radios;
  std::string id;  ///< the name they are sent under; the first box has it as its id, so that errors can link to it
  std::string legend;
  std::string hint;
  std::string error;
  std::vector<Choice> choices;
  bool heading = false;  ///< the legend is the page's h1
  bool inline_ = false;  ///< side by side: two short ones such as Yes and No
};

struct SelectField {
  std::string id;
  std::string label;
  std::string hint;
  std::string error;
  std::vector<Choice> choices;
};

/// One that narrows a list: "All" comes first, and `chosen` is the value that is chosen; empty: all.
SelectField narrowing_select(std::string id, std::string label, const std::string& chosen, std::vector<Choice> choices);

struct FileField {
  std::string id;
  std::string label;
  std::string hint;
  std::string error;
  std::string accept;  ///< media types, comma-separated
};

/// One line of an error summary. `field_id` empty: a problem of the whole form.
struct Problem {
  std::string text;
  std::string field_id;
};

/// A row of a summary list: what, value, and what can be done about it.
struct SummaryRow {
  std::string key;
  std::string value;
  std::string value_url;   ///< the value is a link
  Markup value_html;       ///< instead of `value`
  std::string action_url;  ///< "Change"
  std::string action_text = "Change";
  std::string action_of;  ///< said to screen readers after the action: "Change <name>"
};

struct Task {
  std::string text;
  std::string url;  ///< empty: cannot start yet
  std::string hint;
  std::string status;  ///< "2 waiting", "Done"
  std::string tone;    ///< of the status: see Tag
};

/// A word of status. Tones: "good", "warn", "bad", "quiet", "info"; the words say it all without the colour.
struct Tag {
  std::string text;
  std::string tone = "info";
};

/// Previous and next, and numbered pages where the number is known.
struct Pagination {
  std::string newer_url, newer_label;  ///< empty: there is none
  std::string older_url, older_label;
  struct Page {
    std::string number, url;
    bool here = false;
    bool gap = false;
  };
  std::vector<Page> pages;
};

/// A button that sends its form. Tones: "" (main), "quiet" (secondary), "warn" (destructive).
struct Button {
  std::string text;
  std::string tone;
  std::string name, value;  ///< sent with the form, for forms with several buttons
};

// Each returns the fields its partial asks for. A template reaches them through a section: {{#email}}{{> _text_field}}{{/email}}.
Model model_of(const TextField& field);
Model model_of(const ChoiceField& field);
Model model_of(const SelectField& field);
Model model_of(const FileField& field);
/// False where there are none.
Model error_summary(const std::vector<Problem>& problems);
Model summary_list(const std::vector<SummaryRow>& rows);
Model task_list(const std::vector<Task>& tasks);
Model model_of(const Tag& tag);
/// False where there is nothing to page to.
Model model_of(const Pagination& pagination);
Model model_of(const Button& button);
/// A hidden field; every form that changes something carries {"form_token", token}.
Model hidden(std::string name, std::string value);

/// Numbered pages around `page` (1 to `last`), with gaps: 1 … 4 [5] 6 … 20. `address` gives a page's address.
template <class Address>
Pagination numbered(int page, int last, Address&& address) {
  Pagination p;
  if (last < 2) return p;
  for (int n = 1; n <= last; ++n) {
    if (n == 1 || n == last || (n >= page - 1 && n <= page + 1))
      p.pages.push_back({std::to_string(n), address(n), n == page, false});
    else if (!p.pages.empty() && !p.pages.back().gap)
      p.pages.push_back({"", "", false, true});
  }
  if (page > 1) p.newer_url = address(page - 1), p.newer_label = "Previous page";
  if (page < last) p.older_url = address(page + 1), p.older_label = "Next page";
  return p;
}

}  // namespace voice::views
