#include "store/icons.h"

#include "base/hash.h"

namespace voice::store {

std::optional<Icon> find_icon(Reader& db, BlogId blog) {
  auto rows = db.query("SELECT type, mark, bytes FROM blog_icons WHERE blog_id = :blog");
  rows.bind(":blog", blog);
  if (!rows.step()) return std::nullopt;
  return Icon{.type = rows.text(0), .mark = rows.text(1), .bytes = rows.blob(2)};
}

std::string icon_mark(Reader& db, BlogId blog) {
  auto rows = db.query("SELECT mark FROM blog_icons WHERE blog_id = :blog");
  rows.bind(":blog", blog);
  return rows.step() ? rows.text(0) : std::string();
}

void put_icon(Writer& db, BlogId blog, std::string_view type, std::string_view bytes) {
  const auto mark = to_hex(fingerprint(bytes)).substr(0, 12);
  if (icon_mark(db, blog) == mark) return;
  db.change(R"sql(
    INSERT INTO blog_icons (blog_id, type, mark, bytes) VALUES (:blog, :type, :mark, :bytes)
    ON CONFLICT (blog_id) DO UPDATE SET type = excluded.type, mark = excluded.mark, bytes = excluded.bytes)sql")
      .bind(":blog", blog)
      .bind(":type", type)
      .bind(":mark", mark)
      .bind_blob(":bytes", bytes)
      .run();
  bump_change_number(db);
}

void remove_icon(Writer& db, BlogId blog) {
  db.change("DELETE FROM blog_icons WHERE blog_id = :blog").bind(":blog", blog).run();
  if (db.rows_changed() > 0) bump_change_number(db);
}

}  // namespace voice::store
