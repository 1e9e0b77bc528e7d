#include "fetcher/identity.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace voice;
using namespace voice::fetcher;
using feeds::Entry;
using store::KnownEntry;

namespace {

Entry entry(const std::string& id, const std::string& url, const std::string& title = "A title") {
  Entry out;
  out.id = id;
  out.url = url;
  out.title = title;
  out.content_html = "<p>" + title + "</p>";
  return out;
}

// What would be stored after a first poll of these.
std::vector<KnownEntry> stored(const std::vector<Entry>& entries) {
  std::vector<KnownEntry> known;
  for (const auto& identified : identify(entries, {}))
    known.push_back({.guid = identified.guid,
                     .original_id = entries[identified.index].id,
                     .url = entries[identified.index].url,
                     .content_hash = identified.hash});
  return known;
}

int new_ones(const std::vector<Identified>& all) {
  return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& i) { return !i.known; }));
}
int changed_ones(const std::vector<Identified>& all) {
  return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& i) { return i.changed; }));
}

}  // namespace

TEST_CASE("the second poll of the same posts finds nothing new, whatever the feed does to their names") {
  const auto a = entry("a", "https://blog.example/a", "One");
  const auto b = entry("b", "https://blog.example/b", "Two");
  const struct {
    const char* name;
    std::vector<Entry> before;
    std::vector<Entry> after;
  } cases[] = {
      {"nothing", {a, b}, {a, b}},
      {"new guids, same links", {a, b}, {entry("x", a.url, "One"), entry("y", b.url, "Two")}},
      {"http became https in the guid",
       {entry("http://blog.example/a", "", "One")},
       {entry("https://blog.example/a", "", "One")}},
      {"http became https in the link",
       {entry("a", "http://blog.example/a", "One")},
       {entry("a", "https://blog.example/a", "One")}},
      {"a tracking parameter in the link",
       {entry("", "https://blog.example/a", "One")},
       {entry("", "https://blog.example/a?utm_source=rss", "One")}},
      {"no guid, known by the link", {entry("", a.url, "One")}, {entry("", a.url, "One")}},
      {"no guid and no link, known by the text", {entry("", "", "One")}, {entry("", "", "One")}},
      {"a guid appeared", {entry("", a.url, "One")}, {a}},
      {"a guid went", {a}, {entry("", a.url, "One")}},
      {"another order", {a, b}, {b, a}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto again = identify(c.after, stored(c.before));
    CHECK(again.size() == c.before.size());
    CHECK(new_ones(again) == 0);
    CHECK(changed_ones(again) == 0);
  }
}

TEST_CASE("a changed text is the same post, changed") {
  const auto known = stored({entry("a", "https://blog.example/a", "Old")});
  const auto again = identify({entry("a", "https://blog.example/a", "New")}, known);
  REQUIRE(again.size() == 1);
  CHECK(again[0].known);
  CHECK(again[0].changed);
  CHECK(again[0].guid == known[0].guid);
}

TEST_CASE("a repeated guid is no guid") {
  const std::vector<Entry> entries = {entry("same", "https://blog.example/a", "One"),
                                      entry("same", "https://blog.example/b", "Two"),
                                      entry("own", "https://blog.example/c", "Three")};
  const auto first = identify(entries, {});
  CHECK(first.size() == 3);
  CHECK(new_ones(identify(entries, stored(entries))) == 0);
}

TEST_CASE("one guid and one link for all leaves the text to tell posts apart") {
  const std::vector<Entry> entries = {entry("same", "https://blog.example/", "One"),
                                      entry("same", "https://blog.example/", "Two")};
  CHECK(identify(entries, {}).size() == 2);
  CHECK(new_ones(identify(entries, stored(entries))) == 0);
}

TEST_CASE("a link that several posts share does not make them one") {
  const std::vector<Entry> before = {entry("1", "https://blog.example/", "One")};
  const std::vector<Entry> after = {entry("2", "https://blog.example/", "Two"),
                                    entry("1", "https://blog.example/", "One")};
  const auto again = identify(after, stored(before));
  CHECK(again.size() == 2);
  CHECK(new_ones(again) == 1);
}

TEST_CASE("an entry said twice is stored once") {
  const auto a = entry("a", "https://blog.example/a", "One");
  CHECK(identify({a, a}, {}).size() == 1);
}

TEST_CASE("a new post at an old link keeps its own name while the old one is still listed") {
  const auto old_post = entry("1", "https://elsewhere.example/thing", "First word on it");
  const auto new_post = entry("2", "https://elsewhere.example/thing", "Second word on it");
  const auto again = identify({new_post, old_post}, stored({old_post}));
  CHECK(again.size() == 2);
  CHECK(new_ones(again) == 1);
}
