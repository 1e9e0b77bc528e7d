// tests/server/form_table.h - every form of the hub: who stands before it, what makes it succeed, and the rules of its fields.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/server/form_scene.h"

namespace voice::server {

enum class FieldKind {
  line,  ///< any words on one line
  text,  ///< any words
  email,
  address,   ///< of a page or feed
  choice,    ///< one of a few values
  number,    ///< or a day, or an hour
  revision,  ///< the text that an act is about: without the right one it is about another
  password,
  ticked,
};

struct FieldRule {
  std::string name;
  FieldKind kind = FieldKind::line;
  bool required = true;
  std::size_t longest = 0;  ///< in characters; 0: the field has no room for a long text
};

struct FormRow {
  std::string route;  ///< as the router has it
  /// Leaves a browser on the page that holds the form.
  std::function<Browser(FormScene&)> arrive;
  std::string ends;  ///< of the form's action
  FormFields good;   ///< with the rest of the page's own values, this is taken
  std::vector<FieldRule> fields;
};

/// One row at least for each route that changes something and is for people.
std::vector<FormRow> every_form();

}  // namespace voice::server
