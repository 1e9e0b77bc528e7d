#include "store/applications.h"

#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"
#include "store/membership.h"
#include "store/topics.h"

namespace voice::store {
namespace {
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 5> kStates = {"draft", "waiting", "accepted", "declined", "withdrawn"};

ApplicationState read_state(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (kStates[i] == name) return static_cast<ApplicationState>(i);
  throw DatabaseError("applications.state holds an unknown word");
}

std::string join(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (const auto part : split(text, separator)) parts.emplace_back(part);
  return parts;
}

std::string select_applications(std::string_view rest) {
  return "SELECT id, reference, state, address, home_url, feed_url, feed_title, feed_language, report, title, writer, "
         "organisation, kind, topics, shown, licence, email, has_right, proof_word, proved_at, proved_by, created_at, "
         "sent_at, decided_at, decided_by, reason, blog_id FROM applications " +
         std::string(rest);
}

Application read_application(const Rows& rows) {
  return {.id = rows.id<ApplicationId>(0),
          .reference = rows.text(1),
          .state = read_state(rows.text_view(2)),
          .address = rows.text(3),
          .feed = {.feed_url = rows.text(5),
                   .home_url = rows.text(4),
                   .title = rows.text(6),
                   .language = rows.text(7),
                   .author = {},
                   .report = parts_of(rows.text_view(8), '\n'),
                   .posts = {}},
          .answers = {.title = rows.text(9),
                      .writer = rows.text(10),
                      .organisation = rows.text(11),
                      .kind = rows.text(12),
                      .topics = parts_of(rows.text_view(13), ' '),
                      .shown = rows.text(14),
                      .licence = rows.text(15),
                      .email = rows.text(16),
                      .has_right = rows.integer(17) != 0},
          .proof_word = rows.text(18),
          .proved = rows.optional_time(19),
          .proved_by = rows.text(20),
          .created = rows.time(21),
          .sent = rows.optional_time(22),
          .decided = rows.optional_time(23),
          .decided_by = rows.text(24),
          .reason = rows.text(25),
          .blog = rows.id<BlogId>(26)};
}

std::optional<Application> one_application(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return read_application(rows);
}

std::vector<Application> many_applications(Rows rows) {
  std::vector<Application> applications;
  while (rows.step()) applications.push_back(read_application(rows));
  return applications;
}

// The same feed under the other of http and https, with or without www, is the same feed.
bool is_member_feed(Reader& db, const std::string& feed_url) {
  const auto key = url_key(feed_url);
  auto rows = db.query(R"sql(
    SELECT f.url
    FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id
    WHERE b.state IN ('active', 'paused', 'applied'))sql");
  while (rows.step())
    if (url_key(rows.text(0)) == key) return true;
  return false;
}

bool is_open(Reader& db, const std::string& feed_url, ApplicationId besides) {
  auto rows = db.query("SELECT 1 FROM applications WHERE feed_key = :key AND state = 'waiting' AND id <> :id");
  rows.bind(":key", url_key(feed_url)).bind(":id", besides);
  return rows.step();
}

NewBlog as_blog(const Application& application) {
  const auto& answers = application.answers;
  return {.title = answers.title.empty() ? application.feed.title : answers.title,
          .feed_url = application.feed.feed_url,
          .home_url = application.feed.home_url,
          .description = {},
          .language = application.feed.language,
          .author = answers.writer,
          .organisation = answers.organisation,
          .kind = parse_blog_kind(answers.kind).value_or(BlogKind::practitioner),
          .shown = parse_shown(answers.shown).value_or(Shown::excerpt),
          .licence = answers.licence,
          .state = BlogState::active};
}

// A feed that was here before (invited, left, gone) comes back as the blog it was, with its posts and its address.
Result<BlogId> admit(Writer& db, const Application& application, sys_seconds now) {
  const auto wanted = as_blog(application);
  const auto feed = find_feed_by_url(db, wanted.feed_url);
  if (!feed) {
    const auto added = add_blog(db, wanted, now);
    if (!added) return added.error();
    return added->blog;
  }
  const auto blog = find_blog(db, feed->blog);
  if (blog && (blog->state == BlogState::active || blog->state == BlogState::paused))
    return Error{ErrorCode::conflict, wanted.feed_url + " is a member already"};
  change_details(db, feed->blog, wanted);
  set_blog_state(db, feed->blog, BlogState::active, now);
  return feed->blog;
}

}  // namespace

std::string_view name_of(ApplicationState state) { return kStates[static_cast<std::size_t>(state)]; }

ApplicationId start_application(Writer& db, const NewApplication& application, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO applications (key_hash, visit_hash, state, address, proof_word, created_at)
    VALUES (:key, :visit, 'draft', :address, :word, :now))sql")
      .bind_blob(":key", sha256(application.key))
      .bind_blob(":visit", sha256(application.visit))
      .bind(":address", application.address)
      .bind(":word", application.proof_word)
      .bind(":now", now)
      .run();
  return ApplicationId{db.last_id()};
}

