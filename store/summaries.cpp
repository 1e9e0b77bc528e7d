#include "store/summaries.h"

#include <vector>

#include "content/excerpt.h"

namespace voice::store {
namespace {

constexpr int kBatch = 200;

std::int64_t version_of_stored(Reader& db) {
  auto rows = db.query("SELECT value FROM counters WHERE name = 'summary_version'");
  return rows.step() ? rows.integer(0) : 0;
}

struct Told {
  EntryId id;
  content::SafeHtml body;
};

std::vector<Told> read_batch(Reader& db, EntryId after) {
  auto rows = db.query(R"sql(
    SELECT entry_id, html FROM entry_bodies WHERE entry_id > :after ORDER BY entry_id LIMIT :limit)sql");
  rows.bind(":after", after.value).bind(":limit", kBatch);
  std::vector<Told> batch;
  while (rows.step()) batch.push_back({.id = rows.id<EntryId>(0), .body = content::SafeHtml::from_store(rows.text(1))});
  return batch;
}

void renew(Writer& db, const Told& post) {
  const auto summary = content::summarise(post.body);
  db.change(R"sql(
    UPDATE entries SET excerpt = :excerpt, words = :words, indexed_at = NULL
    WHERE id = :id AND (excerpt <> :excerpt OR words <> :words))sql")
      .bind(":excerpt", summary.excerpt)
      .bind(":words", static_cast<std::int64_t>(summary.words))
      .bind(":id", post.id)
      .run();
}

}  // namespace

void renew_summaries(Database& database, const std::stop_token& stop) {
  if (version_of_stored(*database.reader()) >= content::kSummaryVersion) return;
  for (EntryId last{0};;) {
    if (stop.stop_requested()) return;
    // Read inside the transaction: a refresh may change a post between two batches.
    const bool more = database.write([&](Writer& db) {
      const auto batch = read_batch(db, last);
      for (const auto& post : batch) renew(db, post);
      if (!batch.empty()) last = batch.back().id;
      return !batch.empty();
    });
    if (!more) break;
  }
  database.write([](Writer& db) {
    db.change(R"sql(
      INSERT INTO counters (name, value) VALUES ('summary_version', :version)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value)sql")
        .bind(":version", content::kSummaryVersion)
        .run();
    bump_change_number(db);
  });
}

}  // namespace voice::store
