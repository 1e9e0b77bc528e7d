// The stories of the desk, each walked through its pages from beginning to end.
#include <doctest/doctest.h>

#include "content/images.h"
#include "server/chores.h"
#include "store/applications.h"
#include "store/audit.h"
#include "store/featuring.h"
#include "store/guest_posts.h"
#include "store/ingest.h"
#include "store/membership.h"
#include "store/river.h"
#include "tests/server/desk_site.h"
#include "tests/server/sample_blog.h"

using namespace voice;
using namespace voice::server;
using namespace std::chrono;

namespace {

std::string apply_to_join(DeskSite& site, const std::string& feed, const std::string& email = "ann@example.org") {
  auto browser = site.browser();
  browser.get("/add-your-blog");
  browser.submit("/add-your-blog", {{"address", feed}});
  REQUIRE_MESSAGE(browser.path().ends_with("/preview"), browser.words());
  const auto base = browser.path().substr(0, browser.path().rfind('/'));
  browser.get(base + "/title");
  browser.submit("/title", {{"title", "Ann's blog"}});
  browser.submit("/writer", {{"writer", "Ann"}});
  browser.submit("/organisation", {{"organisation", "Sample Council"}});
  browser.submit("/kind", {{"kind", "practitioner"}});
  browser.submit("/topics");
  browser.submit("/shown", {{"shown", "full"}});
  browser.submit("/licence", {{"licence", "none"}});
  browser.submit("/email", {{"email", email}});
  browser.submit("/check", {{"has_right", "yes"}});
  REQUIRE_MESSAGE(browser.path().ends_with("/sent"), browser.words());
  return "/editor/applications/" + std::to_string(store::waiting_applications(*site.hub.db.reader()).back().id.value);
}

Browser follow_letter(DeskSite& site, const std::string& email) {
  auto browser = site.browser();
  const auto link = site.link_in(site.letter_to(email).text);
  browser.get(link);
  browser.submit(link);
  return browser;
}

std::vector<store::RiverEntry> whole_river(DeskSite& site) {
  return store::river(*site.hub.db.reader(),
                      {.filter = store::AllEntries{}, .now = site.hub.clock.now(), .before = {}, .limit = 50});
}

EntryId one_post(DeskSite& site) {
  return site.hub.db.write([&](store::Writer& db) {
    const auto blog = *store::add_blog(db, {.title = "B", .feed_url = "https://b.example/feed"}, site.hub.clock.now());
    feeds::Entry entry;
    entry.title = "A <b>bold</b> title";
    entry.url = "https://b.example/1";
    entry.published = site.hub.clock.now();
    store::ingest(db, blog.feed,
                  {{.guid = "1", .content_hash = "1", .entry = &entry, .body = {}, .excerpt = "Words", .words = 1}},
                  false, site.hub.clock.now());
    return EntryId{1};
  });
}

}  // namespace

TEST_CASE("an editor accepts: the blogger is told, the feed is due, and the log knows") {
  DeskSite site;
  SampleBlog blog;
  bool poked = false;
  site.hub.site.poke_poller = [&] { poked = true; };
  site.add_editor("ada@example.org");
  const auto path = apply_to_join(site, blog.url("/feed"));
  auto editor = site.signed_in("ada@example.org");
  editor.get("/editor");
  CHECK(editor.says("1 waiting"));
  editor.get("/editor/queue");
  CHECK(editor.says("Ann's blog"));
  editor.get(path);
  CHECK(editor.says("Sixth"));
  CHECK(editor.says("Not proved"));
  editor.submit("/accept");
  CHECK(editor.says("The blog has joined"));
  CHECK(poked);
  CHECK(site.letter_to("ann@example.org").subject == "Your blog has joined");
  const auto feed = store::find_feed_by_url(*site.hub.db.reader(), blog.url("/feed"));
  REQUIRE(feed);
  CHECK(feed->next_fetch == site.hub.clock.now());
  editor.get("/editor/log");
  CHECK(editor.says("accepted Ann's blog"));
  auto reader = site.browser();
  reader.get("/log");
  CHECK(reader.says("accepted Ann's blog"));
  CHECK_FALSE(reader.says("ann@example.org"));
}

