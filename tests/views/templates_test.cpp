#include "views/templates.h"

#include <doctest/doctest.h>

using namespace voice;
using namespace voice::views;

TEST_CASE("every template of the binary is sound and has its partials") {
  const auto templates = Templates::embedded();
  if (!templates) FAIL(templates.error().what);
  CHECK(templates->names().size() >= 3);
}

TEST_CASE("a bad template stops the start and is named") {
  const struct {
    const char* name;
    const char* text;
    const char* says;
  } cases[] = {
      {"a section that is never closed", "{{#posts}}<p>", "posts"},
      {"a tag that is never closed", "<p>{{title</p>", "not closed"},
      {"a partial that is not there", "{{> _nothing}}", "_nothing"},
      {"raw text under a plain name", "{{{title}}}", "title"},
      {"raw text by another spelling", "{{& title}}", "not used"},
      {"markup that would show its tags", "{{body_html}}", "body_html"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto templates = Templates::from({{"page", c.text}});
    REQUIRE_FALSE(templates);
    CHECK(templates.error().what.find("page") != std::string::npos);
    CHECK(templates.error().what.find(c.says) != std::string::npos);
  }
}

TEST_CASE("partials that include each other are refused instead of followed for ever") {
  CHECK_FALSE(Templates::from({{"page", "{{> _a}}"}, {"_a", "{{> _b}}"}, {"_b", "{{> _a}}"}}));
}

TEST_CASE("text is escaped and only markup stands as it is") {
  const auto templates = Templates::from({{"page", "<p title=\"{{said}}\">{{said}}</p>{{{note_html}}}"}});
  REQUIRE(templates);
  const auto note = Markup(content::SafeHtml::from_store("<b>safe</b>"));
  const auto page = templates->render("page", Model::Object{{"said", "\"<i>'&"}, {"note_html", note}});
  CHECK(page.text() == "<p title=\"&quot;&lt;i&gt;&#39;&amp;\">&quot;&lt;i&gt;&#39;&amp;</p><b>safe</b>");
  CHECK_THROWS(templates->render("page", Model::Object{{"said", "x"}, {"note_html", "a stranger's text"}}));
  CHECK_THROWS(templates->render("page", Model::Object{{"said", note}, {"note_html", note}}));
}

TEST_CASE("an empty text counts as missing only through shown_if") {
  const auto templates = Templates::from({{"page", "{{#by}}by {{.}}{{/by}}{{^by}}by nobody{{/by}}"}});
  REQUIRE(templates);
  CHECK(templates->render("page", Model::Object{{"by", shown_if(std::string())}}).text() == "by nobody");
  CHECK(templates->render("page", Model::Object{{"by", shown_if(std::string("Ann"))}}).text() == "by Ann");
}

TEST_CASE("the names of a template are known through its partials") {
  const auto templates = Templates::from({{"page", "{{#posts}}{{> _post}}{{/posts}}"}, {"_post", "{{post_title}}"}});
  REQUIRE(templates);
  CHECK(templates->names_in("page") == std::set<std::string>{"posts", "post_title"});
  CHECK(names_in(Model::Object{{"posts", Model::List{Model::Object{{"post_title", "x"}}}}}) ==
        templates->names_in("page"));
}
