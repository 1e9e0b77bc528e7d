// views/model.h - what a template may see: finished text, "is it there", and lists of the same.
//
// Pages are written as structs (views/*_page.h); each becomes one Model on its way to the templates. Mustache counts an
// empty text as present and looks outward for a name it misses, so text that may be missing goes through shown_if(), and
// names carry a prefix of what they belong to. Text is escaped where it is shown; Markup is not, so it is a type of its own
// and is only accepted under names that end in `_html`.
#pragma once
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "content/safe_html.h"

namespace voice::views {

/// HTML that may stand in a page as it is: sanitised by content/, or rendered from one of our own templates.
class Markup {
 public:
  Markup() = default;
  Markup(const content::SafeHtml& html) : text_(html.text()) {}
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  friend class Templates;
  friend Markup own_markup(std::string markup);
  explicit Markup(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// For views/ alone: markup that this room wrote itself, such as a chart or JSON-LD. Never a stranger's.
Markup own_markup(std::string markup);

class Model {
 public:
  struct Field;
  using List = std::vector<Model>;
  /// Fields in the order in which they were named. A list in braces is moved from and not copied: a page is a tree of these,
  /// and each level would copy all that is below it.
  class Object : public std::vector<Field> {
   public:
    Object() = default;
    Object(std::initializer_list<Field> fields);
  };
  using Value = std::variant<bool, std::string, Markup, List, Object>;

  Model();
  template <std::same_as<bool> Flag>
  Model(Flag shown);
  Model(const char* text);
  Model(std::string_view text);
  Model(std::string text);
  Model(Markup markup);
  Model(List list);
  Model(Object object);

  const Value& value() const { return value_; }

 private:
  Value value_;
};

struct Model::Field {
  const char* name;     ///< a literal
  mutable Model value;  ///< so that Object can move it out of a list in braces, whose elements are const
};

// Here and not above, because clang wants to know what a Field is before a Value is made.
inline Model::Model() : value_(false) {}
template <std::same_as<bool> Flag>
Model::Model(Flag shown) : value_(shown) {}
inline Model::Model(const char* text) : value_(std::string(text)) {}
inline Model::Model(std::string_view text) : value_(std::string(text)) {}
inline Model::Model(std::string text) : value_(std::move(text)) {}
inline Model::Model(Markup markup) : value_(std::move(markup)) {}
inline Model::Model(List list) : value_(std::move(list)) {}
inline Model::Model(Object object) : value_(std::move(object)) {}
inline Model::Object::Object(std::initializer_list<Field> fields) {
  reserve(fields.size());
  for (const Field& field : fields) push_back({field.name, std::move(field.value)});
}

/// A text that is not there when it is empty.
inline Model shown_if(std::string text) { return text.empty() ? Model(false) : Model(std::move(text)); }
inline Model shown_if(Markup markup) { return markup.empty() ? Model(false) : Model(std::move(markup)); }

/// A list made by calling `to_model` for each of `items`.
template <class Items, class Make>
Model each(const Items& items, Make&& to_model) {
  Model::List list;
  list.reserve(items.size());
  for (const auto& item : items) list.push_back(Model(to_model(item)));
  return Model(std::move(list));
}

/// Adds the fields of `more` behind those of `fields`.
inline Model::Object joined(Model::Object fields, Model::Object more) {
  for (auto& field : more) fields.push_back(std::move(field));
  return fields;
}

}  // namespace voice::views
