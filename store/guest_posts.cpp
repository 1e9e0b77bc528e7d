#include "store/guest_posts.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "store/blogs.h"
#include "store/free_name.h"
#include "store/ingest.h"
#include "store/membership.h"

namespace voice::store {
namespace {

constexpr std::array<std::string_view, 8> kStates = {"draft",     "submitted", "changes-asked", "accepted",
                                                     "scheduled", "published", "declined",      "withdrawn"};

GuestState read_state(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (kStates[i] == name) return static_cast<GuestState>(i);
  throw DatabaseError("guest_posts.state holds an unknown word");
}

std::string select_guest_posts(std::string_view rest) {
  return "SELECT id, reference, state, email, title, markdown, byline, organisation, revision, created_at, updated_at, "
         "submitted_at, publish_at, published_at, slug, note, entry_id FROM guest_posts " +
         std::string(rest);
}

GuestPost read_guest_post(const Rows& rows) {
  return {
      .id = rows.id<GuestPostId>(0),
      .reference = rows.text(1),
      .state = read_state(rows.text_view(2)),
      .email = rows.text(3),
      .text = {.title = rows.text(4), .markdown = rows.text(5), .byline = rows.text(6), .organisation = rows.text(7)},
      .revision = rows.integer(8),
      .created = rows.time(9),
      .updated = rows.time(10),
      .submitted = rows.optional_time(11),
      .publish_at = rows.optional_time(12),
      .published = rows.optional_time(13),
      .slug = rows.text(14),
      .note = rows.text(15),
      .entry = rows.id<EntryId>(16)};
}

std::optional<GuestPost> one_guest_post(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_guest_post(rows);
}

std::vector<GuestPost> many_guest_posts(Rows rows) {
  std::vector<GuestPost> posts;
  while (rows.step()) posts.push_back(read_guest_post(rows));
  return posts;
}

// Which steps lead where. Publishing and withdrawing have their own functions, which ask this too.
bool may_move(GuestState from, GuestState to) {
  const auto is_one_of = [from](std::initializer_list<GuestState> states) {
    return std::ranges::find(states, from) != states.end();
  };
  switch (to) {
    case GuestState::draft: return false;
    case GuestState::submitted: return is_one_of({GuestState::draft, GuestState::changes_asked});
    case GuestState::changes_asked:
      return is_one_of({GuestState::submitted, GuestState::accepted, GuestState::scheduled});
    case GuestState::accepted: return is_one_of({GuestState::submitted, GuestState::scheduled});
    case GuestState::scheduled: return is_one_of({GuestState::submitted, GuestState::accepted, GuestState::scheduled});
    case GuestState::published:
      return is_one_of({GuestState::submitted, GuestState::accepted, GuestState::scheduled, GuestState::published});
    case GuestState::declined: return is_one_of({GuestState::submitted, GuestState::accepted, GuestState::scheduled});
    case GuestState::withdrawn: return from != GuestState::withdrawn && from != GuestState::declined;
  }
  return false;
}

Error cannot_move(const GuestPost& post) {
  return {ErrorCode::conflict, "it is " + std::string(name_of(post.state)) + " now"};
}

void keep_revision(Writer& db, GuestPostId post, std::int64_t revision, const GuestText& text,
                   std::string_view saved_by, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO guest_revisions (guest_post_id, revision, title, markdown, byline, organisation, saved_by, saved_at)
    VALUES (:post, :revision, :title, :markdown, :byline, :organisation, :by, :now))sql")
      .bind(":post", post)
      .bind(":revision", revision)
      .bind(":title", text.title)
      .bind(":markdown", text.markdown)
      .bind(":byline", text.byline)
      .bind(":organisation", text.organisation)
      .bind(":by", saved_by)
      .bind(":now", now)
      .run();
}

// The hub's own feed is read from our tables, so it is never due; its address is that of its own page's feed.
FeedId hub_feed(Writer& db, const HubFeed& hub, sys_seconds now) {
  {
    auto rows = db.query("SELECT f.id FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id WHERE b.kind = 'hub'");
    if (rows.step()) return rows.id<FeedId>(0);
  }
  const auto added = add_blog(db,
                              {.title = hub.title,
                               .feed_url = hub.base_url + "/blogs/" + free_slug(db, hub.title) + ".atom",
                               .home_url = hub.base_url + "/guest-posts",
                               .description = "Posts written for this site by guests.",
                               .language = hub.language,
                               .author = {},
                               .organisation = {},
                               .kind = BlogKind::hub,
                               .shown = Shown::full,
                               .licence = {},
                               .state = BlogState::active},
                              now);
  if (!added) throw DatabaseError("the hub's own feed could not be added: " + added.error().what);
  db.change("UPDATE feeds SET next_fetch_at = NULL WHERE id = :id").bind(":id", added->feed).run();
  return added->feed;
}

std::string free_guest_slug(Reader& db, std::string_view title) {
  auto wanted = slug_of(title);
  if (wanted.empty()) wanted = "post";
  // "submit" and the like are pages of their own below /guest-posts/.
  if (wanted == "submit" || wanted == "drafts" || wanted == "feed") wanted += "-post";
  return free_name(wanted, [&db](const std::string& slug) { return find_guest_post_by_slug(db, slug).has_value(); });
}

// RFC 4151: tag:authority,date:specific. The slug never changes and neither does the date setting, so nor does this.
std::string tag_uri(const HubFeed& hub, const std::string& slug) {
  const auto url = parse_url(hub.base_url);
  return "tag:" + (url ? url->host : "localhost") + "," + hub.tag_date + ":/guest-posts/" + slug;
}

EntryId store_entry(Writer& db, const GuestPost& post, const RenderedGuestPost& rendered, const HubFeed& hub,
                    sys_seconds now) {
  const auto feed = hub_feed(db, hub, now);
  feeds::Entry entry;
  entry.id = tag_uri(hub, post.slug);
  entry.url = hub.base_url + "/guest-posts/" + post.slug;
  entry.title = post.text.title;
  entry.language = hub.language;
  entry.published = post.published;
  if (post.published != now) entry.updated = now;
  entry.authors = {{.name = post.text.byline, .url = {}, .email = {}}};
  const auto hash = fingerprint(post.text.title + '\0' + post.text.byline + '\0' + rendered.body.text());
  ingest(db, feed,
         {{.guid = entry.id,
           .content_hash = hash,
           .entry = &entry,
           .body = rendered.body,
           .excerpt = rendered.excerpt,
           .words = rendered.words}},
         false, now);
  auto rows = db.query("SELECT id FROM entries WHERE feed_id = :feed AND guid = :guid");
  rows.bind(":feed", feed).bind(":guid", entry.id);
  return rows.step() ? rows.id<EntryId>(0) : EntryId{};
}

}  // namespace

