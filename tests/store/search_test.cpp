#include "store/search.h"

#include <doctest/doctest.h>

#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono;

namespace {
std::vector<std::string> narrowed(Hub& hub, SearchQuery query) {
  std::vector<std::string> found;
  for (const auto& hit : search(*hub.db.reader(), query, hub.now, 0, 50).hits) found.push_back(hit.entry.title);
  return found;
}
std::vector<std::string> titles(Hub& hub, const std::string& words) {
  return narrowed(
      hub, SearchQuery{.words = words, .blog = {}, .organisation = {}, .topic = {}, .person = {}, .language = {}});
}
using Titles = std::vector<std::string>;
}  // namespace

TEST_CASE("typing is read as words, phrases and exclusions, whatever it holds") {
  const struct {
    const char* typed;
    std::vector<SearchTerm> terms;
  } cases[] = {
      {"council housing", {{.text = "council"}, {.text = "housing"}}},
      {"\"open data\" standards", {{.text = "open data", .is_phrase = true}, {.text = "standards"}}},
      {"data -open", {{.text = "data"}, {.text = "open", .is_excluded = true}}},
      {"-\"open data\"", {{.text = "open data", .is_phrase = true, .is_excluded = true}}},
      {"\"never closed", {{.text = "never closed", .is_phrase = true}}},
      {"\xE2\x80\x9Copen data\xE2\x80\x9D", {{.text = "open data", .is_phrase = true}}},
      {"a\"b\"c", {{.text = "a"}, {.text = "b", .is_phrase = true}, {.text = "c"}}},
      {"- -- \"\" \"-\" *** \xF0\x9F\x8E\x89", {}},
      {"title:x^2 (NEAR) {body}:*", {{.text = "title:x^2"}, {.text = "(NEAR)"}, {.text = "{body}:*"}}},
      {"   ", {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.typed);
    CHECK(parse_search(c.typed) == c.terms);
  }
}

TEST_CASE("odd typing is never an error") {
  Hub hub;
  hub.add_post(hub.add_blog({.title = "A"}),
               {.title = "NEAR OR", .html = "<p>c++ is not c</p>", .url = "https://a.example/1"});
  for (const char* typed : {"",
                            "\"",
                            "\"\"",
                            "-",
                            "--",
                            "- x",
                            "*",
                            "a*",
                            "NOT",
                            "AND OR",
                            "NEAR(a b)",
                            "col:",
                            "title:near",
                            "^a",
                            "(",
                            ")",
                            "((",
                            "a AND",
                            "'; DROP TABLE entries",
                            "\xFF\xFE",
                            "\xE2\x82",
                            "\x01\x02\x03",
                            "a\"",
                            "-a -b",
                            "+a",
                            "{a b} : c",
                            "\\",
                            "%_",
                            "\xF0\x9F\x8E\x89",
                            "\xC2\xA0",
                            "\xE2\x80\x94",
                            "a - b",
                            "\xCC\x82"})
    CHECK_NOTHROW_MESSAGE(titles(hub, typed), typed);
  CHECK_NOTHROW(titles(hub, std::string(5000, 'a')));
  CHECK_NOTHROW(titles(hub, std::string("a\0b", 3)));
  CHECK(titles(hub, "near") == Titles{"NEAR OR"});
}

TEST_CASE("words are all needed, phrases stand together, exclusions are left out") {
  Hub hub;
  hub.add_posts(hub.add_blog({.title = "A"}),
                {{.title = "One", .html = "<p>open data for councils</p>", .url = "https://a.example/1", .age = 3h},
                 {.title = "Two", .html = "<p>data that is open</p>", .url = "https://a.example/2", .age = 2h},
                 {.title = "Three", .html = "<p>open doors</p>", .url = "https://a.example/3", .age = 1h}});
  CHECK(titles(hub, "open").size() == 3);
  CHECK(titles(hub, "open data").size() == 2);
  CHECK(titles(hub, "\"open data\"") == Titles{"One"});
  CHECK(titles(hub, "open -data") == Titles{"Three"});
  CHECK(titles(hub, "-data") == Titles{"Three"});
  CHECK(titles(hub, "nothing like it").empty());
  CHECK(titles(hub, "").empty());
}

TEST_CASE("English is found by its stems; Welsh as it is written, with or without accents") {
  Hub hub;
  const auto english = hub.add_blog({.title = "English", .language = "en-GB"});
  const auto welsh = hub.add_blog({.title = "Cymraeg", .language = "cy"});
  hub.add_post(english, {.title = "Two councils met", .html = "<p>Meeting services</p>", .url = "https://e.example/1"});
  hub.add_posts(
      welsh, {{.title = "D\xC5\xB5r yn y dre",
               .html = "<p>Mae'r t\xC5\xB7 ar y bryn</p>",
               .url = "https://c.example/1",
               .age = 2h},
              {.title = "Cynghorau", .html = "<p>Gwasanaethau digidol</p>", .url = "https://c.example/2", .age = 1h}});
  CHECK(titles(hub, "council") == Titles{"Two councils met"});
  CHECK(titles(hub, "meets service") == Titles{"Two councils met"});
  CHECK(titles(hub, "d\xC5\xB5r") == Titles{"D\xC5\xB5r yn y dre"});
  CHECK(titles(hub, "dwr") == Titles{"D\xC5\xB5r yn y dre"});
  CHECK(titles(hub, "D\xC5\xB4R") == Titles{"D\xC5\xB5r yn y dre"});
  CHECK(titles(hub, "t\xC5\xB7") == Titles{"D\xC5\xB5r yn y dre"});
  CHECK(titles(hub, "gwasanaethau") == Titles{"Cynghorau"});
  // An English stemmer would cut "dre" and "dres" to one; here only what was written is found.
  CHECK(titles(hub, "dres").empty());
  CHECK(titles(hub, "cynghor").empty());
}

TEST_CASE("a Welsh post of a blog that says it is English is found as Welsh") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "Cyngor", .language = "en-GB"});
  hub.add_posts(blog,
                {{.title = "Newyddion",
                  .html = "<p>Mae gan y cyngor wasanaeth newydd sydd yn helpu pobl, ac rydym wedi gwneud hynny gyda "
                          "phartneriaid.</p>",
                  .url = "https://c.example/1"},
                 {.title = "News",
                  .html = "<p>The council has a new service that helps people, and we did this with partners.</p>",
                  .url = "https://c.example/2"}});
  CHECK(narrowed(hub, {.words = "", .language = "cy"}) == Titles{"Newyddion"});
  CHECK(narrowed(hub, {.words = "", .language = "en"}) == Titles{"News"});
}

