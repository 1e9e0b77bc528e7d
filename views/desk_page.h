// views/desk_page.h - pages that people work with: forms, decisions, lists of what waits.
//
// These pages differ in what they say and hardly in how they look, so they are one template over a list of parts, in the
// order they are read. The words of each page are in the other desk_*.h files of this room.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "views/forms.h"
#include "views/page.h"
#include "views/post_card.h"

namespace voice::views {

struct HeadingPart {
  std::string text;
};
struct TextPart {
  std::string text;
  enum class Weight { plain, lead, hint } weight = Weight::plain;
  std::string language;  ///< where it is not the page's
};
/// Several paragraphs of somebody's own words, set apart.
struct InsetPart {
  std::string text;
};
/// Text to be copied as it is: a line of HTML, a letter.
struct CodePart {
  std::string text;
  std::string label;  ///< names the region for screen readers
};
struct ListPart {
  std::vector<std::string> items;
};
struct LinksPart {
  std::vector<Link> links;
  bool in_line = false;
};
/// A link that goes on with what this page is for, looking like the button it stands in for.
struct ActionPart {
  Link link;
};
struct SummaryPart {
  std::vector<SummaryRow> rows;
};
struct TasksPart {
  std::vector<Task> tasks;
};
/// Posts as the river shows them.
struct PostsPart {
  std::vector<PostCard> posts;
};
/// A whole post as its page shows it.
struct ProsePart {
  Markup html;
  std::string language;
};
/// Who wrote it and when, under the heading of a post.
struct BylinePart {
  std::string text;
  std::string when;
  std::string when_iso;
};
struct TagPart {
  Tag tag;
  std::string text;  ///< what the word of status means here
};
struct Cell {
  std::string text;
  std::string url;   ///< the text is a link
  std::string tone;  ///< the text is a word of status
};
struct TablePart {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  ///< the first cell of each is its heading
};

using AnyField = std::variant<TextField, ChoiceField, SelectField>;

struct FormPart {
  std::string action;
  std::string form_token;  ///< empty only for searches, which are sent with GET
  std::vector<std::pair<std::string, std::string>> hidden;
  std::vector<AnyField> fields;
  std::vector<Button> buttons;
  Link cancel;             ///< beside the buttons; empty text: none
  bool multipart = false;  ///< for long texts
};

using Part = std::variant<HeadingPart, TextPart, InsetPart, CodePart, ListPart, LinksPart, ActionPart, SummaryPart,
                          TasksPart, PostsPart, ProsePart, BylinePart, TagPart, TablePart, FormPart>;

struct DeskNotice {
  std::string title;
  std::string text;
  std::string tone;  ///< "good", "warn", "bad" or empty
};

struct DeskPage {
  PageHead head;
  Link back;                      ///< above the heading; empty text: none
  DeskNotice notice;              ///< empty title: none
  std::vector<Problem> problems;  ///< of its forms
  std::string caption;            ///< above the heading: where in the desk this is
  std::string heading;            ///< empty where a question or the panel is the heading
  std::string panel_title;        ///< what has been achieved
  std::string panel_text;
  std::vector<Part> parts;
};

Model model_of(const DeskPage& page);
/// The whole document.
std::string render(const Views& views, const DeskPage& page);

}  // namespace voice::views
