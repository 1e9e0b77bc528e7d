// A template's names are exactly its view-model's: a name that only the template knows would show nothing, or something of
// the scope around it, and a name that only the model knows is work for nobody.
#include <algorithm>
#include <doctest/doctest.h>

#include "views/blog_page.h"
#include "views/conversation_page.h"
#include "views/index_page.h"
#include "views/post_page.h"
#include "views/prose_page.h"
#include "views/river_page.h"
#include "views/search_page.h"

using namespace voice;
using namespace voice::views;

namespace {
Markup markup() { return Markup(content::SafeHtml::from_store("<b>x</b>")); }

PostCard full_card() {
  return {.id = "1",
          .title = "t",
          .title_html = markup(),
          .url = "u",
          .page_url = "p",
          .byline = "b",
          .blog_title = "bt",
          .blog_url = "bu",
          .organisation = "o",
          .kind = "k",
          .when = "w",
          .when_iso = "wi",
          .first_seen = "1",
          .text = "x",
          .text_html = markup(),
          .why = "why",
          .language = "cy",
          .direction = "rtl",
          .initials = "AB",
          .hue = "1",
          .media = "m",
          .topics = {{"t", "u"}},
          .discussion = {"d", "u"}};
}
PostItem full_item() { return {.card = full_card(), .fold = {.summary = "s", .posts = {full_card()}}}; }
std::vector<PostDay> full_days() { return {{.heading = "h", .url = "u", .items = {full_item()}}}; }
EmptyRiver full_empty() { return {.heading = "h", .text = "t", .next = {"t", "u"}, .feeds = {{"b", "u", "t", "r"}}}; }
FeedLinks full_feeds() { return {.title = "t", .stem = "/s", .query = "?q", .opml = "/o"}; }
std::vector<SummaryRow> full_rows() {
  SummaryRow row;
  row.key = "k";
  row.value = "v";
  row.value_url = "u";
  row.value_html = markup();
  row.action_url = "a";
  row.action_of = "of";
  return {row};
}
SelectField full_select() {
  return {.id = "i", .label = "l", .hint = "h", .error = "e", .choices = {{"v", "l", "h", true}}};
}
Pagination full_pagination() {
  return numbered(5, 9, [](int n) { return "/" + std::to_string(n); });
}
std::vector<SideList> full_side() { return {{.heading = "h", .text = "t", .links = {{"t", "u"}}, .as_topics = true}}; }

RiverPage full_river() {
  return {.heading = "h",
          .intro = "i",
          .narrower = {{"t", "u"}},
          .featured = {full_card()},
          .days = full_days(),
          .empty = full_empty(),
          .pagination = full_pagination(),
          .feeds = full_feeds(),
          .base_url = "b",
          .within = {"h", "n", "v"},
          .side = full_side(),
          .marks_new = true};
}

// Parts that several pages share carry names that a page may leave unused (a fold on a page that never folds).
void check(const Templates& templates, const char* name, const Model& model, std::set<std::string> unused = {}) {
  CAPTURE(name);
  auto has = names_in(model);
  for (const auto& n : unused) has.erase(n);
  const auto& asks = templates.names_in(name);
  std::vector<std::string> missing, extra;
  std::ranges::set_difference(asks, has, std::back_inserter(missing));
  std::ranges::set_difference(has, asks, std::back_inserter(extra));
  for (const auto& n : missing) FAIL_CHECK("only the template knows: " << n);
  for (const auto& n : extra) FAIL_CHECK("only the model knows: " << n);
}
}  // namespace