TEST_CASE("a word in the title counts more than one in the text, and a new post more than an old one") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  hub.add_posts(blog,
                {{.title = "Housing", .html = "<p>About homes</p>", .url = "https://a.example/1", .age = 400 * 24h},
                 {.title = "Other", .html = "<p>housing</p>", .url = "https://a.example/2", .age = 1h},
                 {.title = "Elder", .html = "<p>housing</p>", .url = "https://a.example/3", .age = 3000 * 24h}});
  CHECK(titles(hub, "housing") == Titles{"Housing", "Other", "Elder"});
}

TEST_CASE("a search is narrowed by blog, topic, organisation, language and year, also without words") {
  Hub hub;
  const auto ann = hub.add_blog({.title = "Ann", .organisation = "Devon County Council"});
  const auto bob = hub.add_blog({.title = "Bob"});
  hub.add_posts(ann,
                {{.title = "New", .html = "<p>data</p>", .url = "https://ann.example/1", .tags = {"Service Design"}},
                 {.title = "Old", .html = "<p>data</p>", .url = "https://ann.example/2", .age = 800 * 24h}});
  hub.add_posts(bob, {{.title = "Bob's", .html = "<p>data</p>", .url = "https://bob.example/1"}});
  CHECK(narrowed(hub, {.words = "data", .blog = bob.blog}) == Titles{"Bob's"});
  CHECK(narrowed(hub, {.words = "", .blog = ann.blog}).size() == 2);
  CHECK(narrowed(hub, {.words = "data", .year = 2024}) == Titles{"Old"});
  auto reader = hub.db.reader();
  auto topic = reader->query("SELECT topic_id FROM entry_topics");
  REQUIRE(topic.step());
  CHECK(narrowed(hub, {.words = "data", .topic = topic.id<TopicId>(0)}) == Titles{"New"});
  auto body = reader->query("SELECT DISTINCT organisation_id FROM entry_organisations");
  REQUIRE(body.step());
  CHECK(narrowed(hub, {.words = "", .organisation = body.id<OrganisationId>(0)}).size() == 2);
  CHECK(narrowed(hub, {.words = "data", .blog = bob.blog, .year = 2024}).empty());
}

