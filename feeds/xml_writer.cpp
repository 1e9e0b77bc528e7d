#include "feeds/xml_writer.h"

namespace voice::feeds {
namespace {

struct StringWriter final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

}  // namespace

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text) {
  if (text.empty()) return {};
  auto node = parent.append_child(name);
  node.append_child(pugi::node_pcdata).set_value(xml_clean(text).c_str());
  return node;
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  if (!value.empty()) node.append_attribute(name).set_value(xml_clean(value).c_str());
}

void add_prolog(pugi::xml_document& document, const std::string& css_url) {
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.set_name("xml");
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "utf-8";
  if (css_url.empty()) return;
  auto style = document.append_child(pugi::node_pi);
  style.set_name("xml-stylesheet");
  // Inside an instruction only "?>" would end it; an address has its question marks followed by a query.
  std::string href;
  for (const char c : xml_clean(css_url))
    href += c == '"' ? "%22" : c == '<' ? "%3C" : c == '>' ? "%3E" : std::string(1, c);
  style.set_value(("type=\"text/css\" href=\"" + href + "\"").c_str());
}

std::string to_string(const pugi::xml_document& document) {
  StringWriter writer;
  document.save(writer, "", pugi::format_indent, pugi::encoding_utf8);
  return std::move(writer.text);
}

}  // namespace voice::feeds