TEST_CASE("an editor declines with a reason, which is sent; without one nothing happens") {
  DeskSite site;
  SampleBlog blog;
  site.add_editor("ada@example.org");
  const auto path = apply_to_join(site, blog.url("/feed"));
  auto editor = site.signed_in("ada@example.org");
  editor.get(path);
  editor.submit("/decline", {{"reason", "  "}});
  CHECK(editor.status() == 422);
  CHECK(editor.says("Say why"));
  editor.submit("/decline", {{"reason", "It is about <trains>."}});
  CHECK(editor.path().starts_with("/editor/queue"));
  CHECK(site.letter_to("ann@example.org").text.find("It is about <trains>.") != std::string::npos);
  CHECK(site.letter_to("ann@example.org").html.find("<trains>") == std::string::npos);
  CHECK(store::waiting_applications(*site.hub.db.reader()).empty());
  auto browser = site.browser();
  browser.get("/my-blog");
  browser.submit("/my-blog", {{"email", "ann@example.org"}});
  auto ann = follow_letter(site, "ann@example.org");
  CHECK(ann.says("Declined"));
}

TEST_CASE("of two editors who decide at once the second is told who and when, and nothing is sent twice") {
  DeskSite site;
  SampleBlog blog;
  site.add_editor("ada@example.org");
  site.add_editor("bob@example.org");
  const auto path = apply_to_join(site, blog.url("/feed"));
  auto ada = site.signed_in("ada@example.org"), bob = site.signed_in("bob@example.org");
  ada.get(path);
  bob.get(path);
  ada.submit("/accept");
  const auto letters = site.letters();
  bob.submit("/decline", {{"reason", "No"}});
  CHECK(bob.status() == 409);
  CHECK(bob.says("was accepted by Editor ada on 28 November 2026, midday"));
  CHECK(site.letters() == letters);
}

TEST_CASE("a blogger sees the blog, pauses, changes, leaves, and the listing goes") {
  DeskSite site;
  SampleBlog blog;
  site.add_editor("ada@example.org");
  const auto path = apply_to_join(site, blog.url("/feed"));
  auto editor = site.signed_in("ada@example.org");
  editor.get(path);
  editor.submit("/accept");
  auto ann = follow_letter(site, "ann@example.org");
  CHECK(ann.says("Not read yet"));
  const auto mine = ann.path();
  ann.submit("/pause");
  CHECK(ann.says("Paused"));
  ann.submit("/resume");
  ann.submit("/check");
  CHECK(ann.says("We read your feed"));
  ann.get(mine + "/change");
  ann.submit("/change", {{"title", ""}, {"shown", "title"}});
  CHECK(ann.status() == 422);
  CHECK(ann.says("Enter the name of your blog"));
  ann.submit("/change", {{"title", "Ann's new name"}, {"feed_url", "http://10.0.0.1/feed"}});
  CHECK(ann.status() == 422);
  CHECK(ann.says("private"));
  ann.submit("/change", {{"title", "Ann's new name"}, {"feed_url", blog.url("/comments")}});
  CHECK_MESSAGE(ann.says("Your changes are saved"), ann.words());
  const auto found = store::find_feed_by_url(*site.hub.db.reader(), blog.url("/comments"));
  REQUIRE(found);
  CHECK(store::find_blog(*site.hub.db.reader(), found->blog)->title == "Ann's new name");
  CHECK(store::find_blog(*site.hub.db.reader(), found->blog)->shown == store::Shown::title);
  ann.get(mine + "/leave");
  ann.submit("/leave");
  CHECK(ann.says("Your blog has left"));
  CHECK(store::find_blog(*site.hub.db.reader(), found->blog)->state == store::BlogState::left);
  auto eve = site.browser();
  eve.get(mine);
  CHECK(eve.path().starts_with("/my-blog?next="));
  CHECK(eve.says("Send me a link"));
}

TEST_CASE("nobody reaches another's blog or draft, and a blogger's link opens no editor's page") {
  DeskSite site;
  SampleBlog blog;
  site.add_editor("ada@example.org");
  apply_to_join(site, blog.url("/feed"), "ada@example.org");  // an editor with a blog
  auto ada = follow_letter(site, "ada@example.org");
  ada.get("/editor/queue");
  CHECK(ada.path().starts_with("/sign-in"));
  const auto reference = store::waiting_applications(*site.hub.db.reader()).front().reference;
  auto eve = site.browser();
  eve.get("/guest-posts/submit");
  eve.submit("/guest-posts/submit", {{"email", "eve@example.org"}});
  eve = follow_letter(site, "eve@example.org");
  eve.get("/my-blog/" + reference);
  CHECK(eve.status() == 404);
  eve.get("/editor/letters");
  CHECK(eve.path().starts_with("/sign-in"));
  auto editor = site.signed_in("ada@example.org");
  editor.get("/editor/letters");
  CHECK(editor.status() == 403);  // for administrators
}

