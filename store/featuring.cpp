#include "store/featuring.h"

#include <limits>

namespace voice::store {
namespace {

std::string select_features(std::string_view rest) {
  return "SELECT p.id, p.entry_id, p.sentence, p.position, p.starts_at, coalesce(p.ended_at, p.ends_at), u.name "
         "FROM featured AS p LEFT JOIN users AS u ON u.id = p.user_id " +
         std::string(rest);
}

Feature read_feature(const Rows& rows) {
  return {.id = rows.id<FeatureId>(0),
          .entry = rows.id<EntryId>(1),
          .sentence = rows.text(2),
          .position = static_cast<int>(rows.integer(3)),
          .starts = rows.time(4),
          .ends = rows.time(5),
          .by = rows.text(6)};
}

std::optional<Feature> one_feature(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_feature(rows);
}

std::vector<Feature> many_features(Rows rows) {
  std::vector<Feature> features;
  while (rows.step()) features.push_back(read_feature(rows));
  return features;
}

}  // namespace

Result<FeatureId> feature(Writer& db, const NewFeature& pick, sys_seconds now) {
  {
    auto rows = db.query("SELECT 1 FROM entries WHERE id = :id");
    rows.bind(":id", pick.entry);
    if (!rows.step()) return Error{ErrorCode::not_found, "no such post"};
  }
  if (current_feature_of(db, pick.entry, now)) return Error{ErrorCode::conflict, "featured already"};
  // One whose time ran out by itself is closed, so that the post can be picked again.
  db.change("UPDATE featured SET ended_at = ends_at WHERE entry_id = :entry AND ended_at IS NULL")
      .bind(":entry", pick.entry)
      .run();
  db.change(R"sql(
    INSERT INTO featured (entry_id, sentence, position, starts_at, ends_at, user_id)
    VALUES (:entry, :sentence, :position, :now, :ends, :user))sql")
      .bind(":entry", pick.entry)
      .bind(":sentence", pick.sentence)
      .bind(":position", pick.position)
      .bind(":now", now)
      .bind(":ends", pick.ends)
      .bind(":user", pick.by)
      .run();
  const FeatureId id{db.last_id()};
  bump_change_number(db);
  return id;
}

bool end_feature(Writer& db, FeatureId feature, sys_seconds now) {
  db.change("UPDATE featured SET ended_at = :now WHERE id = :id AND ended_at IS NULL AND ends_at > :now")
      .bind(":now", now)
      .bind(":id", feature)
      .run();
  const bool changed = db.rows_changed() == 1;
  if (changed) bump_change_number(db);
  return changed;
}

std::int64_t close_ended_features(Writer& db, sys_seconds now) {
  db.change("UPDATE featured SET ended_at = ends_at WHERE ended_at IS NULL AND ends_at <= :now")
      .bind(":now", now)
      .run();
  const auto closed = db.rows_changed();
  if (closed > 0) bump_change_number(db);
  return closed;
}

std::vector<Feature> current_features(Reader& db, sys_seconds now) {
  auto rows = db.query(select_features(R"sql(
    WHERE p.ended_at IS NULL AND p.starts_at <= :now AND p.ends_at > :now
    ORDER BY p.position, p.id DESC)sql"));
  rows.bind(":now", now);
  return many_features(std::move(rows));
}

std::vector<Feature> all_features(Reader& db, sys_seconds now, FeatureId before, int limit) {
  auto rows = db.query(select_features("WHERE p.starts_at <= :now AND p.id < :before ORDER BY p.id DESC LIMIT :limit"));
  rows.bind(":now", now)
      .bind(":before", before ? before.value : std::numeric_limits<std::int64_t>::max())
      .bind(":limit", limit);
  return many_features(std::move(rows));
}

std::optional<Feature> current_feature_of(Reader& db, EntryId entry, sys_seconds now) {
  auto rows = db.query(select_features("WHERE p.entry_id = :entry AND p.ended_at IS NULL AND p.ends_at > :now"));
  rows.bind(":entry", entry).bind(":now", now);
  return one_feature(std::move(rows));
}

std::string why_featured(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT sentence FROM featured WHERE entry_id = :entry ORDER BY id DESC LIMIT 1");
  rows.bind(":entry", entry);
  return rows.step() ? rows.text(0) : std::string();
}

std::optional<Feature> find_feature(Reader& db, FeatureId id) {
  auto rows = db.query(select_features("WHERE p.id = :id"));
  rows.bind(":id", id);
  return one_feature(std::move(rows));
}

}  // namespace voice::store