TEST_CASE("matches are marked as pieces of text, and only in what the blogger shows") {
  Hub hub;
  const auto full = hub.add_blog({.title = "Full", .shown = Shown::full});
  const auto title_only = hub.add_blog({.title = "Title", .shown = Shown::title});
  std::string long_text = "<p>";
  for (int i = 0; i < 200; ++i) long_text += "word ";
  hub.add_post(
      full,
      {.title = "A & <b>", .html = long_text + "then <b>accessible</b> pages.</p>", .url = "https://f.example/1"});
  hub.add_post(title_only,
               {.title = "Accessibility", .html = "<p>accessible secret</p>", .url = "https://t.example/1"});
  const auto page = search(*hub.db.reader(), {.words = "accessible"}, hub.now, 0, 10);
  REQUIRE(page.hits.size() == 2);
  const auto& hidden = page.hits[0].entry.blog == title_only.blog ? page.hits[0] : page.hits[1];
  const auto& shown = page.hits[0].entry.blog == title_only.blog ? page.hits[1] : page.hits[0];
  CHECK(hidden.title == std::vector<TextPiece>{{.text = "Accessibility", .is_match = true}});
  CHECK(hidden.excerpt.empty());
  CHECK(shown.title == std::vector<TextPiece>{{.text = "A & <b>"}});
  const auto marked =
      std::find_if(shown.excerpt.begin(), shown.excerpt.end(), [](const auto& p) { return p.is_match; });
  REQUIRE(marked != shown.excerpt.end());
  CHECK(marked->text == "accessible");
}

TEST_CASE("a changed post is found by its new words only, a removed one not at all") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  const auto before = hub.add_post(blog, {.title = "First", .html = "<p>apples</p>", .url = "https://a.example/1"});
  const auto after = hub.add_post(blog, {.title = "First", .html = "<p>pears</p>", .url = "https://a.example/1"});
  CHECK(before == after);
  CHECK(titles(hub, "apples").empty());
  CHECK(titles(hub, "pears") == Titles{"First"});
  hub.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::left, hub.now); });
  CHECK(titles(hub, "pears").empty());
  hub.db.write([&](Writer& db) { db.change("DELETE FROM blogs").run(); });
  for (const char* left :
       {"SELECT count(*) FROM search_rows", "SELECT count(*) FROM search_english", "SELECT count(*) FROM entry_topics",
        "SELECT count(*) FROM search_english WHERE search_english MATCH 'pears'"}) {
    auto reader = hub.db.reader();
    auto rows = reader->query(left);
    REQUIRE(rows.step());
    CHECK_MESSAGE(rows.integer(0) == 0, left);
  }
}

