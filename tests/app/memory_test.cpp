// Shapes that cost a parser most for a byte, read by the binary with a limit on its memory: a stranger's document must not
// take the machine it is read on.
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "tests/app/process.h"

namespace {
using namespace std::chrono_literals;

// A sanitizer's own memory is beyond any such limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

std::string times(int count, std::string_view text) {
  std::string out;
  out.reserve(text.size() * static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

std::string rss(const std::string& items, const std::string& doctype = "") {
  return doctype + "<rss version=\"2.0\"><channel><title>t</title>" + items + "</channel></rss>";
}

// What the command answers when it may have 48 MB and twenty times the document.
int exit_code_of(const std::string& command, const std::string& document) {
  const voice::ScratchFolder folder;
  const auto file = folder.write("document", document);
  const auto kilobytes = (48U << 10U) + document.size() * 20 / 1024;
  voice::app::Child child({"/bin/sh", "-c", "ulimit -d $3 && exec \"$0\" $1 <\"$2\"", VOICE_BINARY, command, file,
                           std::to_string(kilobytes)});
  return child.wait(60s);
}

}  // namespace

TEST_CASE("HTML of any shape becomes safe in twenty times its size" * doctest::skip(kSanitized)) {
  const struct {
    const char* name;
    std::string html;
  } shapes[] = {
      {"paragraphs", times(500'000, "<p>x")},        {"line breaks", times(1'000'000, "<br>")},
      {"crossed tags", times(300'000, "<p><i>a")},   {"links that never end", times(700'000, "<a>")},
      {"ampersands", times(4'000'000, "&")},         {"text where none may be", times(150'000, "<table>x")},
      {"cells", "<table>" + times(500'000, "<td>")}, {"attributes", "<p " + times(700'000, "a ") + ">x"},
      {"tags with one", times(500'000, "<p a>")},    {"an attribute", "<a href='" + times(4'000'000, "x ")},
  };
  for (const auto& shape : shapes) {
    CAPTURE(shape.name);
    CHECK(exit_code_of("sanitize", shape.html) == 0);
  }
}

TEST_CASE("a feed of any shape is read or refused in twenty times its size" * doctest::skip(kSanitized)) {
  const std::string json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[";
  const struct {
    const char* name;
    std::string document;
    int exit_code;
  } shapes[] = {
      {"empty entries", rss(times(500'000, "<item/>")), 0},
      {"short entries", rss(times(300'000, "<item><title>a</title></item>")), 0},
      {"an entity of entities",
       rss("<item><title>&c;</title></item>", "<!DOCTYPE rss [<!ENTITY a \"" + times(50'000, "a") + "\"><!ENTITY b \"" +
                                                  times(1000, "&a;") + "\"><!ENTITY c \"" + times(1000, "&b;") +
                                                  "\">]>"),
       0},
      {"an entity many times",
       rss("<item><title>" + times(20'000, "&a;") + "</title></item>",
           "<!DOCTYPE rss [<!ENTITY a \"" + times(50'000, "a") + "\">]>"),
       0},
      {"categories", rss("<item><title>a</title>" + times(300'000, "<category>a</category>") + "</item>"), 0},
      {"an attribute", rss("<x y='" + times(8'000'000, "a") + "'/>"), 0},
      {"ampersands", rss("<item><description>" + times(4'000'000, "&") + "</description></item>"), 0},
      {"elements in one another", rss(times(100'000, "<x>") + times(100'000, "</x>")), 0},
      {"more of them than a feed has", rss(times(1'000'000, "<x>")), 2},
      {"a section that is none", rss("<!-- <![CDATA[ -->" + times(1'000'000, "<x/>")), 2},
      {"mixed content", rss("<item><description>" + times(600'000, "x<b/>") + "</description></item>"), 2},
      {"JSON entries", json + times(100'000, "{},") + "{}]}", 0},
      {"JSON values", json + times(1'500'000, "1,") + "1]}", 2},
      {"JSON lists in one another", json + times(1'000'000, "["), 2},
  };
  for (const auto& shape : shapes) {
    CAPTURE(shape.name);
    CHECK(exit_code_of("parse -", shape.document) == shape.exit_code);
  }
}
