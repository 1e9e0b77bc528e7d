// tests/server/browser.h - walks the pages as a person's browser does: keeps cookies, follows redirects, and sends forms
// with the fields and tokens that the page holds. Nothing is sent that the HTML did not offer, unless a test says so.
#pragma once
#include <doctest/doctest.h>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "server/request.h"
#include "server/response.h"

namespace voice::server {

/// The text with HTML's five escapes undone.
inline std::string unescaped(std::string text) {
  for (const auto& [from, to] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
    text = replace_all(text, from, to);
  return text;
}

/// The value of `name="..."` in one tag; "" where it is not there.
inline std::string attribute(std::string_view tag, const std::string& name) {
  const auto at = tag.find(" " + name + "=\"");
  if (at == std::string_view::npos) return {};
  const auto start = at + name.size() + 3;
  return unescaped(std::string(tag.substr(start, tag.find('"', start) - start)));
}

using FormFields = std::vector<std::pair<std::string, std::string>>;

struct FoundForm {
  std::string action;
  std::string method;
  bool multipart = false;
  FormFields fields;
};

/// The forms of a page with what they would send if nothing were touched; buttons are left out.
inline std::vector<FoundForm> forms_in(const std::string& page) {
  std::vector<FoundForm> forms;
  for (std::size_t at = 0; (at = page.find("<form", at)) != std::string::npos;) {
    const auto end = page.find("</form>", at);
    const std::string_view form = std::string_view(page).substr(at, end - at);
    const auto opening = form.substr(0, form.find('>'));
    FoundForm found{.action = attribute(opening, "action"),
                    .method = attribute(opening, "method"),
                    .multipart = opening.find("multipart/form-data") != std::string_view::npos,
                    .fields = {}};
    for (std::size_t tag_at = 0; (tag_at = form.find('<', tag_at + 1)) != std::string_view::npos;) {
      const auto tag = form.substr(tag_at, form.find('>', tag_at) - tag_at);
      const auto name = attribute(tag, "name");
      if (tag.starts_with("<input")) {
        const auto type = attribute(tag, "type");
        const bool box = type == "radio" || type == "checkbox";
        if (!box || tag.find(" checked") != std::string_view::npos)
          found.fields.emplace_back(name, attribute(tag, "value"));
      } else if (tag.starts_with("<textarea")) {
        const auto start = tag_at + tag.size() + 1;
        auto text = unescaped(std::string(form.substr(start, form.find("</textarea>", start) - start)));
        if (text.starts_with('\n')) text.erase(0, 1);
        found.fields.emplace_back(name, text);
      } else if (tag.starts_with("<select")) {
        const auto select = form.substr(tag_at, form.find("</select>", tag_at) - tag_at);
        auto option = select.find(" selected");
        option = select.rfind("<option", option == std::string_view::npos ? select.find("<option") : option);
        if (option != std::string_view::npos)
          found.fields.emplace_back(name, attribute(select.substr(option, select.find('>', option) - option), "value"));
      }
    }
    forms.push_back(std::move(found));
    at = end;
  }
  return forms;
}

class Browser {
 public:
  /// Sends one request and gives its answer; over a dispatcher or over a socket.
  using Transport = std::function<Response(Request)>;
  explicit Browser(Transport transport) : transport_(std::move(transport)) {}

  const Response& get(const std::string& path) {
    follow(send({.method = "GET", .path = path}));
    return last_;
  }
  /// Sends the form of the present page whose action ends in `action`, with `changes` in place of what it holds; a value
  /// given for a name that the form has not is added, as a chosen box is.
  const Response& submit(const std::string& action, const FormFields& changes = {}) {
    const auto form = find_form(action);
    post(form.action, with(form.fields, changes), form.multipart);
    return last_;
  }
  const Response& post(const std::string& path, const FormFields& fields, bool multipart = false) {
    follow(send(post_request(path, fields, multipart)));
    return last_;
  }
  FoundForm find_form(const std::string& action) const {
    for (const auto& form : forms_in(last_.body))
      if (form.action.ends_with(action) && form.action != "/search") return form;
    FAIL("no form for " << action << " on " << path_ << " (" << last_.status << ")\n" << words());
    return {};
  }
  static FormFields with(FormFields fields, const FormFields& changes) {
    for (const auto& change : changes)
      std::erase_if(fields, [&](const auto& field) { return field.first == change.first; });
    for (const auto& change : changes) fields.push_back(change);
    return fields;
  }
  Request post_request(const std::string& path, const FormFields& fields, bool multipart = false) {
    Request request{.method = "POST", .path = path};
    for (const auto& [name, value] : fields) request.form.add(name, value);
    if (multipart) request.headers.add("X-Test-Multipart", "yes");
    return request;
  }
  /// One request with this browser's cookies, redirects not followed.
  Response send(Request request) {
    if (!cookies_.empty()) {
      std::string line;
      for (const auto& [name, value] : cookies_) line += (line.empty() ? "" : "; ") + name + "=" + value;
      request.headers.add("Cookie", line);
    }
    path_ = request.path;
    auto response = transport_(std::move(request));
    if (response.shared) response.body = response.bytes();
    for (const auto& [name, value] : response.headers)
      if (equals_ignoring_case(name, "Set-Cookie")) take_cookie(value);
    return response;
  }

  int status() const { return last_.status; }
  const std::string& page() const { return last_.body; }
  const std::string& path() const { return path_; }
  bool says(std::string_view words) const { return unescaped(last_.body).find(words) != std::string::npos; }
  void clear_cookies() { cookies_.clear(); }
  std::map<std::string, std::string>& cookies() { return cookies_; }
  /// The page's main part without its tags, for messages of failing tests.
  std::string words() const {
    std::string text;
    bool in_tag = false;
    const auto main = last_.body.find("<main");
    for (const char c : std::string_view(last_.body).substr(main == std::string::npos ? 0 : main)) {
      if (c == '<') in_tag = true;
      if (!in_tag) text += c;
      if (c == '>') in_tag = false;
    }
    return collapse_space(text);
  }

 private:
  void follow(Response response) {
    for (int hops = 0; response.status == 303 && hops < 5; ++hops) {
      const auto* location = response.header("Location");
      REQUIRE(location);
      response = send({.method = "GET", .path = *location});
    }
    last_ = std::move(response);
  }
  void take_cookie(const std::string& line) {
    const auto equals = line.find('=');
    const auto value = line.substr(equals + 1, line.find(';') - equals - 1);
    if (value.empty())
      cookies_.erase(line.substr(0, equals));
    else
      cookies_[line.substr(0, equals)] = value;
  }

  Transport transport_;
  std::map<std::string, std::string> cookies_;
  Response last_;
  std::string path_;
};

}  // namespace voice::server
