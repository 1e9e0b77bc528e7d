// The whole program as a person meets it: the built binary, real sockets, blogs served over loopback.
#include <doctest/doctest.h>
#include <filesystem>
#include <functional>
#include <signal.h>
#include <thread>

#include "app/demo_blogs.h"
#include "app/loopback_origin.h"
#include "base/text.h"
#include "feeds/document.h"
#include "feeds/opml.h"
#include "tests/app/process.h"

using namespace voice;
using namespace voice::app;
using namespace std::chrono_literals;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Blogs of this test, served until the end of its scope.
class Blogs {
 public:
  LoopbackOrigin origin;
  std::vector<store::NewBlog> members;

  std::string add(const std::string& title, LoopbackOrigin::Answer answer) {
    const auto here = origin.add(std::move(answer));
    members.push_back({.title = title, .feed_url = here + "/feed"});
    return here;
  }
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { origin.run(std::move(stop)); });
  }
  std::string opml() const {
    feeds::OutlineList list;
    for (const auto& blog : members)
      list.outlines.push_back({.text = blog.title, .title = blog.title, .type = "rss", .xml_url = blog.feed_url});
    return feeds::write_opml(list);
  }

 private:
  std::jthread thread_;
};

// A hub's files and settings, allowed to poll loopback addresses on `port`.
struct Files {
  ScratchFolder folder;
  std::string config;
  Files(const std::string& opml, int port) {
    folder.write("members.opml", opml);
    config = folder.write("voice.toml", "[store]\ndatabase = \"" + folder.file("voice.db") + "\"\nmembers = \"" +
                                            folder.file("members.opml") +
                                            "\"\n[server]\nlisten = \"127.0.0.1:0\"\n[fetch]\nallow_private_networks = "
                                            "[\"127.0.0.0/8\"]\nallow_ports = [\"" +
                                            std::to_string(port) + "\"]\nmin_interval_seconds = 1\n");
  }
};

int port_said_by(const Child& hub) {
  REQUIRE_MESSAGE(hub.says("listening on http://127.0.0.1:", 60s), hub.err());
  const auto text = hub.err();
  return std::atoi(text.c_str() + text.find("http://127.0.0.1:") + 17);
}

// Looks again until it is so; what arrives by itself has no other sign.
bool comes_true(const std::function<bool()>& check, std::chrono::seconds longest = 30s) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (!check()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(50ms);
  }
  return true;
}

feeds::Feed read(const Page& page, const char* path) {
  REQUIRE(page.status == 200);
  const auto& type = page.headers.at("content-type");
  auto feed =
      feeds::read_document({.bytes = page.body, .url = std::string("http://127.0.0.1") + path, .content_type = type});
  REQUIRE_MESSAGE(feed, (feed ? "" : feed.error().what));
  CHECK(feed->well_formed);
  return *feed;
}

OriginAnswer rss(const std::string& items) {
  return {
      .content_type = "application/rss+xml",
      .body =
          "<rss version='2.0'><channel><title>T</title><link>https://t.example/</link><description>d</description>" +
          items + "</channel></rss>"};
}

std::string item(const std::string& title) {
  return "<item><title>" + title + "</title><link>https://t.example/" + title + "</link><guid>" + title +
         "</guid></item>";
}

}  // namespace

TEST_CASE("the demo shows the whole hub: every sample blog is read and comes out again as pages and feeds") {
  ScratchFolder folder;
  Child demo({VOICE_BINARY, "demo", "--listen", "127.0.0.1:0", "--database", folder.file("demo.db"), "--no-browser"});
  const int port = port_said_by(demo);
  const char* titles[] = {"We deleted 400 pages and nobody complained",
                          "Weeknotes 48: planning, and planning for planning",
                          "The UPRN is not an address, and that is the point",
                          "Minutes that people can search",
                          "Our oldest server is old enough to vote",
                          "Episode 12: what the switchboard knows",
                          "What we learned selling less software"};
  for (const char* title : titles) {
    CAPTURE(title);
    CHECK(comes_true([&] { return holds(get(port, "/").body, title); }));
  }
  const auto river = get(port, "/").body;
  CHECK(holds(river, "Dylunio ffurflenni yn ddwyieithog"));
  CHECK(holds(river, "lang=\"cy\""));
  CHECK(holds(river, "A man came in to pay a parking fine"));  // a post without a title is known by its first words
  CHECK_FALSE(holds(river, "must never run"));
  for (const char* path : {"/feed.atom", "/feed.rss", "/feed.json"}) {
    CAPTURE(path);
    CHECK(holds(river, std::string("href=\"") + path) + holds(river, std::string(path) + "\"") > 0);
    const auto feed = read(get(port, path), path);
    CHECK(feed.entries.size() >= 15);
    for (const auto& entry : feed.entries) {
      CAPTURE(entry.title);
      CHECK_FALSE(entry.id.empty());
      REQUIRE(entry.source);
      CHECK_FALSE(entry.source->title.empty());
      CHECK_FALSE(holds(entry.content_html, "<script"));
    }
  }
  const auto members = feeds::read_opml(get(port, "/members.opml").body);
  REQUIRE(members);
  CHECK(feeds::feeds_of(*members).size() == 12);
  demo.signal(SIGTERM);
  CHECK(demo.wait(6s) == 0);
}