void set_offered_feeds(Writer& db, ApplicationId application, const std::vector<OfferedFeed>& feeds) {
  db.change("DELETE FROM application_feeds WHERE application_id = :id").bind(":id", application).run();
  int position = 0;
  for (const auto& feed : feeds)
    db.change(R"sql(
      INSERT INTO application_feeds (application_id, position, url, type, title)
      VALUES (:id, :position, :url, :type, :title))sql")
        .bind(":id", application)
        .bind(":position", ++position)
        .bind(":url", feed.url)
        .bind(":type", feed.type)
        .bind(":title", feed.title)
        .run();
}

std::vector<OfferedFeed> offered_feeds(Reader& db, ApplicationId application) {
  auto rows = db.query("SELECT url, type, title FROM application_feeds WHERE application_id = :id ORDER BY position");
  rows.bind(":id", application);
  std::vector<OfferedFeed> feeds;
  while (rows.step()) feeds.push_back({.url = rows.text(0), .type = rows.text(1), .title = rows.text(2)});
  return feeds;
}

void set_snapshot(Writer& db, ApplicationId application, const FeedSnapshot& snapshot) {
  db.change(R"sql(
    UPDATE applications
    SET home_url = :home, feed_url = :url, feed_key = :key, feed_title = :title, feed_language = :language,
        report = :report, title = coalesce(title, :title), writer = coalesce(writer, :author)
    WHERE id = :id)sql")
      .bind_or_null(":home", snapshot.home_url)
      .bind(":url", snapshot.feed_url)
      .bind(":key", url_key(snapshot.feed_url))
      .bind_or_null(":title", snapshot.title)
      .bind_or_null(":language", snapshot.language)
      .bind_or_null(":report", join(snapshot.report, '\n'))
      .bind_or_null(":author", snapshot.author)
      .bind(":id", application)
      .run();
  db.change("DELETE FROM application_posts WHERE application_id = :id").bind(":id", application).run();
  int position = 0;
  for (const auto& post : snapshot.posts)
    db.change(R"sql(
      INSERT INTO application_posts (application_id, position, title, url, author, excerpt, published_at)
      VALUES (:id, :position, :title, :url, :author, :excerpt, :published))sql")
        .bind(":id", application)
        .bind(":position", ++position)
        .bind(":title", post.title)
        .bind(":url", post.url)
        .bind(":author", post.author)
        .bind(":excerpt", post.excerpt)
        .bind(":published", post.published)
        .run();
}

std::vector<PreviewPost> preview_posts(Reader& db, ApplicationId application) {
  auto rows = db.query(R"sql(
    SELECT title, url, author, excerpt, published_at
    FROM application_posts
    WHERE application_id = :id
    ORDER BY position)sql");
  rows.bind(":id", application);
  std::vector<PreviewPost> posts;
  while (rows.step())
    posts.push_back({.title = rows.text(0),
                     .url = rows.text(1),
                     .author = rows.text(2),
                     .excerpt = rows.text(3),
                     .published = rows.optional_time(4)});
  return posts;
}

void set_answers(Writer& db, ApplicationId application, const Answers& answers) {
  db.change(R"sql(
    UPDATE applications
    SET title = :title, writer = :writer, organisation = :organisation, kind = :kind, topics = :topics, shown = :shown,
        licence = :licence, email = :email, email_key = :email_key, has_right = :has_right
    WHERE id = :id)sql")
      .bind_or_null(":title", answers.title)
      .bind_or_null(":writer", answers.writer)
      .bind_or_null(":organisation", answers.organisation)
      .bind_or_null(":kind", answers.kind)
      .bind_or_null(":topics", join(answers.topics, ' '))
      .bind_or_null(":shown", answers.shown)
      .bind_or_null(":licence", answers.licence)
      .bind_or_null(":email", answers.email)
      .bind_or_null(":email_key", to_ascii_lower(answers.email))
      .bind(":has_right", answers.has_right)
      .bind(":id", application)
      .run();
}

void set_proved(Writer& db, ApplicationId application, std::string_view by, sys_seconds now) {
  db.change("UPDATE applications SET proved_at = :now, proved_by = :by WHERE id = :id")
      .bind(":now", now)
      .bind(":by", by)
      .bind(":id", application)
      .run();
}

