#include "store/organisations.h"

#include <algorithm>
#include <array>

#include "base/embedded.h"
#include "base/text.h"
#include "base/time.h"
#include "store/free_name.h"

namespace voice::store {
namespace {
constexpr std::string_view kColumns =
    "o.id, o.slug, o.code, o.name, o.kind, o.nation, o.started_on, o.ended_on, o.successors, o.post_count, "
    "o.blog_count";

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
  return free_name(base, [&db](const std::string& slug) {
    auto rows = db.query("SELECT 1 FROM organisations WHERE slug = :slug");
    rows.bind(":slug", slug);
    return rows.step();
  });
}

bool is_here(Reader& db, const std::string& code, const std::string& name) {
  auto rows = db.query(code.empty() ? "SELECT 1 FROM organisations WHERE name = :wanted COLLATE NOCASE"
                                    : "SELECT 1 FROM organisations WHERE code = :wanted");
  rows.bind(":wanted", code.empty() ? name : code);
  return rows.step();
}

// The fields of one line of our own list, which has no line breaks and doubles no quotes.
std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

// Among bodies of one key, one that exists is meant before one that has merged.
constexpr std::string_view kByKey = R"sql(
    SELECT id FROM organisations WHERE name_key = :key ORDER BY ended_on IS NOT NULL, id LIMIT 1)sql";
constexpr std::string_view kByAlias = "SELECT organisation_id FROM organisation_aliases WHERE name_key = :key";

OrganisationId organisation_with_key(Reader& db, const std::string& key) {
  for (const auto sql : {kByKey, kByAlias}) {
    auto rows = db.query(sql);
    rows.bind(":key", key);
    if (rows.step()) return rows.id<OrganisationId>(0);
  }
  return {};
}

// What people write who write for nobody.
bool names_no_body(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNone = {"independent", "freelance", "personal", "none",
                                                            "n/a",         "self",      "myself",   "retired"};
  const auto lower = to_ascii_lower(trim(name));
  return std::any_of(kNone.begin(), kNone.end(), [&](auto word) { return lower.starts_with(word); });
}

std::optional<Organisation> find_by_id(Reader& db, OrganisationId id) {
  auto rows = db.query(select("WHERE o.id = :id"));
  rows.bind(":id", id);
  if (!rows.step()) return std::nullopt;
  return read_organisation(rows);
}

std::vector<Organisation> all_existing(Reader& db) {
  auto rows = db.query(select("WHERE o.ended_on IS NULL ORDER BY o.name COLLATE NOCASE, o.id"));
  return read_all(rows);
}

void queue_posts(Writer& db, BlogId blog) {
  db.change("UPDATE entries SET indexed_at = NULL WHERE blog_id = :blog AND indexed_at IS NOT NULL")
      .bind(":blog", blog)
      .run();
}

void end_affiliations(Writer& db, BlogId blog, sys_seconds when) {
  db.change("UPDATE affiliations SET until_at = :when WHERE blog_id = :blog AND until_at IS NULL")
      .bind(":when", when)
      .bind(":blog", blog)
      .run();
  queue_posts(db, blog);
  bump_change_number(db);
}

bool was_ever_with_somebody(Reader& db, BlogId blog) {
  auto rows = db.query("SELECT 1 FROM affiliations WHERE blog_id = :blog");
  rows.bind(":blog", blog);
  return rows.step();
}

void link(Writer& db, const BlogToLink& blog, sys_seconds now) {
  const auto means = blog.organisation.empty() ? OrganisationId{} : organisation_named(db, blog.organisation);
  if (blog.affiliation != 0 && means == blog.was) {  // other words for the same body
    db.change("UPDATE affiliations SET said = :said WHERE id = :id")
        .bind(":said", blog.organisation)
        .bind(":id", blog.affiliation)
        .run();
    return;
  }
  const bool moved = was_ever_with_somebody(db, blog.blog);
  if (moved) end_affiliations(db, blog.blog, now);
  if (means)
    add_affiliation(db, {.id = 0,
                         .blog = blog.blog,
                         .organisation = means,
                         .role = "",
                         .said = blog.organisation,
                         .since = moved ? std::optional(now) : std::nullopt,
                         .until = {}});
}

// A post of 2024 by a blog that said "Allerdale" before 2023 is Cumberland's.
OrganisationId body_on(Reader& db, OrganisationId id, const std::string& day) {
  for (int steps = 0; steps < 4; ++steps) {
    const auto body = find_by_id(db, id);
    if (!body || body->ended_on.empty() || day <= body->ended_on || body->successors.size() != 1) return id;
    const auto next = find_organisation_by_code(db, body->successors.front());
    if (!next) return id;
    id = next->id;
  }
  return id;
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
          .said = {},
          .since = rows.optional_time(at + 4),
          .until = rows.optional_time(at + 5)};
}
}  // namespace