TEST_CASE("an editor features a post with a sentence and an end, hides it, and restores it") {
  DeskSite site;
  const auto id = one_post(site);
  site.add_editor("ada@example.org");
  auto editor = site.signed_in("ada@example.org");
  const auto path = "/editor/posts/" + std::to_string(id.value);
  editor.get("/editor/posts");
  CHECK(editor.says("A <b>bold</b> title"));
  editor.get(path);
  editor.submit("/feature", {{"sentence", ""}, {"days", "many"}, {"position", "9"}});
  CHECK(editor.status() == 422);
  CHECK(editor.says("Say in one sentence"));
  CHECK(editor.says("days from 1 to 60"));
  CHECK(editor.says("place from 1 to 3"));
  editor.submit("/feature", {{"sentence", "Because it is short."}, {"days", "7"}, {"position", "1"}});
  CHECK(editor.says("The post is featured"));
  auto current = store::current_features(*site.hub.db.reader(), site.hub.clock.now());
  REQUIRE(current.size() == 1);
  CHECK(current[0].sentence == "Because it is short.");
  CHECK(current[0].ends == site.hub.clock.now() + 7 * 24h);
  editor.get(path);
  editor.submit("/hide", {{"reason", "It is an advertisement."}});
  CHECK(whole_river(site).empty());
  editor.get(path);
  editor.submit("/restore", {{"reason", "We were wrong."}});
  CHECK(whole_river(site).size() == 1);
  editor.get("/log");
  CHECK(editor.says("It is an advertisement."));
}

TEST_CASE("a guest without an account writes, previews, sends, is asked, sends again, and is published") {
  DeskSite site;
  site.add_editor("ada@example.org");
  auto guest = site.browser();
  guest.get("/guest-posts/submit");
  guest.submit("/guest-posts/submit", {{"email", "gus@example.org"}});
  CHECK(guest.path() == "/guest-posts/link-sent");
  guest = follow_letter(site, "gus@example.org");
  guest.submit("/drafts");
  const auto draft = guest.path();
  guest.submit(draft, {{"do", "send"}});
  CHECK(guest.status() == 422);
  CHECK(guest.says("Give your post a title"));
  CHECK(guest.says("Write your post"));
  const std::string text = "# Hello\n\nA *word* & <script>alert(1)</script> [link](javascript:alert(2)) end.";
  guest.submit(draft,
               {{"title", "On <em>forms</em>"}, {"byline", "Gus\xE2\x80\xAE"}, {"markdown", text}, {"do", "preview"}});
  CHECK(guest.path() == draft + "/preview");
  const auto previewed = guest.page().substr(guest.page().find("<div class=\"prose\""));
  CHECK(previewed.find("<script>alert") == std::string::npos);
  CHECK(previewed.find("javascript:") == std::string::npos);
  CHECK(previewed.find("<em>word</em>") != std::string::npos);
  guest.get(draft);
  guest.submit(draft, {{"do", "send"}});
  CHECK(guest.says("We have your post"));
  CHECK(site.letter_to("gus@example.org").subject == "We have your guest post");

  auto editor = site.signed_in("ada@example.org");
  editor.get("/editor/guest-posts");
  CHECK(editor.says("On <em>forms</em>"));
  const auto id = store::guest_posts_in(*site.hub.db.reader(), store::GuestState::submitted, 5).front().id;
  const auto path = "/editor/guest-posts/" + std::to_string(id.value);
  editor.get(path);
  editor.submit("/ask", {{"ask-note", "Please say which forms."}});
  CHECK(site.letter_to("gus@example.org").text.find("Please say which forms.") != std::string::npos);
  guest.get(draft);
  CHECK(guest.says("Please say which forms."));
  guest.submit(draft, {{"markdown", text + "\n\nThe library's."}, {"do", "send"}});
  editor.get(path);
  editor.submit("/publish");
  CHECK_MESSAGE(editor.says("It is out"), editor.words());
  const auto river = whole_river(site);
  REQUIRE(river.size() == 1);
  CHECK(river[0].url == "http://127.0.0.1:8080/guest-posts/on-em-forms-em");
  CHECK(river[0].original_id == "tag:127.0.0.1,2026-01-01:/guest-posts/on-em-forms-em");
  CHECK(river[0].author == "Gus");
  CHECK(site.letter_to("gus@example.org").subject == "Your guest post is published");
  auto reader = site.browser();
  reader.get("/guest-posts/on-em-forms-em");
  CHECK(reader.status() == 200);
  const auto stored = store::body_of(*site.hub.db.reader(), river[0].id).text();
  CHECK(reader.page().find(stored) != std::string::npos);
  reader.get("/guest-posts");
  CHECK(reader.says("On <em>forms</em>"));
  reader.get("/log");
  CHECK(reader.page().find("href=\"/guest-posts/on-em-forms-em\"") != std::string::npos);
  editor.get(path);
  editor.submit("/withdraw", {{"withdraw-note", "At the author's wish."}});
  reader.get("/log");
  CHECK(reader.page().find("href=\"/guest-posts/on-em-forms-em\"") == std::string::npos);
  reader.get("/guest-posts/on-em-forms-em");
  CHECK(reader.status() == 410);
  CHECK(reader.says("At the author's wish."));
  CHECK(whole_river(site).empty());
}