TEST_CASE("the feed of a search is its posts newest first, to the oldest, each once") {
  Hub hub;
  const auto en = hub.add_blog({.title = "A", .language = "en"});
  const auto cy = hub.add_blog({.title = "B", .language = "cy"});
  // The newest is stored first: numbers of rows follow the river, not the order of arrival.
  for (int i = 0; i < 40; ++i)
    hub.store_posts(i % 3 == 0 ? cy : en, {{.title = std::to_string(i),
                                            .html = "<p>data</p>",
                                            .url = "https://x.example/" + std::to_string(i),
                                            .age = hours{i / 20}}});
  index_all(hub.db, hub.clock);
  const auto expression = match_expression({.words = "data"});
  std::vector<RiverEntry> seen;
  RiverQuery page{.filter = Matching{expression}, .now = hub.now, .before = {}, .limit = 7};
  for (;;) {
    const auto entries = river(*hub.db.reader(), page);
    if (entries.empty()) break;
    seen.insert(seen.end(), entries.begin(), entries.end());
    page.before = entries.back().cursor();
  }
  REQUIRE(seen.size() == 40);
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i - 1].river_at >= seen[i].river_at);
  std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  CHECK(std::unique(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.id == b.id; }) == seen.end());
}

TEST_CASE("a post whose day has not come is not found") {
  Hub hub;
  hub.add_post(hub.add_blog({.title = "A"}),
               {.title = "Tomorrow", .html = "<p>data</p>", .url = "https://a.example/1", .age = -24h});
  CHECK(titles(hub, "data").empty());
  hub.now += 25h;
  CHECK(titles(hub, "data") == Titles{"Tomorrow"});
}

TEST_CASE("a search reads the index of words and looks its posts up by their keys") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  const auto has = [](const std::string& plan, const char* words) { return plan.find(words) != std::string::npos; };
  for (const auto& sql : {search_sql(), title_search_sql()}) {
    const auto plan = reader->plan_of(sql);
    CAPTURE(plan);
    CHECK(has(plan, "VIRTUAL TABLE INDEX"));
    CHECK_FALSE(has(plan, "ORDER BY"));  // the newest come first out of the index
  }
  CHECK(has(reader->plan_of(marks_sql(true)), "SCAN search_english VIRTUAL TABLE INDEX 0:="));
  for (const bool is_english : {true, false})
    CHECK(has(reader->plan_of(unshown_sql(is_english)), "VIRTUAL TABLE INDEX 0:="));
  CHECK(has(reader->plan_of(row_of_entry_sql()), "SEARCH search_rows USING"));
  for (const auto& sql : {shown_entry_sql(), river_sql(Matching{})}) {
    const auto plan = reader->plan_of(sql);
    CAPTURE(plan);
    CHECK(has(plan, "SEARCH r USING INTEGER PRIMARY KEY"));
    CHECK(has(plan, "SEARCH e USING INTEGER PRIMARY KEY"));
    CHECK_FALSE(has(plan, "SCAN e"));
  }
}

TEST_CASE("a post that is not shown is not found, not counted, and found again when it is shown") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  const auto kept = hub.add_post(blog, {.title = "Kept", .html = "<p>data</p>", .url = "https://a.example/1"});
  const auto hidden = hub.add_post(blog, {.title = "Hidden", .html = "<p>data</p>", .url = "https://a.example/2"});
  REQUIRE(kept);
  const SearchQuery data{.words = "data", .blog = {}, .organisation = {}, .topic = {}, .person = {}, .language = {}};
  const auto found = [&] { return search(*hub.db.reader(), data, hub.now, 0, 10); };
  const auto set_hidden = [&](bool is) {
    hub.db.write([&](Writer& db) {
      db.change(is ? "UPDATE entries SET hidden_at = 1 WHERE id = :id"
                   : "UPDATE entries SET hidden_at = NULL WHERE id = :id")
          .bind(":id", hidden)
          .run();
    });
  };
  CHECK(found().total == 2);
  for (const bool again : {false, true}) {
    CAPTURE(again);
    set_hidden(true);
    if (again) index_all(hub.db, hub.clock);
    CHECK(found().total == 1);
    CHECK(found().hits.size() == 1);
    CHECK(titles(hub, "data") == Titles{"Kept"});
  }
  {
    auto reader = hub.db.reader();
    auto words = reader->query("SELECT count(*) FROM search_titles_english");
    REQUIRE(words.step());
    CHECK(words.integer(0) == 1);
  }
  set_hidden(false);
  index_all(hub.db, hub.clock);
  CHECK(found().total == 2);
  hub.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::left, hub.now); });
  CHECK(titles(hub, "data").empty());
  index_all(hub.db, hub.clock);
  CHECK(found().total == 0);
  hub.db.write([&](Writer& db) { set_blog_state(db, blog.blog, BlogState::active, hub.now); });
  index_all(hub.db, hub.clock);
  CHECK(titles(hub, "data").size() == 2);
}

