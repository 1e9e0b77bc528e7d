#include "app/sanitize_command.h"

#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "content/sanitizer.h"

namespace voice::app {
namespace {

using Json = nlohmann::ordered_json;

// A surrogate half on its own is legal JSON but no text: it becomes U+FFFD here, before the parser would refuse the line.
std::string without_lone_surrogates(const std::string& line) {
  const auto code_unit = [&](std::size_t at) -> int {
    if (line.compare(at, 2, "\\u") != 0 || at + 6 > line.size()) return -1;
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = ascii_lower(line[i]);
      if (!is_digit(c) && (c < 'a' || c > 'f')) return -1;
      value = value * 16 + (is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
  };
  const auto is_high = [](int unit) { return unit >= 0xD800 && unit <= 0xDBFF; };
  const auto is_low = [](int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; };
  std::string out;
  out.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const int unit = line[at] == '\\' ? code_unit(at) : -1;
    if (is_high(unit) && is_low(code_unit(at + 6))) {
      out.append(line, at, 12);
      at += 12;
    } else if (is_high(unit) || is_low(unit)) {
      out += "\\ufffd";
      at += 6;
    } else {
      const std::size_t length = line[at] == '\\' ? 2 : 1;
      out.append(line, at, length);
      at += length;
    }
  }
  return out;
}

std::string text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool answer(const std::string& line, std::ostream& out) {
  constexpr int kDeepest = 64;  // what is nested more would be taken apart and written by recursion
  bool is_deep = false;
  const auto shallow = [&is_deep](int depth, Json::parse_event_t, const Json&) {
    return !(is_deep |= depth > kDeepest);
  };
  const auto request = Json::parse(without_lone_surrogates(repair_utf8(line)), shallow, false);
  if (is_deep || !request.is_object() || !request.contains("id") || !request.contains("html")) return false;
  const auto safe = content::sanitize(text_member(request, "html"), text_member(request, "base"));
  const Json reply = {{"id", request["id"]}, {"html", safe.text()}};
  out << reply.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  return true;
}

int sanitize_lines(std::istream& in, std::ostream& out) {
  std::size_t number = 0, answered = 0, skipped = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (trim(line).empty()) continue;
    if (answer(line, out)) {
      ++answered;
    } else {
      ++skipped;
      std::cerr << "voice sanitize: line " << number << " is no object with id and html\n";
    }
  }
  return skipped > 0 && answered == 0 ? 1 : 0;
}

}  // namespace

int sanitize_command(const SanitizeOptions& options, std::istream& in, std::ostream& out) {
  if (options.lines) return sanitize_lines(in, out);
  const std::string html(std::istreambuf_iterator<char>(in), {});
  out << content::sanitize(html, options.url).text();
  return 0;
}

}  // namespace voice::app