TEST_CASE("every template asks for exactly what its page has") {
  const auto loaded = Templates::embedded();
  REQUIRE(loaded);
  const auto& t = *loaded;

  PageHead head;
  head.title = head.description = head.path = head.section = head.json_ld = "x";
  head.refresh_seconds = 2;
  head.feeds = {full_feeds()};
  head.account = Account{.name = "n", .form_token = "t", .is_editor = true};
  const Frame frame{.site_title = "s", .base_url = "b", .asset_url = [](std::string_view n) { return std::string(n); }};
  check(t, "layout", Model(layout_model(head, frame, markup())));

  check(t, "river", model_of(full_river()));

  BlogPage blog{.title = "t",
                .description = "d",
                .language = "cy",
                .home_url = "h",
                .icon_url = "i",
                .state = {"s", "good"},
                .state_text = "x",
                .facts = full_rows(),
                .chart = {{{"May 2025", 3}}},
                .own_feed_url = "f",
                .days = full_days(),
                .empty = full_empty(),
                .pagination = full_pagination(),
                .feeds = full_feeds(),
                .base_url = "b",
                .within = {"h", "n", "v"}};
  check(t, "blog", model_of(blog));

  const NearPost near{.relation = "r", .title = "t", .url = "u", .by = "b", .language = "cy"};
  PostPage post{.title = "t",
                .language = "cy",
                .direction = "rtl",
                .byline = "b",
                .when = "w",
                .when_iso = "i",
                .blog_title = "bt",
                .blog_url = "bu",
                .original_url = "o",
                .text = "x",
                .body_html = markup(),
                .shown_note = "n",
                .media = {{.player = Media::Player::audio, .url = "u", .name = "n", .text = "t"},
                          {.player = Media::Player::video, .url = "u", .name = "n", .text = "t"}},
                .facts = full_rows(),
                .topics = {{"t", "u"}},
                .tags = {"t"},
                .conversation = {near},
                .conversation_page = {"t", "u"},
                .also_discussing = {near},
                .neighbours = {near},
                .report_url = "r"};
  check(t, "post", model_of(post));

  IndexPage index{.heading = "h",
                  .intro = "i",
                  .jumps = {{"t", "u"}},
                  .groups = {{.heading = "h", .id = "i", .items = {{"t", "u", "n", "cy"}}}},
                  .empty = full_empty(),
                  .pagination = full_pagination(),
                  .feeds = full_feeds(),
                  .base_url = "b"};
  check(t, "index", model_of(index));

  DirectoryPage directory;
  directory.nation = directory.kind = directory.state = full_select();
  directory.sort = "s";
  directory.columns = {{.text = "t", .url = "u", .sorted = "ascending", .number = true}};
  directory.rows = {{.title = "t",
                     .url = "u",
                     .icon_url = "i",
                     .writer = "w",
                     .organisation = "o",
                     .organisation_url = "ou",
                     .kind = "k",
                     .last_post = "l",
                     .last_post_iso = "li",
                     .posts = "p",
                     .language = "cy",
                     .state = {"s", "good"}}};
  directory.opml_url = "o";
  directory.pagination = full_pagination();
  check(t, "directory", model_of(directory));

  ProsePage prose{.site = "s", .base_url = "b", .contact_email = "e", .facts = full_rows()};
  for (const char* name : {"about", "handling", "bot", "privacy", "accessibility", "cookies", "contact"}) {
    // Prose takes what it needs of what every such page has; it must not ask for more.
    const auto has = names_in(model_of(prose));
    for (const auto& asked : t.names_in(name)) CHECK_MESSAGE(has.contains(asked), name << " asks for " << asked);
  }
  SubscribePage subscribe{
      .site = "s", .base_url = "b", .river = {{"i", "l", "u"}}, .topics = {{"n", "/p"}}, .opml_url = "o"};
  check(t, "subscribe", model_of(subscribe));
  check(t, "error", model_of(MissingPage{.heading = "h", .advice = "a", .reference = "r", .offers_search = true}));

  SearchView search;
  search.heading = search.words = search.status = search.order_kept = search.end_text = "x";
  search.other_order = search.beyond_the_end = {"t", "u"};
  search.organisation = search.topic = search.language = search.year = full_select();
  search.narrowed = {{"t", "n", "v", "w"}};
  search.posts = {full_card()};
  search.suggestions = {{"t", "u"}};
  search.asks = true;
  search.pagination = full_pagination();
  search.feeds = full_feeds();
  check(t, "search", model_of(search));

  ConversationsPage talks{.conversations = {{"t", "u", "n", "cy"}},
                          .shared = {{"t", "u", "h", "b", {{"t", "u"}}}},
                          .empty = full_empty(),
                          .pagination = full_pagination(),
                          .feeds = full_feeds(),
                          .base_url = "b"};
  check(t, "conversations", model_of(talks));
  ConversationPage talk{
      .heading = "h", .intro = "i", .turns = {{full_card(), {{"t", "u"}}}}, .feeds = full_feeds(), .base_url = "b"};
  check(t, "conversation", model_of(talk));
}
