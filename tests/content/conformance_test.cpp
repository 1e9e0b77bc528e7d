// The promises of the sanitiser over the conformance corpus beside the project, where there is one.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "content/html_parser.h"
#include "content/html_writer.h"
#include "content/images.h"
#include "content/safe_list.h"
#include "content/sanitizer.h"

using namespace voice::content;

namespace {

using Json = nlohmann::json;

// A recipe is a list of [text, times]; here at most 500 times, so that the largest stay quick in a debug build.
std::string input_of(const Json& item) {
  if (item.contains("html")) return item["html"].get<std::string>();
  std::string out;
  if (!item.contains("gen")) return out;
  for (const auto& part : item["gen"]) {
    const auto text = part[0].get<std::string>();
    for (int i = 0; i < std::min(part[1].get<int>(), 500); ++i) {
      const auto number = text.find("%d");
      out += number == std::string::npos ? text : text.substr(0, number) + std::to_string(i) + text.substr(number + 2);
    }
  }
  return out;
}

std::string broken_promise(const std::string& html, const std::string& base) {
  const auto safe = sanitize(html, base);
  if (auto fault = unsafe_in(safe.text()); !fault.empty()) return "unsafe: " + fault;
  if (sanitize(safe.text(), base).text() != safe.text()) return "no fixed point";
  if (sanitize(safe.text(), "").text() != safe.text()) return "no fixed point without a base";
  if (html::write_children(html::parse_fragment(safe.text()).root()) != safe.text()) return "read as another tree";
  const auto without = without_images(safe).text();
  if (sanitize(without, "").text() != without) return "no fixed point without pictures";
  return {};
}

}  // namespace

TEST_CASE("every promise holds for every item of the conformance corpus") {
  const std::filesystem::path corpus = PROJECT_ROOT "/../shared/corpora/html";
  if (!std::filesystem::exists(corpus)) {
    MESSAGE("skipped: no conformance corpus beside the project");
    return;
  }
  int items = 0, broken = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      const auto item = Json::parse(line, nullptr, false);
      if (!item.is_object()) continue;
      const auto fault = broken_promise(input_of(item), item.value("base", ""));
      ++items;
      if (fault.empty()) continue;
      if (++broken <= 10) MESSAGE(item.value("id", "") << ": " << fault);
    }
  }
  MESSAGE(items << " items");
  CHECK(items > 0);
  CHECK(broken == 0);
}