TEST_CASE("the preview is what publishing stores, byte for byte, with pictures as links like on every page") {
  DeskSite site;
  site.add_editor("ada@example.org");
  const std::string text =
      "A | table\n-|-\n1 | 2\n\n<div onclick=x>div</div>\n\n![pic](https://example.org/p.png)\n\n~~gone~~ &nbsp; "
      "\xE2\x80\xAE";
  const auto id = site.hub.db.write([&](store::Writer& db) {
    const auto post = store::start_guest_post(db, "gus@example.org", "GP", site.hub.clock.now());
    REQUIRE(store::save_guest_text(db, post, {.title = "T", .markdown = text, .byline = "G", .organisation = ""}, 1,
                                   "g", site.hub.clock.now()));
    REQUIRE(store::move_guest_post(db, post, {.to = store::GuestState::submitted}, site.hub.clock.now()));
    return post;
  });
  auto editor = site.signed_in("ada@example.org");
  const auto path = "/editor/guest-posts/" + std::to_string(id.value);
  editor.get(path + "/preview");
  const auto begin = editor.page().find("<div class=\"prose\">") + 19;
  const auto previewed = editor.page().substr(begin);
  editor.get(path);
  editor.submit("/publish");
  const auto stored = store::body_of(*site.hub.db.reader(), whole_river(site).front().id);
  CHECK(stored.text().find("<img") != std::string::npos);
  CHECK(previewed.starts_with(content::without_images(stored).text()));
  CHECK(previewed.find("<img") == std::string::npos);
}

TEST_CASE("of two who save a guest post at once the second sees both texts and loses neither") {
  DeskSite site;
  auto guest = site.browser();
  guest.get("/guest-posts/submit");
  guest.submit("/guest-posts/submit", {{"email", "gus@example.org"}});
  guest = follow_letter(site, "gus@example.org");
  guest.submit("/drafts");
  const auto draft = guest.path();
  auto tab = guest;
  tab.get(draft);
  guest.submit(draft, {{"title", "T"}, {"markdown", "the first window's words"}, {"do", "save"}});
  tab.submit(draft, {{"title", "T"}, {"markdown", "the second window's words"}, {"do", "save"}});
  CHECK(tab.status() == 409);
  CHECK(tab.says("the first window's words"));
  CHECK(tab.says("the second window's words"));
  CHECK(tab.says("in another window"));
  tab.submit(draft, {{"markdown", "both"}});
  CHECK(tab.status() == 200);
  CHECK(store::guest_posts_of(*site.hub.db.reader(), "gus@example.org").front().text.markdown == "both");
}

TEST_CASE("a scheduled guest post comes out by itself when its time has come") {
  DeskSite site;
  site.add_editor("ada@example.org");
  const auto id = site.hub.db.write([&](store::Writer& db) {
    const auto post = store::start_guest_post(db, "gus@example.org", "GP", site.hub.clock.now());
    REQUIRE(store::save_guest_text(db, post, {.title = "T", .markdown = "Text", .byline = "G", .organisation = ""}, 1,
                                   "g", site.hub.clock.now()));
    REQUIRE(store::move_guest_post(db, post, {.to = store::GuestState::submitted}, site.hub.clock.now()));
    return post;
  });
  auto editor = site.signed_in("ada@example.org");
  editor.get("/editor/guest-posts/" + std::to_string(id.value));
  const struct {
    const char* day;
    const char* hour;
  } cases[] = {
      {"", ""}, {"tomorrow", "noon"}, {"2026-02-30", "09:00"}, {"2026-11-28", "11:59"}, {"2026-12-01", "25:00"}};
  for (const auto& c : cases) {
    CAPTURE(c.day);
    editor.submit("/schedule", {{"day", c.day}, {"hour", c.hour}});
    CHECK(editor.status() == 422);
  }
  editor.submit("/schedule", {{"day", "2026-11-28"}, {"hour", "13:00"}});
  CHECK(editor.says("It will be published by itself"));
  do_chores(site.hub.db, site.hub.site, nullptr);
  CHECK(whole_river(site).empty());
  site.hub.clock.advance(1h);
  do_chores(site.hub.db, site.hub.site, nullptr);
  do_chores(site.hub.db, site.hub.site, nullptr);
  CHECK(whole_river(site).size() == 1);
  CHECK(site.letter_to("gus@example.org").subject == "Your guest post is published");
}