TEST_CASE("a hub that is stopped and started again goes on where it was, and polls unchanged feeds conditionally") {
  std::atomic<int> polls{0}, conditional{0};
  Blogs blogs;
  blogs.add("One", [&](const OriginRequest& request) {
    ++polls;
    if (request.headers.contains("if-none-match")) ++conditional;
    return std::optional(rss(item("first") + item("second")));
  });
  blogs.start();
  Files files(blogs.opml(), blogs.origin.port());
  for (int start = 0; start < 2; ++start) {
    Child hub({VOICE_BINARY, "serve", "--config", files.config});
    const int port = port_said_by(hub);
    CHECK(comes_true([&] { return holds(get(port, "/").body, "first"); }));
    hub.signal(start == 0 ? SIGTERM : SIGINT);
    CHECK(hub.wait(5s) == 0);
  }
  CHECK(polls >= 1);
  CHECK(conditional == polls - 1);  // all but the very first
}

TEST_CASE("a bad feed costs its own blog one failure with a reason, and delays and loses nothing else") {
  Blogs blogs;
  const std::string start = "<rss version='2.0'><channel><title>T</title><link>https://t.example/</link>";
  blogs.add("Good", [](const OriginRequest&) { return std::optional(rss(item("good"))); });
  blogs.add("A page", [](const OriginRequest&) {
    return std::optional(
        OriginAnswer{.content_type = "text/html", .body = "<!DOCTYPE html><title>Welcome</title><p>Hi"});
  });
  blogs.add("Empty", [](const OriginRequest&) { return std::optional(OriginAnswer{.content_type = "text/xml"}); });
  blogs.add("Huge", [=](const OriginRequest&) {
    return std::optional(OriginAnswer{.content_type = "text/xml", .body = start + std::string(50 << 20, ' ')});
  });
  blogs.add("Cut", [=](const OriginRequest&) {
    return std::optional(OriginAnswer{.content_type = "text/xml", .body = start + item("half") + "<item><title>lost"});
  });
  blogs.add("Malformed", [=](const OriginRequest&) {
    return std::optional(
        OriginAnswer{.content_type = "text/xml", .body = start + item("mended") + "<b>Q & A</channel></rss>"});
  });
  blogs.add("Charset", [=](const OriginRequest&) {
    return std::optional(
        OriginAnswer{.content_type = "text/xml; charset=utf-8", .body = start + item("caf\xE9") + "</channel></rss>"});
  });
  blogs.add("Silent", [](const OriginRequest&) { return std::optional<OriginAnswer>(); });
  blogs.start();
  Files files(blogs.opml(), blogs.origin.port());
  Child hub({VOICE_BINARY, "serve", "--config", files.config});
  const int port = port_said_by(hub);
  for (const std::string expected : {"good", "mended", "caf\xC3\xA9"}) {
    CAPTURE(expected);
    CHECK_MESSAGE(comes_true([&] { return holds(get(port, "/").body, expected); }, 15s),
                  hub.err());  // the silent one still holds its breath
  }
  hub.signal(SIGTERM);
  CHECK(hub.wait(5s) == 0);

  Child history({VOICE_BINARY, "serve", "--no-fetch", "--config", files.config});
  const int again = port_said_by(history);
  const auto page = get(again, "/blogs").body;
  CHECK(holds(get(again, "/").body, "good"));
  for (const char* title : {"A page", "Empty", "Huge", "Cut"}) {
    CAPTURE(title);
    CHECK(holds(page, title));
  }
}

TEST_CASE("with no network the river says that nothing has been fetched, and why, feed by feed") {
  Files files(
      "<opml version='2.0'><head/><body><outline type='rss' text='Unreachable blog' "
      "xmlUrl='http://127.0.0.9:1/feed'/></body></opml>",
      1);
  Child hub({VOICE_BINARY, "serve", "--config", files.config});
  const int port = port_said_by(hub);
  CHECK(comes_true([&] { return holds(get(port, "/").body, "Unreachable blog"); }));
  CHECK(comes_true([&] { return holds(get(port, "/").body, "127.0.0.9"); }));
  hub.signal(SIGTERM);
  CHECK(hub.wait(5s) == 0);
}

TEST_CASE("templates read from a folder show as soon as they are saved, and a broken one is told and not used") {
  ScratchFolder folder;
  std::filesystem::copy(PROJECT_ROOT "/views/templates", folder.file("templates"));
  Child hub({VOICE_BINARY, "serve", "--no-fetch", "--listen", "127.0.0.1:0", "--database", folder.file("voice.db"),
             "--views", folder.file("templates")});
  const int port = port_said_by(hub);
  REQUIRE(get(port, "/").status == 200);
  folder.write("templates/layout.mustache", "{{#broken}}");
  CHECK(hub.says("the old templates stay", 10s));
  CHECK(get(port, "/").status == 200);
  folder.write("templates/layout.mustache", "a new frame around {{{page_body_html}}}");
  CHECK(comes_true([&] { return holds(get(port, "/").body, "a new frame around"); }, 10s));
  hub.signal(SIGTERM);
  CHECK(hub.wait(5s) == 0);
}

TEST_CASE("a bad setting stops the start with one line that names file, key and what is allowed") {
  ScratchFolder folder;
  const auto config = folder.write("voice.toml", "[fetch]\njitter = \"often\"\n");
  Child hub({VOICE_BINARY, "serve", "--config", config});
  CHECK(hub.wait(10s) == 1);
  const auto line = hub.err();
  CHECK(holds(line, config));
  CHECK(holds(line, "[fetch] jitter"));
  CHECK(holds(line, "a number from 0 to 1"));
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
}

TEST_CASE("a file that is no database stops the start and is left as it was") {
  ScratchFolder folder;
  const auto path = folder.write("notes.txt", std::string(5000, 'x'));
  Child hub({VOICE_BINARY, "serve", "--database", path});
  CHECK(hub.wait(10s) == 3);
  CHECK(holds(hub.err(), "not a database"));
}
