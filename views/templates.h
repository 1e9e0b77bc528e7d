// views/templates.h - the templates, read and checked once, rendered from many threads.
//
// The library renders a broken template as nothing and reads partials again at each use. So partials are put in place when
// templates are loaded, indentation is dropped, and every template is checked at the start: a hub with a bad template
// does not start. A file whose name begins with `_` is a partial; `{{> _name}}` puts it in.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "views/model.h"

namespace voice::views {

class Templates {
 public:
  /// Template texts by name, without ".mustache".
  using Sources = std::map<std::string, std::string, std::less<>>;

  /// The templates compiled into the binary.
  static Result<Templates> embedded();
  /// The templates of a folder, for those who change them while the hub runs: `voice serve --views DIR`.
  static Result<Templates> from_folder(const std::string& folder);
  /// Errors: malformed, naming the template and what is wrong in it.
  static Result<Templates> from(const Sources& sources);

  Templates(Templates&&) noexcept;
  Templates& operator=(Templates&&) noexcept;
  ~Templates();

  /// Throws std::logic_error for a name that is not there, and for a model that gives markup to a name without `_html`
  /// or text to one with it: both are our own mistakes.
  Markup render(std::string_view name, const Model& model) const;

  std::vector<std::string> names() const;  ///< those that are no partials
  /// Every name that a template asks for, partials included; "." is left out.
  const std::set<std::string>& names_in(std::string_view name) const;

 private:
  struct Compiled;
  Templates();
  std::map<std::string, std::unique_ptr<Compiled>, std::less<>> compiled_;
};

/// Every field name in a model, at any depth.
std::set<std::string> names_in(const Model& model);

}  // namespace voice::views