TEST_CASE("an editor mends a feed: fetch, pause, resume, remove with a reason") {
  DeskSite site;
  site.add_editor("ada@example.org");
  const auto added = site.hub.db.write([&](store::Writer& db) {
    return *store::add_blog(db, {.title = "B", .feed_url = "https://b.example/feed"}, site.hub.clock.now());
  });
  auto editor = site.signed_in("ada@example.org");
  const auto path = "/editor/feeds/" + std::to_string(added.feed.value);
  site.hub.clock.advance(1h);
  editor.get(path);
  editor.submit("/fetch");
  CHECK(store::find_feed(*site.hub.db.reader(), added.feed)->next_fetch == site.hub.clock.now());
  editor.submit("/pause");
  CHECK(store::find_blog(*site.hub.db.reader(), added.blog)->state == store::BlogState::paused);
  editor.submit("/resume");
  editor.submit("/remove");
  CHECK(editor.status() == 422);
  editor.submit("/remove", {{"reason", "Asked to by the council."}});
  CHECK(store::find_blog(*site.hub.db.reader(), added.blog)->state == store::BlogState::left);
  editor.get("/editor/log?kind=blog");
  CHECK(editor.says("Asked to by the council."));
}

TEST_CASE("an administrator reads the letters that no mail server took") {
  DeskSite site;
  site.add_editor("ada@example.org", store::Role::administrator);
  site.add_editor("bob@example.org");
  auto bob = site.browser();
  bob.get("/sign-in");
  bob.submit("/sign-in", {{"email", "bob@example.org"}, {"do", "letter"}});
  auto ada = site.signed_in("ada@example.org");
  ada.get("/editor/letters");
  CHECK(ada.says("bob@example.org"));
  CHECK(ada.says("No mail server is set"));
  ada.get("/editor/letters/1");
  CHECK(ada.says("/links/"));
}

TEST_CASE("pages that are asked for with nonsense are not found, and never fail") {
  DeskSite site;
  site.add_editor("ada@example.org", store::Role::administrator);
  auto editor = site.signed_in("ada@example.org");
  for (const char* path :
       {"/editor/applications/0", "/editor/applications/x", "/editor/applications/99999999999999999999",
        "/editor/feeds/-1", "/editor/posts/7", "/editor/guest-posts/7", "/editor/letters/77", "/guest-posts/none",
        "/my-blog/NONE", "/guest-posts/drafts/NONE"}) {
    CAPTURE(path);
    editor.get(path);
    CHECK(editor.status() == 404);
  }
  for (const char* path :
       {"/editor/log?kind=%00'--&before=abc", "/editor/log?before=99999999999999999", "/editor/posts?q=%25%27%3B",
        "/log?before=-1", "/sign-in?next=%0d%0aX:y", "/add-your-blog?address=%3Cscript%3E"}) {
    CAPTURE(path);
    editor.get(path);
    CHECK(editor.status() == 200);
  }
}

TEST_CASE("the log is read to its oldest line and back to its newest") {
  DeskSite site;
  site.hub.db.write([&](store::Writer& writer) {
    for (int n = 1; n <= 51; ++n)
      store::record(writer,
                    {.user = {},
                     .actor = "the hub",
                     .act = "post.hidden",
                     .subject = "Post number " + std::to_string(n) + " of many",
                     .subject_path = {},
                     .reason = {},
                     .audience = store::Audience::everybody},
                    site.hub.site.clock.now());
  });
  auto reader = site.browser();
  reader.get("/log");
  CHECK(reader.says("Post number 51 of many"));
  CHECK_FALSE(reader.says("Post number 1 of many"));
  CHECK_FALSE(reader.says(">Newest<"));
  const auto older = reader.page().find("href=\"/log?before=");
  REQUIRE(older != std::string::npos);
  const auto from = older + 6;
  reader.get(reader.page().substr(from, reader.page().find('"', from) - from));
  CHECK(reader.says("Post number 1 of many"));
  CHECK_FALSE(reader.says(">Older<"));
  CHECK(reader.says("href=\"/log\">Newest<"));
}
