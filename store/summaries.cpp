#include "store/summaries.h"

#include <vector>

#include "content/excerpt.h"
#include "store/counters.h"

namespace voice::store {
namespace {

constexpr int kBatch = 200;

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
  if (counter(*database.reader(), "summary_version") >= content::kSummaryVersion) return;
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
    set_counter(db, "summary_version", content::kSummaryVersion);
    bump_change_number(db);
  });
}

}  // namespace voice::store