std::string organisation_key(std::string_view name) {
  static constexpr std::array<std::string_view, 28> kGeneric = {
      "the",    "of",      "council",      "borough", "city",      "county",      "district",
      "london", "royal",   "metropolitan", "cyngor",  "comhairle", "corporation", "and",
      "upon",   "unitary", "authority",    "cc",      "bc",        "dc",          "mbc",
      "mdc",    "cbc",     "lb",           "rb",      "lbc",       "bwrdeistref", "sirol"};
  std::string lower;
  for (const char c : replace_all(replace_all(name, "&", " and "), "\xE2\x80\x99", "'"))
    if (c != '\'') lower += c == '-' || c == ',' || c == '.' ? ' ' : ascii_lower(c);
  std::string key;
  for (const auto word : split(lower, ' ')) {
    if (word.empty() || std::find(kGeneric.begin(), kGeneric.end(), word) != kGeneric.end()) continue;
    (key += key.empty() ? "" : " ") += word;
  }
  // "City of London": where nothing is left, the whole name is the key.
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
    if (f.size() != 8 || is_here(db, f[0], f[1])) continue;
    db.change(R"sql(
      INSERT INTO organisations (slug, code, name, name_key, kind, nation, started_on, ended_on, successors)
      VALUES (:slug, :code, :name, :key, :kind, :nation, :started, :ended, :successors))sql")
        .bind(":slug", free_organisation_slug(db, f[1]))
        .bind_or_null(":code", f[0])
        .bind(":name", f[1])
        .bind(":key", organisation_key(f[1]))
        .bind(":kind", f[2])
        .bind(":nation", f[3])
        .bind_or_null(":started", f[4])
        .bind_or_null(":ended", f[5])
        .bind(":successors", f[6])
        .run();
    const OrganisationId id{db.last_id()};
    for (const auto alias : split(f[7], '|'))
      if (!alias.empty()) add_alias(db, id, alias);
    ++added;
  }
  return added;
}

std::string_view built_in_councils() { return embedded_councils().front().bytes; }

OrganisationId find_organisation_named(Reader& db, std::string_view name) {
  {
    // Dorset County Council was not Dorset Council: what is written out is what is meant.
    auto rows = db.query("SELECT id FROM organisations WHERE name = :name COLLATE NOCASE");
    rows.bind(":name", collapse_space(name));
    if (rows.step()) return rows.id<OrganisationId>(0);
  }
  return organisation_with_key(db, organisation_key(name));
}

void add_alias(Writer& db, OrganisationId organisation, std::string_view name) {
  db.change("INSERT OR IGNORE INTO organisation_aliases (name_key, organisation_id) VALUES (:key, :id)")
      .bind(":key", organisation_key(name))
      .bind(":id", organisation)
      .run();
}

OrganisationId organisation_named(Writer& db, std::string_view name) {
  if (const auto found = find_organisation_named(db, name)) return found;
  const auto key = organisation_key(name);
  db.change("INSERT INTO organisations (slug, name, name_key, kind) VALUES (:slug, :name, :key, 'body')")
      .bind(":slug", free_organisation_slug(db, name))
      .bind(":name", collapse_space(name))
      .bind(":key", key)
      .run();
  return OrganisationId{db.last_id()};
}

std::vector<BlogToLink> blogs_to_link(Reader& db) {
  // Where they differ from what their affiliation was made from, or have none. What an editor gave stays.
  auto rows = db.query(R"sql(
    SELECT b.id, coalesce(b.organisation, ''), a.id, a.organisation_id
    FROM blogs AS b LEFT JOIN affiliations AS a ON a.blog_id = b.id AND a.until_at IS NULL
    WHERE b.state IN ('active', 'paused', 'gone')
      AND CASE WHEN a.id IS NULL
            THEN coalesce(b.organisation, '') <> '' AND NOT EXISTS (
              SELECT 1 FROM affiliations AS past WHERE past.blog_id = b.id AND past.said IS b.organisation)
            ELSE a.said IS NOT NULL AND a.said <> coalesce(b.organisation, '') END)sql");
  std::vector<BlogToLink> blogs;
  while (rows.step()) {
    BlogToLink blog{.blog = rows.id<BlogId>(0),
                    .organisation = rows.text(1),
                    .affiliation = rows.integer(2),
                    .was = rows.id<OrganisationId>(3)};
    if (names_no_body(blog.organisation)) blog.organisation.clear();
    if (!blog.organisation.empty() || blog.affiliation != 0) blogs.push_back(std::move(blog));
  }
  return blogs;
}

int link_organisations(Writer& db, sys_seconds now) {
  const auto blogs = blogs_to_link(db);
  for (const auto& blog : blogs) link(db, blog, now);
  return static_cast<int>(blogs.size());
}