TEST_CASE("an old post with the words in its title is found behind hundreds that mention them") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "A"});
  std::vector<Post> posts = {{.title = "Open data for councils",
                              .html = "<p>Old.</p>",
                              .url = "https://a.example/old",
                              .age = hours{24 * 900}}};
  for (int i = 0; i < kNewestMatches + 20; ++i)
    posts.push_back({.title = "Note " + std::to_string(i),
                     .html = "<p>open council data</p>",
                     .url = "https://a.example/" + std::to_string(i),
                     .age = hours{i}});
  hub.store_posts(blog, posts);
  index_all(hub.db, hub.clock);
  CHECK(titles(hub, "open data").front() == "Open data for councils");
  CHECK(titles(hub, "\"open data\"").front() == "Open data for councils");
  CHECK(titles(hub, "council").front() == "Open data for councils");
  CHECK(narrowed(hub,
                 {.words = "council", .blog = blog.blog, .organisation = {}, .topic = {}, .person = {}, .language = {}})
            .front() == "Open data for councils");
}

TEST_CASE("there is more than what was found only where a match was left out") {
  Hub hub;
  const auto en = hub.add_blog({.title = "A", .language = "en"});
  const auto cy = hub.add_blog({.title = "B", .language = "cy"});
  std::vector<Post> posts;
  for (int i = 0; i < kNewestMatches; ++i)
    posts.push_back({.title = "Note " + std::to_string(i),
                     .html = "<p>data</p>",
                     .url = "https://a.example/" + std::to_string(i),
                     .age = hours{i}});
  hub.store_posts(en, posts);
  hub.store_posts(cy, {{.title = "Arall", .html = "<p>data</p>", .url = "https://b.example/1"}});
  index_all(hub.db, hub.clock);
  const auto found = [&] { return search(*hub.db.reader(), {.words = "data"}, hub.now, 0, 10); };
  CHECK(found().total == kNewestMatches + 1);
  CHECK_FALSE(found().has_more);
  hub.store_posts(en, {{.title = "Oldest", .html = "<p>data</p>", .url = "https://a.example/old", .age = 999h}});
  index_all(hub.db, hub.clock);
  CHECK(found().has_more);
}

TEST_CASE("a hit says where a post has the words when what is shown has none of them") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "Potholes weekly", .shown = Shown::title});
  hub.add_post(blog, {.title = "Roads", .html = "<p>Asphalt and gravel</p>", .url = "https://a.example/1"});
  const auto place = [&](const std::string& words) {
    const auto page = search(*hub.db.reader(), {.words = words}, hub.now, 0, 10);
    REQUIRE(page.hits.size() == 1);
    const auto again = hit_of(*hub.db.reader(), {.words = words}, page.hits[0].entry);
    CHECK(again.title == page.hits[0].title);
    CHECK(again.excerpt == page.hits[0].excerpt);
    CHECK(again.found_in == page.hits[0].found_in);
    return again.found_in;
  };
  CHECK(place("roads") == FoundIn::shown);
  CHECK(place("asphalt") == FoundIn::text);
  CHECK(place("roads asphalt") == FoundIn::shown);
  CHECK(place("potholes") == FoundIn::names);
  CHECK(place("-bins") == FoundIn::shown);
}
