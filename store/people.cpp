#include "store/people.h"

#include "base/text.h"

namespace voice::store {
namespace {
std::string free_person_slug(Writer& db, std::string_view name) {
  auto base = slug_of(name);
  if (base.empty()) base = "writer";
  for (int n = 1;; ++n) {
    auto slug = n == 1 ? base : base + "-" + std::to_string(n);
    auto rows = db.query("SELECT 1 FROM people WHERE slug = :slug");
    rows.bind(":slug", slug);
    if (!rows.step()) return slug;
  }
}

Person read_person(const Rows& rows) {
  return {.id = rows.id<PersonId>(0), .slug = rows.text(1), .name = rows.text(2), .post_count = rows.integer(3)};
}

std::vector<Person> read_all(Rows& rows) {
  std::vector<Person> people;
  while (rows.step()) people.push_back(read_person(rows));
  return people;
}
}  // namespace

std::string person_key(std::string_view name) { return to_ascii_lower(collapse_space(name)); }

void link_people(Writer& db) {
  std::vector<std::string> names;
  {
    auto rows = db.query(R"sql(
      SELECT DISTINCT author
      FROM blogs
      WHERE state IN ('active', 'paused', 'gone') AND author IS NOT NULL AND author <> '')sql");
    while (rows.step()) names.push_back(rows.text(0));
  }
  for (const auto& name : names) {
    auto known = db.query("SELECT 1 FROM people WHERE name_key = :key");
    known.bind(":key", person_key(name));
    if (known.step()) continue;
    db.change("INSERT INTO people (slug, name, name_key) VALUES (:slug, :name, :key)")
        .bind(":slug", free_person_slug(db, name))
        .bind(":name", collapse_space(name))
        .bind(":key", person_key(name))
        .run();
    // Their posts elsewhere carry the name in the byline.
    db.change("UPDATE entries SET indexed_at = NULL WHERE author = :name OR blog_id IN (SELECT id FROM blogs WHERE author = :name)")
        .bind(":name", name)
        .run();
    bump_change_number(db);
  }
}

std::vector<Person> all_people(Reader& db) {
  auto rows = db.query("SELECT id, slug, name, post_count FROM people WHERE post_count > 0 ORDER BY name COLLATE NOCASE");
  return read_all(rows);
}

std::optional<Person> find_person(Reader& db, std::string_view slug) {
  auto rows = db.query("SELECT id, slug, name, post_count FROM people WHERE slug = :slug");
  rows.bind(":slug", slug);
  if (!rows.step()) return std::nullopt;
  return read_person(rows);
}

std::vector<Blog> blogs_by(Reader& db, PersonId person) {
  std::vector<BlogId> ids;
  {
    auto rows = db.query(R"sql(
      SELECT DISTINCT e.blog_id
      FROM entry_people AS p CROSS JOIN entries AS e ON e.id = p.entry_id
      WHERE p.person_id = :person)sql");
    rows.bind(":person", person);
    while (rows.step()) ids.push_back(rows.id<BlogId>(0));
  }
  std::vector<Blog> blogs;
  for (const auto id : ids)
    if (auto blog = find_blog(db, id); blog && blog->state != BlogState::left) blogs.push_back(std::move(*blog));
  return blogs;
}

std::vector<Person> people_of(Reader& db, EntryId entry) {
  auto rows = db.query(R"sql(
    SELECT p.id, p.slug, p.name, p.post_count
    FROM entry_people AS e JOIN people AS p ON p.id = e.person_id
    WHERE e.entry_id = :entry
    ORDER BY p.name COLLATE NOCASE)sql");
  rows.bind(":entry", entry);
  return read_all(rows);
}

}  // namespace voice::store
