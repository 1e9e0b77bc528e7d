// Documents beside what `voice parse` must print for them (tests/data/feeds): a fixture's name is its reason.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/parse_command.h"
#include "app/sanitize_command.h"

namespace {

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

TEST_CASE("each feed of the fixtures is printed as its expectation says") {
  int documents = 0;
  for (const auto& file : std::filesystem::directory_iterator(TEST_DATA "/feeds")) {
    if (file.path().extension() != ".xml") continue;
    CAPTURE(file.path().string());
    auto expected_file = file.path();
    expected_file.replace_extension(".expected.json");
    std::string why_not;
    const auto printed = voice::app::parsed_feed_json(
        contents_of(file.path()), {.file = {}, .url = "https://blog.example.gov.uk/feed", .content_type = {}}, why_not);
    CHECK(why_not == "");
    REQUIRE_FALSE(printed.empty());
    const auto expected = nlohmann::json::parse(contents_of(expected_file));
    CHECK(nlohmann::json::parse(printed) == expected);
    ++documents;
  }
  CHECK(documents >= 2);
}

TEST_CASE("a line whose id is nested beyond reason costs the other lines nothing") {
  std::istringstream in("{\"id\":" + std::string(60'000, '[') + std::string(60'000, ']') + ",\"html\":\"a\"}\n" +
                        R"({"id":[1,[2]],"html":"<b>x"})" + "\n");
  std::ostringstream out;
  CHECK(voice::app::sanitize_command({.url = {}, .lines = true}, in, out) == 0);
  CHECK(out.str() == R"({"id":[1,[2]],"html":"<b>x</b>"})"
                     "\n");
}

TEST_CASE("a document that came from nowhere has its posts' own pages for relative addresses") {
  std::string why_not;
  const auto printed = nlohmann::json::parse(voice::app::parsed_feed_json(
      R"(<rss version="2.0"><channel><title>Ann</title><item><link>https://ann.example/2026/bins</link>
         <description>&lt;a href="/about"&gt;Ann&lt;/a&gt; &lt;img src="bins.jpg" alt="Bins"&gt;</description></item></channel></rss>)",
      {.file = {}, .url = {}, .content_type = {}}, why_not));
  const std::string html = printed["items"][0]["content_html"];
  CHECK(html.find("https://ann.example/about") != std::string::npos);
  CHECK(html.find("https://ann.example/2026/bins.jpg") != std::string::npos);
}