std::string_view name_of(GuestState state) { return kStates[static_cast<std::size_t>(state)]; }

GuestPostId start_guest_post(Writer& db, std::string_view email, std::string_view reference, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO guest_posts (reference, state, email, email_key, created_at, updated_at)
    VALUES (:reference, 'draft', :email, :key, :now, :now))sql")
      .bind(":reference", reference)
      .bind(":email", email)
      .bind(":key", to_ascii_lower(email))
      .bind(":now", now)
      .run();
  const GuestPostId id{db.last_id()};
  keep_revision(db, id, 1, {}, email, now);
  return id;
}

Result<std::int64_t> save_guest_text(Writer& db, GuestPostId post, const GuestText& text, std::int64_t from_revision,
                                     std::string_view saved_by, sys_seconds now) {
  const auto found = find_guest_post(db, post);
  if (!found) return Error{ErrorCode::not_found, "no such guest post"};
  if (found->text == text) return found->revision;
  if (found->revision != from_revision)
    return Error{ErrorCode::conflict, "revision " + std::to_string(found->revision) + " was saved meanwhile"};
  const auto revision = found->revision + 1;
  db.change(R"sql(
    UPDATE guest_posts
    SET title = :title, markdown = :markdown, byline = :byline, organisation = :organisation, revision = :revision,
        updated_at = :now
    WHERE id = :id)sql")
      .bind(":title", text.title)
      .bind(":markdown", text.markdown)
      .bind(":byline", text.byline)
      .bind(":organisation", text.organisation)
      .bind(":revision", revision)
      .bind(":now", now)
      .bind(":id", post)
      .run();
  keep_revision(db, post, revision, text, saved_by, now);
  return revision;
}

Result<Done> move_guest_post(Writer& db, GuestPostId post, const GuestStep& step, sys_seconds now) {
  const auto found = find_guest_post(db, post);
  if (!found) return Error{ErrorCode::not_found, "no such guest post"};
  if (!may_move(found->state, step.to)) return cannot_move(*found);
  const bool submitted = step.to == GuestState::submitted;
  db.change(R"sql(
    UPDATE guest_posts
    SET state = :state, note = :note, publish_at = :publish_at, updated_at = :now,
        submitted_at = CASE WHEN :submitted THEN :now ELSE submitted_at END
    WHERE id = :id)sql")
      .bind(":state", name_of(step.to))
      .bind_or_null(":note", step.note)
      .bind(":publish_at", step.to == GuestState::scheduled ? step.publish_at : std::nullopt)
      .bind(":now", now)
      .bind(":submitted", submitted)
      .bind(":id", post)
      .run();
  return Done{};
}

