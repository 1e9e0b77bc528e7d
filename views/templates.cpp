#include "views/templates.h"

#include <filesystem>
#include <fstream>
#include <kainjow/mustache.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"

namespace voice::views {
namespace m = kainjow::mustache;

Markup own_markup(std::string markup) { return Markup(std::move(markup)); }

struct Templates::Compiled {
  explicit Compiled(const std::string& text) : mustache(text) {
    mustache.set_custom_escape([](const std::string& t) { return escape_markup(t); });
  }
  // render() is not const in the library, but without lambdas and library partials it changes nothing.
  mutable m::mustache mustache;
  std::set<std::string> names;
};

namespace {
constexpr int kDeepestPartial = 8;
constexpr std::string_view kSuffix = ".mustache";

bool names_markup(std::string_view name) { return name.size() > 5 && name.substr(name.size() - 5) == "_html"; }

// One tag of a template: its kind ('#', '^', '/', '>', '!', '{' for raw, 0 for text) and name.
struct Tag {
  char kind = 0;
  std::string_view name;
  std::size_t begin = 0, end = 0;
};

// The next tag at or after `from`; a kind of '?' where a tag is not closed.
std::optional<Tag> next_tag(std::string_view text, std::size_t from) {
  const auto begin = text.find("{{", from);
  if (begin == std::string_view::npos) return std::nullopt;
  const bool raw = text.substr(begin, 3) == "{{{";
  const auto close = text.find(raw ? "}}}" : "}}", begin);
  if (close == std::string_view::npos) return Tag{'?', text.substr(begin, 30), begin, text.size()};
  auto inside = trim(text.substr(begin + (raw ? 3 : 2), close - begin - (raw ? 3 : 2)));
  char kind = raw ? '{' : '\0';
  if (!raw && !inside.empty() && std::string_view("#^/>!&=").find(inside.front()) != std::string_view::npos) {
    kind = inside.front();
    inside = trim(inside.substr(1));
  }
  return Tag{kind, inside, begin, close + (raw ? 3 : 2)};
}

// Indentation is for those who read templates; the library makes a node of every space.
std::string without_indentation(std::string_view text) {
  std::string out;
  for (auto line : split(text, '\n')) {
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (line.empty()) continue;
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

Result<std::string> with_partials(const Templates::Sources& sources, std::string_view text, int depth) {
  if (depth > kDeepestPartial) return Error{ErrorCode::malformed, "partials are nested too deep, or in a circle"};
  std::string out;
  std::size_t at = 0;
  while (const auto tag = next_tag(text, at)) {
    out += text.substr(at, tag->begin - at);
    at = tag->end;
    if (tag->kind != '>') {
      out += text.substr(tag->begin, tag->end - tag->begin);
      continue;
    }
    const auto partial = sources.find(tag->name);
    if (partial == sources.end()) return Error{ErrorCode::malformed, "there is no partial " + std::string(tag->name)};
    auto inner = with_partials(sources, partial->second, depth + 1);
    if (!inner) return inner.error().in("partial " + std::string(tag->name));
    // A partial within a line must not bring a line break of its own.
    while (!inner->empty() && inner->back() == '\n') inner->pop_back();
    out += *inner;
  }
  out += text.substr(at);
  return out;
}

Result<std::set<std::string>> checked_names(std::string_view text) {
  std::set<std::string> names;
  for (auto tag = next_tag(text, 0); tag; tag = next_tag(text, tag->end)) {
    const std::string name(tag->name);
    switch (tag->kind) {
      case '!': continue;
      case '?': return Error{ErrorCode::malformed, "a tag is not closed: " + name};
      case '&':
      case '=': return Error{ErrorCode::malformed, "{{& }} and {{= =}} are not used here: " + name};
      case '{':
        if (!names_markup(name))
          return Error{ErrorCode::malformed, "{{{" + name + "}}} must end in _html to stand unescaped"};
        break;
      case '\0':
        if (names_markup(name)) return Error{ErrorCode::malformed, name + " is markup: write {{{" + name + "}}}"};
        break;
      default: break;
    }
    if (name.empty()) return Error{ErrorCode::malformed, "a tag without a name"};
    if (name != ".") names.insert(name);
  }
  return names;
}

m::data to_data(const Model& model, std::string_view name);

struct ToData {
  std::string_view name;
  m::data operator()(bool shown) const { return m::data(shown); }
  m::data operator()(const std::string& text) const {
    if (names_markup(name)) throw std::logic_error("text given to " + std::string(name));
    return m::data(text);
  }
  m::data operator()(const Markup& markup) const {
    if (!names_markup(name)) throw std::logic_error("markup given to " + std::string(name));
    return m::data(markup.text());
  }
  m::data operator()(const Model::List& list) const {
    m::data made(m::data::type::list);
    // Its own push_back() copies, and so every card of a page once for each level above it; the list is ours to change.
    auto& items = const_cast<m::list&>(made.list_value());
    items.reserve(list.size());
    for (const auto& item : list) items.push_back(to_data(item, name));
    return made;
  }
  m::data operator()(const Model::Object& object) const {
    m::data fields(m::data::type::object);
    for (const auto& field : object) fields[field.name] = to_data(field.value, field.name);
    return fields;
  }
};

m::data to_data(const Model& model, std::string_view name) { return std::visit(ToData{name}, model.value()); }

void collect_names(const Model& model, std::set<std::string>& names) {
  if (const auto* list = std::get_if<Model::List>(&model.value())) {
    for (const auto& item : *list) collect_names(item, names);
  } else if (const auto* object = std::get_if<Model::Object>(&model.value())) {
    for (const auto& field : *object) {
      names.insert(field.name);
      collect_names(field.value, names);
    }
  }
}
}  // namespace

Templates::Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;
Templates::~Templates() = default;

Result<Templates> Templates::from(const Sources& sources) {
  Templates templates;
  for (const auto& [name, text] : sources) {
    if (name.starts_with("_")) continue;
    auto whole = with_partials(sources, text, 0);
    if (!whole) return whole.error().in("template " + name);
    const auto lean = without_indentation(*whole);
    auto names = checked_names(lean);
    if (!names) return names.error().in("template " + name);
    auto compiled = std::make_unique<Compiled>(lean);
    if (!compiled->mustache.is_valid())
      return Error{ErrorCode::malformed, "template " + name + ": " + compiled->mustache.error_message()};
    compiled->names = std::move(*names);
    templates.compiled_.emplace(name, std::move(compiled));
  }
  return templates;
}

Result<Templates> Templates::embedded() {
  Sources sources;
  for (const auto& file : embedded_templates())
    sources.emplace(std::string(file.name.substr(0, file.name.size() - kSuffix.size())), std::string(file.bytes));
  return from(sources);
}

Result<Templates> Templates::from_folder(const std::string& folder) {
  Sources sources;
  std::error_code problem;
  for (const auto& file : std::filesystem::directory_iterator(folder, problem)) {
    if (file.path().extension() != kSuffix) continue;
    std::ifstream in(file.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Error{ErrorCode::io, "cannot read " + file.path().string()};
    sources.emplace(file.path().stem().string(), text.str());
  }
  if (problem) return Error{ErrorCode::io, "cannot read templates from " + folder + ": " + problem.message()};
  if (sources.empty()) return Error{ErrorCode::not_found, "no templates in " + folder};
  return from(sources);
}

Markup Templates::render(std::string_view name, const Model& model) const {
  const auto found = compiled_.find(name);
  if (found == compiled_.end()) throw std::logic_error("no template named " + std::string(name));
  std::string out;
  found->second->mustache.render(to_data(model, ""), [&out](const std::string& part) { out += part; });
  return Markup(std::move(out));
}

std::vector<std::string> Templates::names() const {
  std::vector<std::string> names;
  for (const auto& [name, compiled] : compiled_) names.push_back(name);
  return names;
}

const std::set<std::string>& Templates::names_in(std::string_view name) const {
  const auto found = compiled_.find(name);
  if (found == compiled_.end()) throw std::logic_error("no template named " + std::string(name));
  return found->second->names;
}

std::set<std::string> names_in(const Model& model) {
  std::set<std::string> names;
  collect_names(model, names);
  return names;
}

}  // namespace voice::views
