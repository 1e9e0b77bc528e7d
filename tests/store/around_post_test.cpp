#include "store/around_post.h"

#include <doctest/doctest.h>
#include <map>

#include "store/membership.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;
using namespace std::chrono_literals;

namespace {

// How often each post is chosen by a thousand choices that lie evenly.
std::map<std::int64_t, int> drawn_in_a_thousand(Hub& hub) {
  std::map<std::int64_t, int> drawn;
  const auto reader = hub.db.reader();
  for (std::uint64_t n = 0; n < 1000; ++n) {
    const auto post = random_post(*reader, static_cast<std::uint32_t>((n << 32) / 1000), hub.now);
    if (post) ++drawn[post->value];
  }
  return drawn;
}

Post post_at(const char* url, std::chrono::seconds age) {
  return {.title = url, .html = "<p>x</p>", .url = url, .age = age};
}

}  // namespace

TEST_CASE("a post from another council is any council's post of the last year, each as likely as any other") {
  Hub hub;
  const auto ann = hub.add_blog({.title = "Ann", .organisation = "Hackney Council"});
  const auto wyn = hub.add_blog({.title = "Wyn", .organisation = "Cardiff Council"});
  const auto acme = hub.add_blog({.title = "Acme", .organisation = "Acme Ltd", .kind = BlogKind::supplier});
  const auto nobody = hub.add_blog({.title = "Nobody's"});
  // Three in an hour, then months of silence: what follows the silence is no likelier for it.
  auto posts = hub.add_posts(
      ann, {post_at("https://ann.example/1", 300 * 24h), post_at("https://ann.example/2", 300 * 24h + 20min),
            post_at("https://ann.example/3", 300 * 24h + 40min), post_at("https://ann.example/old", 400 * 24h)});
  posts.pop_back();
  posts.push_back(hub.add_post(wyn, post_at("https://wyn.example/1", 1h)));
  hub.add_post(acme, post_at("https://acme.example/1", 2h));
  hub.add_post(nobody, post_at("https://nobody.example/1", 3h));
  auto drawn = drawn_in_a_thousand(hub);
  CHECK(drawn.size() == 4);
  for (const auto id : posts) CHECK(drawn[id.value] == 250);

  hub.db.write([&](Writer& db) { hide_post(db, posts[0], hub.now); });
  drawn = drawn_in_a_thousand(hub);
  CHECK(drawn.size() == 3);
  for (const auto& [id, times] : drawn) CHECK((times > 280 && times < 390));
}

TEST_CASE("where no council wrote in the last year a post by any member comes, or the newest there is") {
  Hub hub;
  CHECK_FALSE(random_post(*hub.db.reader(), 7, hub.now));
  const auto ann = hub.add_blog({.title = "Ann"});
  const auto old = hub.add_post(ann, post_at("https://ann.example/old", 900 * 24h));
  CHECK(random_post(*hub.db.reader(), 7, hub.now) == old);
  hub.add_posts(ann, {post_at("https://ann.example/1", 1h), post_at("https://ann.example/2", 200 * 24h)});
  const auto drawn = drawn_in_a_thousand(hub);
  CHECK(drawn.size() == 2);
  for (const auto& [id, times] : drawn) CHECK(times == 500);
}
