#include "store/organisations.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace voice::store {
namespace {
constexpr std::string_view kColumns =
    "o.id, o.slug, o.code, o.name, o.kind, o.nation, o.started_on, o.ended_on, o.successors, o.post_count, o.blog_count";

Organisation read_organisation(const Rows& rows) {
  Organisation o{.id = rows.id<OrganisationId>(0),
                 .slug = rows.text(1),
                 .code = rows.text(2),
                 .name = rows.text(3),
                 .kind = rows.text(4),
                 .nation = rows.text(5),
                 .started_on = rows.text(6),
                 .ended_on = rows.text(7),
                 .successors = {},
                 .post_count = rows.integer(9),
                 .blog_count = rows.integer(10)};
  for (const auto code : split(rows.text_view(8), ' '))
    if (!code.empty()) o.successors.emplace_back(code);
  return o;
}

std::vector<Organisation> read_all(Rows& rows) {
  std::vector<Organisation> all;
  while (rows.step()) all.push_back(read_organisation(rows));
  return all;
}

std::string select(std::string_view where) {
  return "SELECT " + std::string(kColumns) + " FROM organisations AS o " + std::string(where);
}

std::string free_organisation_slug(Writer& db, std::string_view name) {
  auto base = slug_of(name);
  if (base.empty()) base = "organisation";
  for (int n = 1;; ++n) {
    auto slug = n == 1 ? base : base + "-" + std::to_string(n);
    auto rows = db.query("SELECT 1 FROM organisations WHERE slug = :slug");
    rows.bind(":slug", slug);
    if (!rows.step()) return slug;
  }
}

bool has_code(Writer& db, std::string_view code) {
  auto rows = db.query("SELECT 1 FROM organisations WHERE code = :code");
  rows.bind(":code", code);
  return rows.step();
}

// The fields of one line of our own list, which has no line breaks and doubles no quotes.
std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) fields.emplace_back();
    else fields.back() += c;
  }
  return fields;
}

// Among bodies of one key, one that exists is meant before one that has merged.
OrganisationId organisation_with_key(Writer& db, const std::string& key) {
  auto rows = db.query("SELECT id FROM organisations WHERE name_key = :key ORDER BY ended_on IS NOT NULL, id LIMIT 1");
  rows.bind(":key", key);
  return rows.step() ? rows.id<OrganisationId>(0) : OrganisationId{};
}

void queue_posts(Writer& db, BlogId blog) {
  db.change("UPDATE entries SET indexed_at = NULL WHERE blog_id = :blog AND indexed_at IS NOT NULL").bind(":blog", blog).run();
}

Blog read_blog(const Rows& rows, int at) {
  Blog blog;
  blog.id = rows.id<BlogId>(at);
  blog.slug = rows.text(at + 1);
  blog.title = rows.text(at + 2);
  blog.author = rows.text(at + 3);
  blog.kind = parse_blog_kind(rows.text_view(at + 4)).value_or(BlogKind::practitioner);
  blog.state = parse_blog_state(rows.text_view(at + 5)).value_or(BlogState::active);
  blog.last_post = rows.optional_time(at + 6);
  blog.post_count = rows.integer(at + 7);
  return blog;
}

Affiliation read_affiliation(const Rows& rows, int at) {
  return {.id = rows.integer(at),
          .blog = rows.id<BlogId>(at + 1),
          .organisation = rows.id<OrganisationId>(at + 2),
          .role = rows.text(at + 3),
          .since = rows.optional_time(at + 4),
          .until = rows.optional_time(at + 5)};
}
}  // namespace

std::string organisation_key(std::string_view name) {
  static constexpr std::array kGeneric = {"the",  "of",     "council",      "borough", "city",   "county",   "district", "london",
                                          "royal", "metropolitan", "cyngor", "comhairle", "corporation", "and", "upon", "unitary", "authority"};
  std::string key;
  std::string lower;
  for (const char c : replace_all(name, "&", " and ")) lower += c == '-' || c == ',' || c == '.' ? ' ' : ascii_lower(c);
  const auto words = split(lower, ' ');
  for (const auto word : words) {
    if (word.empty() || std::find(kGeneric.begin(), kGeneric.end(), word) != kGeneric.end()) continue;
    if (!key.empty()) key += ' ';
    key += replace_all(word, "'", "");
  }
  // "County Durham", "City of London": where nothing is left, the whole name is the key.
  return key.empty() ? collapse_space(lower) : key;
}

int import_councils(Writer& db, std::string_view csv) {
  int added = 0;
  bool heading = true;
  for (const auto line : split(csv, '\n')) {
    const auto text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    if (std::exchange(heading, false)) continue;
    const auto f = csv_fields(text);
    if (f.size() != 7 || has_code(db, f[0])) continue;
    db.change(R"sql(
      INSERT INTO organisations (slug, code, name, name_key, kind, nation, started_on, ended_on, successors)
      VALUES (:slug, :code, :name, :key, :kind, :nation, :started, :ended, :successors))sql")
        .bind(":slug", free_organisation_slug(db, f[1]))
        .bind(":code", f[0])
        .bind(":name", f[1])
        .bind(":key", organisation_key(f[1]))
        .bind(":kind", f[2])
        .bind(":nation", f[3])
        .bind_or_null(":started", f[4])
        .bind_or_null(":ended", f[5])
        .bind(":successors", f[6])
        .run();
    ++added;
  }
  return added;
}