std::optional<Application> find_own_application(Reader& db, std::string_view key, std::string_view visit) {
  auto rows = db.query(select_applications("WHERE key_hash = :key AND visit_hash = :visit"));
  rows.bind_blob(":key", sha256(key)).bind_blob(":visit", sha256(visit));
  return one_application(std::move(rows));
}

std::optional<Application> find_application(Reader& db, ApplicationId id) {
  auto rows = db.query(select_applications("WHERE id = :id"));
  rows.bind(":id", id);
  return one_application(std::move(rows));
}

std::vector<Application> waiting_applications(Reader& db) {
  return many_applications(db.query(select_applications("WHERE state = 'waiting' ORDER BY sent_at, id")));
}

std::vector<Application> applications_of(Reader& db, std::string_view email) {
  auto rows =
      db.query(select_applications("WHERE email_key = :key AND state <> 'draft' ORDER BY sent_at DESC, id DESC"));
  rows.bind(":key", to_ascii_lower(email));
  return many_applications(std::move(rows));
}

std::optional<Application> application_of_blog(Reader& db, BlogId blog) {
  auto rows = db.query(select_applications("WHERE blog_id = :blog AND state = 'accepted' ORDER BY id DESC LIMIT 1"));
  rows.bind(":blog", blog);
  return one_application(std::move(rows));
}

std::int64_t count_waiting_applications(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM applications WHERE state = 'waiting'");
  return rows.step() ? rows.integer(0) : 0;
}

Result<Done> send_application(Writer& db, ApplicationId application, std::string_view reference, sys_seconds now) {
  const auto found = find_application(db, application);
  if (!found) return Error{ErrorCode::not_found, "no such application"};
  if (found->state != ApplicationState::draft) return Done{};
  if (is_member_feed(db, found->feed.feed_url)) return Error{ErrorCode::conflict, "this feed is a member already"};
  if (is_open(db, found->feed.feed_url, application))
    return Error{ErrorCode::conflict, "an application for this feed waits already"};
  db.change("UPDATE applications SET state = 'waiting', reference = :reference, sent_at = :now WHERE id = :id")
      .bind(":reference", reference)
      .bind(":now", now)
      .bind(":id", application)
      .run();
  return Done{};
}

Result<Done> decide_application(Writer& db, ApplicationId application, const Decision& decision, sys_seconds now) {
  const auto found = find_application(db, application);
  if (!found) return Error{ErrorCode::not_found, "no such application"};
  if (found->state != ApplicationState::waiting) return Error{ErrorCode::conflict, "decided before"};
  BlogId blog;
  if (decision.to == ApplicationState::accepted) {
    const auto admitted = admit(db, *found, now);
    if (!admitted) return admitted.error();
    blog = *admitted;
    set_blog_topics(db, blog, found->answers.topics);
  }
  db.change(R"sql(
    UPDATE applications
    SET state = :state, decided_at = :now, decided_by = :by, reason = :reason, blog_id = :blog
    WHERE id = :id)sql")
      .bind(":state", name_of(decision.to))
      .bind(":now", now)
      .bind(":by", decision.by)
      .bind_or_null(":reason", decision.reason)
      .bind(":blog", blog)
      .bind(":id", application)
      .run();
  return Done{};
}

Result<Done> accept_claim(Writer& db, ApplicationId draft, std::string_view reference, sys_seconds now) {
  const auto claim = find_application(db, draft);
  if (!claim || claim->state != ApplicationState::draft) return Error{ErrorCode::conflict, "claimed before"};
  const auto feed = find_feed_by_url(db, claim->feed.feed_url);
  if (!feed || !is_member_feed(db, claim->feed.feed_url)) return Error{ErrorCode::conflict, "not a member's feed"};
  if (application_of_blog(db, feed->blog)) return Error{ErrorCode::conflict, "its blogger is known"};
  db.change(R"sql(
    UPDATE applications
    SET state = 'accepted', reference = :reference, sent_at = :now, decided_at = :now, decided_by = 'the hub',
        reason = 'its owner proved that it is theirs', blog_id = :blog
    WHERE id = :id)sql")
      .bind(":reference", reference)
      .bind(":now", now)
      .bind(":blog", feed->blog)
      .bind(":id", draft)
      .run();
  return Done{};
}

void tidy_applications(Writer& db, sys_seconds now) {
  db.change("DELETE FROM applications WHERE state = 'draft' AND created_at <= :then").bind(":then", now - 48h).run();
}

}  // namespace voice::store