void change_affiliation(Writer& db, BlogId blog, std::string_view name, sys_seconds when) {
  end_affiliations(db, blog, when);
  if (trim(name).empty() || names_no_body(name)) return;
  add_affiliation(db, {.id = 0,
                       .blog = blog,
                       .organisation = organisation_named(db, name),
                       .role = "",
                       .said = {},
                       .since = when,
                       .until = {}});
}

void add_affiliation(Writer& db, const Affiliation& a) {
  db.change(R"sql(
    INSERT INTO affiliations (blog_id, organisation_id, role, said, since_at, until_at)
    VALUES (:blog, :organisation, :role, :said, :since, :until))sql")
      .bind(":blog", a.blog)
      .bind(":organisation", a.organisation)
      .bind(":role", a.role)
      .bind_or_null(":said", a.said)
      .bind(":since", a.since)
      .bind(":until", a.until)
      .run();
  queue_posts(db, a.blog);
  bump_change_number(db);
}

void remove_affiliation(Writer& db, std::int64_t affiliation) {
  BlogId blog;
  {
    auto rows = db.query("SELECT blog_id FROM affiliations WHERE id = :id");
    rows.bind(":id", affiliation);
    if (!rows.step()) return;
    blog = rows.id<BlogId>(0);
  }
  db.change("DELETE FROM affiliations WHERE id = :id").bind(":id", affiliation).run();
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
  auto rows = db.query(select("WHERE o.kind <> 'body' ORDER BY o.name COLLATE NOCASE"));
  return read_all(rows);
}

std::vector<Organisation> predecessors_of(Reader& db, std::string_view code) {
  auto rows =
      db.query(select("WHERE ' ' || o.successors || ' ' LIKE '% ' || :code || ' %' ORDER BY o.name COLLATE NOCASE"));
  rows.bind(":code", code);
  return read_all(rows);
}

std::optional<Organisation> successor_of(Reader& db, const Organisation& council) {
  if (council.ended_on.empty()) return std::nullopt;
  const auto id = body_on(db, council.id, "9999-12-31");
  if (id == council.id) return std::nullopt;
  return find_by_id(db, id);
}

std::optional<Organisation> current_organisation(Reader& db, BlogId blog) {
  for (auto& [organisation, affiliation] : affiliations_of(db, blog)) {
    if (affiliation.until) continue;
    auto successor = successor_of(db, organisation);
    return successor ? std::move(successor) : std::optional(std::move(organisation));
  }
  return std::nullopt;
}

std::vector<Organisation> organisations(Reader& db, const OrganisationFilter& filter) {
  // A few hundred rows, read through one of two indexes; the rest of the filter is not worth one.
  auto all = filter.with_blogs_only ? organisations_with_blogs(db) : all_existing(db);
  std::erase_if(all, [&](const Organisation& o) {
    return !o.ended_on.empty() || (filter.councils_only && !o.is_council()) ||
           (!filter.nation.empty() && o.nation != filter.nation) || (!filter.kind.empty() && o.kind != filter.kind);
  });
  return all;
}

std::vector<OrganisationId> put_organisations(Writer& db, EntryId entry, BlogId blog, sys_seconds river_at) {
  std::vector<OrganisationId> bodies;
  {
    auto rows = db.query(R"sql(
      SELECT organisation_id
      FROM affiliations
      WHERE blog_id = :blog AND coalesce(since_at, :at) <= :at AND coalesce(until_at, :at + 1) > :at)sql");
    rows.bind(":blog", blog).bind(":at", river_at);
    while (rows.step()) bodies.push_back(rows.id<OrganisationId>(0));
  }
  db.change("DELETE FROM entry_organisations WHERE entry_id = :entry").bind(":entry", entry).run();
  for (auto& body : bodies) {
    body = body_on(db, body, iso_day(river_at));
    db.change(R"sql(
      INSERT OR IGNORE INTO entry_organisations (organisation_id, river_at, entry_id)
      VALUES (:body, :river_at, :entry))sql")
        .bind(":body", body)
        .bind(":river_at", river_at)
        .bind(":entry", entry)
        .run();
  }
  return bodies;
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
  auto rows = db.query("SELECT " + std::string(kColumns) +
                       R"sql(, a.id, a.blog_id, a.organisation_id, a.role, a.since_at, a.until_at
    FROM affiliations AS a JOIN organisations AS o ON o.id = a.organisation_id
    WHERE a.blog_id = :blog
    ORDER BY a.until_at IS NOT NULL, a.since_at DESC)sql");
  rows.bind(":blog", blog);
  std::vector<BlogAffiliation> all;
  while (rows.step())
    all.push_back({.organisation = read_organisation(rows), .affiliation = read_affiliation(rows, 11)});
  return all;
}

}  // namespace voice::store
