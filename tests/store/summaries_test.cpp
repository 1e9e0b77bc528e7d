#include "store/summaries.h"

#include <doctest/doctest.h>

#include "store/blogs.h"
#include "tests/store/posts.h"

using namespace voice;
using namespace voice::store;

namespace {

std::string excerpt_of(Reader& db, EntryId id) {
  auto rows = db.query("SELECT excerpt FROM entries WHERE id = :id");
  rows.bind(":id", id);
  REQUIRE(rows.step());
  return rows.text(0);
}

void tell_as_before(Database& db, EntryId id) {
  db.write([&](Writer& writer) {
    writer.change("UPDATE entries SET excerpt = 'Heading then text' WHERE id = :id").bind(":id", id).run();
    writer.change("DELETE FROM counters WHERE name = 'summary_version'").run();
  });
}

}  // namespace

TEST_CASE("posts stored by an older version are summarised anew, once") {
  Hub hub;
  const auto blog = hub.add_blog({.title = "Fern blog"});
  const auto post = hub.add_post(blog, {.title = "A",
                                        .html = "<h2>Heading</h2><p>The text of this post says more than twelve words "
                                                "in its only paragraph.</p>",
                                        .url = "https://fern.example/a"});
  const auto right = excerpt_of(*hub.db.reader(), post);
  REQUIRE(right.starts_with("The text"));
  tell_as_before(hub.db, post);

  std::stop_source stopped;
  stopped.request_stop();
  renew_summaries(hub.db, stopped.get_token());
  CHECK(excerpt_of(*hub.db.reader(), post) == "Heading then text");

  renew_summaries(hub.db, {});
  CHECK(excerpt_of(*hub.db.reader(), post) == right);
  CHECK(index_all(hub.db, hub.clock) == 1);

  hub.db.write([&](Writer& writer) {
    writer.change("UPDATE entries SET excerpt = 'kept' WHERE id = :id").bind(":id", post).run();
  });
  renew_summaries(hub.db, {});
  CHECK(excerpt_of(*hub.db.reader(), post) == "kept");
}