OrganisationId organisation_named(Writer& db, std::string_view name) {
  const auto key = organisation_key(name);
  if (const auto found = organisation_with_key(db, key)) return found;
  db.change("INSERT INTO organisations (slug, name, name_key, kind) VALUES (:slug, :name, :key, 'body')")
      .bind(":slug", free_organisation_slug(db, name))
      .bind(":name", collapse_space(name))
      .bind(":key", key)
      .run();
  return OrganisationId{db.last_id()};
}

void link_organisations(Writer& db) {
  struct Waiting {
    BlogId blog;
    std::string organisation;
  };
  std::vector<Waiting> waiting;
  {
    auto rows = db.query(R"sql(
      SELECT b.id, b.organisation
      FROM blogs AS b
      WHERE b.state IN ('active', 'paused', 'gone') AND b.organisation IS NOT NULL AND b.organisation <> ''
        AND NOT EXISTS (SELECT 1 FROM affiliations AS a WHERE a.blog_id = b.id))sql");
    while (rows.step()) waiting.push_back({rows.id<BlogId>(0), rows.text(1)});
  }
  for (const auto& w : waiting)
    add_affiliation(db, {.id = 0, .blog = w.blog, .organisation = organisation_named(db, w.organisation), .role = "", .since = {}, .until = {}});
}

void add_affiliation(Writer& db, const Affiliation& a) {
  db.change(R"sql(
    INSERT INTO affiliations (blog_id, organisation_id, role, since_at, until_at)
    VALUES (:blog, :organisation, :role, :since, :until))sql")
      .bind(":blog", a.blog)
      .bind(":organisation", a.organisation)
      .bind(":role", a.role)
      .bind(":since", a.since)
      .bind(":until", a.until)
      .run();
  db.change(R"sql(
    UPDATE organisations
    SET blog_count = (SELECT count(DISTINCT blog_id) FROM affiliations WHERE organisation_id = :organisation)
    WHERE id = :organisation)sql")
      .bind(":organisation", a.organisation)
      .run();
  queue_posts(db, a.blog);
  bump_change_number(db);
}

void remove_affiliation(Writer& db, std::int64_t affiliation) {
  BlogId blog;
  OrganisationId organisation;
  {
    auto rows = db.query("SELECT blog_id, organisation_id FROM affiliations WHERE id = :id");
    rows.bind(":id", affiliation);
    if (!rows.step()) return;
    blog = rows.id<BlogId>(0);
    organisation = rows.id<OrganisationId>(1);
  }
  db.change("DELETE FROM affiliations WHERE id = :id").bind(":id", affiliation).run();
  db.change(R"sql(
    UPDATE organisations
    SET blog_count = (SELECT count(DISTINCT blog_id) FROM affiliations WHERE organisation_id = :organisation)
    WHERE id = :organisation)sql")
      .bind(":organisation", organisation)
      .run();
  queue_posts(db, blog);
  bump_change_number(db);
}

std::optional<Organisation> find_organisation(Reader& db, std::string_view slug) {
  auto rows = db.query(select("WHERE o.slug = :slug"));
  rows.bind(":slug", slug);
  if (!rows.step()) return std::nullopt;
  return read_organisation(rows);
}

std::optional<Organisation> find_organisation_by_code(Reader& db, std::string_view code) {
  auto rows = db.query(select("WHERE o.code = :code"));
  rows.bind(":code", code);
  if (!rows.step()) return std::nullopt;
  return read_organisation(rows);
}

std::vector<Organisation> organisations_with_blogs(Reader& db) {
  auto rows = db.query(select("WHERE o.blog_count > 0 ORDER BY o.name COLLATE NOCASE"));
  return read_all(rows);
}

std::vector<Organisation> all_councils(Reader& db) {
  auto rows = db.query(select("WHERE o.code IS NOT NULL ORDER BY o.name COLLATE NOCASE"));
  return read_all(rows);
}

std::vector<Organisation> predecessors_of(Reader& db, std::string_view code) {
  auto rows = db.query(select("WHERE ' ' || o.successors || ' ' LIKE '% ' || :code || ' %' ORDER BY o.name COLLATE NOCASE"));
  rows.bind(":code", code);
  return read_all(rows);
}

std::vector<AffiliatedBlog> blogs_of(Reader& db, OrganisationId organisation) {
  auto rows = db.query(R"sql(
    SELECT b.id, b.slug, b.title, b.author, b.kind, b.state, b.last_post_at, b.post_count,
           a.id, a.blog_id, a.organisation_id, a.role, a.since_at, a.until_at
    FROM affiliations AS a JOIN blogs AS b ON b.id = a.blog_id
    WHERE a.organisation_id = :organisation AND b.state IN ('active', 'paused', 'gone')
    ORDER BY a.until_at IS NOT NULL, b.title COLLATE NOCASE)sql");
  rows.bind(":organisation", organisation);
  std::vector<AffiliatedBlog> blogs;
  while (rows.step()) blogs.push_back({.blog = read_blog(rows, 0), .affiliation = read_affiliation(rows, 8)});
  return blogs;
}

std::vector<BlogAffiliation> affiliations_of(Reader& db, BlogId blog) {
  auto rows = db.query("SELECT " + std::string(kColumns) + R"sql(, a.id, a.blog_id, a.organisation_id, a.role, a.since_at, a.until_at
    FROM affiliations AS a JOIN organisations AS o ON o.id = a.organisation_id
    WHERE a.blog_id = :blog
    ORDER BY a.until_at IS NOT NULL, a.since_at DESC)sql");
  rows.bind(":blog", blog);
  std::vector<BlogAffiliation> all;
  while (rows.step()) all.push_back({.organisation = read_organisation(rows), .affiliation = read_affiliation(rows, 11)});
  return all;
}

}  // namespace voice::store