Result<Done> publish_guest_post(Writer& db, GuestPostId id, const RenderedGuestPost& rendered, const HubFeed& hub,
                                sys_seconds now) {
  auto post = find_guest_post(db, id);
  if (!post) return Error{ErrorCode::not_found, "no such guest post"};
  if (!may_move(post->state, GuestState::published)) return cannot_move(*post);
  if (post->revision != rendered.revision) return Error{ErrorCode::conflict, "its text has changed meanwhile"};
  if (post->slug.empty()) post->slug = free_guest_slug(db, post->text.title);
  if (!post->published) post->published = now;
  post->entry = store_entry(db, *post, rendered, hub, now);
  db.change(R"sql(
    UPDATE guest_posts
    SET state = 'published', slug = :slug, published_at = :published, publish_at = NULL, entry_id = :entry,
        updated_at = :now
    WHERE id = :id)sql")
      .bind(":slug", post->slug)
      .bind(":published", post->published)
      .bind(":entry", post->entry)
      .bind(":now", now)
      .bind(":id", id)
      .run();
  return Done{};
}

Result<Done> withdraw_guest_post(Writer& db, GuestPostId id, std::string_view reason, sys_seconds now) {
  const auto post = find_guest_post(db, id);
  if (!post) return Error{ErrorCode::not_found, "no such guest post"};
  if (!may_move(post->state, GuestState::withdrawn)) return cannot_move(*post);
  if (post->entry) hide_post(db, post->entry, now);
  db.change(
        "UPDATE guest_posts SET state = 'withdrawn', note = :note, publish_at = NULL, updated_at = :now WHERE id = :id")
      .bind_or_null(":note", reason)
      .bind(":now", now)
      .bind(":id", id)
      .run();
  return Done{};
}

std::optional<GuestPost> find_guest_post(Reader& db, GuestPostId id) {
  auto rows = db.query(select_guest_posts("WHERE id = :id"));
  rows.bind(":id", id);
  return one_guest_post(std::move(rows));
}

std::optional<GuestPost> find_guest_post_by_slug(Reader& db, std::string_view slug) {
  auto rows = db.query(select_guest_posts("WHERE slug = :slug"));
  rows.bind(":slug", slug);
  return one_guest_post(std::move(rows));
}

std::vector<GuestPost> guest_posts_of(Reader& db, std::string_view email) {
  auto rows = db.query(select_guest_posts("WHERE email_key = :key AND state <> 'withdrawn' ORDER BY id DESC"));
  rows.bind(":key", to_ascii_lower(email));
  return many_guest_posts(std::move(rows));
}

std::vector<GuestPost> guest_posts_in(Reader& db, GuestState state, int limit) {
  auto rows =
      state == GuestState::published
          ? db.query(select_guest_posts("WHERE state = :state ORDER BY published_at DESC, id DESC LIMIT :limit"))
          : db.query(select_guest_posts("WHERE state = :state ORDER BY submitted_at, id LIMIT :limit"));
  rows.bind(":state", name_of(state)).bind(":limit", limit);
  return many_guest_posts(std::move(rows));
}

std::vector<GuestPostId> due_guest_posts(Reader& db, sys_seconds now) {
  auto rows =
      db.query("SELECT id FROM guest_posts WHERE state = 'scheduled' AND publish_at <= :now ORDER BY publish_at, id");
  rows.bind(":now", now);
  std::vector<GuestPostId> due;
  while (rows.step()) due.push_back(rows.id<GuestPostId>(0));
  return due;
}

std::int64_t count_guest_posts(Reader& db, GuestState state) {
  auto rows = db.query("SELECT count(*) FROM guest_posts WHERE state = :state");
  rows.bind(":state", name_of(state));
  return rows.step() ? rows.integer(0) : 0;
}

std::vector<GuestRevision> guest_revisions(Reader& db, GuestPostId post) {
  auto rows = db.query(R"sql(
    SELECT revision, title, markdown, byline, organisation, saved_by, saved_at
    FROM guest_revisions
    WHERE guest_post_id = :post
    ORDER BY revision DESC)sql");
  rows.bind(":post", post);
  std::vector<GuestRevision> revisions;
  while (rows.step())
    revisions.push_back({.revision = rows.integer(0),
                         .text = {.title = rows.text(1),
                                  .markdown = rows.text(2),
                                  .byline = rows.text(3),
                                  .organisation = rows.text(4)},
                         .saved_by = rows.text(5),
                         .saved = rows.time(6)});
  return revisions;
}

}  // namespace voice::store
