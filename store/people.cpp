#include "store/people.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url.h"
#include "store/free_name.h"

namespace voice::store {
namespace {

constexpr std::string_view kColumns = "p.id, p.slug, p.name, p.post_count";

Person read_person(const Rows& rows) {
  return {.id = rows.id<PersonId>(0), .slug = rows.text(1), .name = rows.text(2), .post_count = rows.integer(3)};
}

std::vector<Person> read_all(Rows rows) {
  std::vector<Person> people;
  while (rows.step()) people.push_back(read_person(rows));
  return people;
}

std::string select(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM people AS p " + std::string(rest);
}

bool is_taken(Writer& db, std::string_view slug) { return find_person(db, slug).has_value(); }

// The second Jane Smith is told apart by her blog, not by a number.
std::string free_person_slug(Writer& db, std::string_view name, BlogId blog) {
  const auto own = slug_of(name).empty() ? std::string("writer") : slug_of(name);
  if (!is_taken(db, own)) return own;
  const auto found = find_blog(db, blog);
  const auto base = found ? own + "-at-" + found->slug : own;
  return free_name(base, [&db](const std::string& slug) { return is_taken(db, slug); });
}

PersonId known_on(Reader& db, BlogId blog, const std::string& key) {
  auto rows = db.query("SELECT person_id FROM person_names WHERE blog_id = :blog AND name_key = :key");
  rows.bind(":blog", blog).bind(":key", key);
  return rows.step() ? rows.id<PersonId>(0) : PersonId{};
}

// Somebody of that name on the blog whose home page the byline gives as theirs.
PersonId known_by_address(Reader& db, const std::string& url, const std::string& key) {
  if (url.empty()) return {};
  auto rows = db.query(R"sql(
    SELECT n.person_id, b.home_url
    FROM person_names AS n JOIN blogs AS b ON b.id = n.blog_id
    WHERE n.name_key = :key AND b.home_url IS NOT NULL)sql");
  rows.bind(":key", key);
  while (rows.step())
    if (url_key(rows.text_view(1)) == url_key(url)) return rows.id<PersonId>(0);
  return {};
}

PersonId add_person(Writer& db, BlogId blog, const std::string& name) {
  db.change("INSERT INTO people (slug, name) VALUES (:slug, :name)")
      .bind(":slug", free_person_slug(db, name, blog))
      .bind(":name", name)
      .run();
  return PersonId{db.last_id()};
}

PersonId person_on(Writer& db, BlogId blog, const feeds::Person& byline) {
  const auto name = collapse_space(byline.name);
  const auto key = person_key(name);
  if (const auto known = known_on(db, blog, key)) return known;
  auto person = known_by_address(db, byline.url, key);
  if (!person) person = add_person(db, blog, name);
  db.change("INSERT INTO person_names (blog_id, name_key, person_id) VALUES (:blog, :key, :person)")
      .bind(":blog", blog)
      .bind(":key", key)
      .bind(":person", person)
      .run();
  return person;
}

}  // namespace

std::string person_key(std::string_view name) { return to_ascii_lower(collapse_space(name)); }

bool names_a_person(std::string_view byline) {
  static constexpr std::array<std::string_view, 33> kNobody = {
      "admin",   "administrator", "editor", "editors",        "team",
      "council", "digital",       "blog",   "communications", "comms",
      "the",     "guest",         "user",   "staff",          "office",
      "service", "services",      "web",    "webmaster",      "anonymous",
      "unknown", "group",         "ltd",    "limited",        "plc",
      "llp",     "inc",           "gmbh",   "software",       "solutions",
      "systems", "consulting",    "cic"};
  const auto key = person_key(byline);
  if (key.empty() || key.size() > 80 || key.find_first_of("@/<>") != std::string::npos) return false;
  for (const auto word : split(key, ' '))
    if (std::find(kNobody.begin(), kNobody.end(), word) != kNobody.end()) return false;
  return true;
}

bool names_the_house(std::string_view byline, const Writing& writing) {
  const auto key = person_key(byline);
  if (key == person_key(writing.blog_organisation)) return true;
  if (writing.kind == BlogKind::practitioner || writing.kind == BlogKind::council_team) return false;
  return (" " + person_key(writing.blog_title) + " ").find(" " + key + " ") != std::string::npos;
}

std::vector<PersonId> put_people(Writer& db, const Writing& writing) {
  const auto is_person = [&](const std::string& name) {
    return names_a_person(name) && !names_the_house(name, writing);
  };
  std::vector<feeds::Person> bylines;
  for (const auto& author : writing.authors)
    if (is_person(author.name)) bylines.push_back(author);
  // A blog of one's own is its writer's whatever the feed's byline says; a group's posts are those of who signed them.
  const bool own_blog = !writing.blog_author.empty() && is_person(writing.blog_author);
  if (own_blog && (bylines.empty() || (writing.kind == BlogKind::practitioner && bylines.size() == 1)))
    bylines = {{.name = writing.blog_author, .url = {}, .email = {}}};

  db.change("DELETE FROM entry_people WHERE entry_id = :entry").bind(":entry", writing.entry).run();
  std::vector<PersonId> people;
  for (const auto& byline : bylines) {
    const auto person = person_on(db, writing.blog, byline);
    if (std::find(people.begin(), people.end(), person) != people.end()) continue;
    db.change("INSERT INTO entry_people (person_id, river_at, entry_id) VALUES (:person, :river_at, :entry)")
        .bind(":person", person)
        .bind(":river_at", writing.river_at)
        .bind(":entry", writing.entry)
        .run();
    people.push_back(person);
  }
  return people;
}

bool join_people(Writer& db, PersonId keep, PersonId other) {
  if (keep == other) return false;
  std::string old_slug;
  {
    auto rows =
        db.query("SELECT slug FROM people WHERE id = :other AND EXISTS (SELECT 1 FROM people WHERE id = :keep)");
    rows.bind(":other", other).bind(":keep", keep);
    if (!rows.step()) return false;
    old_slug = rows.text(0);
  }
  for (const char* sql : {"UPDATE person_names SET person_id = :keep WHERE person_id = :other",
                          "UPDATE person_slugs SET person_id = :keep WHERE person_id = :other",
                          "INSERT OR IGNORE INTO entry_people (person_id, river_at, entry_id) "
                          "SELECT :keep, river_at, entry_id FROM entry_people WHERE person_id = :other"})
    db.change(sql).bind(":keep", keep).bind(":other", other).run();
  db.change("DELETE FROM people WHERE id = :other").bind(":other", other).run();
  db.change("INSERT INTO person_slugs (slug, person_id) VALUES (:slug, :keep)")
      .bind(":slug", old_slug)
      .bind(":keep", keep)
      .run();
  bump_change_number(db);
  return true;
}

std::vector<Person> all_people(Reader& db) {
  return read_all(db.query(select("WHERE p.post_count > 0 ORDER BY p.name COLLATE NOCASE, p.id")));
}

std::optional<Person> find_person(Reader& db, std::string_view slug) {
  for (const char* where :
       {"WHERE p.slug = :slug", "WHERE p.id = (SELECT person_id FROM person_slugs WHERE slug = :slug)"}) {
    auto rows = db.query(select(where));
    rows.bind(":slug", slug);
    if (rows.step()) return read_person(rows);
  }
  return std::nullopt;
}

std::vector<Blog> blogs_by(Reader& db, PersonId person) {
  std::vector<Blog> blogs;
  auto rows = db.query("SELECT DISTINCT blog_id FROM person_names WHERE person_id = :person");
  rows.bind(":person", person);
  while (rows.step()) {
    auto blog = find_blog(db, rows.id<BlogId>(0));
    if (blog && is_shown(blog->state)) blogs.push_back(std::move(*blog));
  }
  std::sort(blogs.begin(), blogs.end(), [](const Blog& a, const Blog& b) { return a.title < b.title; });
  return blogs;
}

std::vector<Person> people_of(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT " + std::string(kColumns) +
                       " FROM entry_people AS e CROSS JOIN people AS p ON p.id = e.person_id "
                       "WHERE e.entry_id = :entry ORDER BY p.name COLLATE NOCASE, p.id");
  rows.bind(":entry", entry);
  return read_all(std::move(rows));
}

std::vector<Person> writers_of(Reader& db, BlogId blog, int limit) {
  auto rows = db.query("SELECT DISTINCT " + std::string(kColumns) +
                       " FROM person_names AS n CROSS JOIN people AS p ON p.id = n.person_id "
                       "WHERE n.blog_id = :blog AND p.post_count > 0 ORDER BY p.post_count DESC, p.id LIMIT :limit");
  rows.bind(":blog", blog).bind(":limit", limit);
  return read_all(std::move(rows));
}

}  // namespace voice::store
