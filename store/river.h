// store/river.h - the river and every narrower view of it: one filter, one order, one cursor.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "content/safe_html.h"
#include "feeds/feed.h"
#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

/// A place in a view: strictly older entries follow it. As text it is "<river_at>-<id>".
struct Cursor {
  sys_seconds river_at{};
  EntryId id;
  std::string text() const;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};
std::optional<Cursor> parse_cursor(std::string_view text);

struct AllEntries {};
struct OfBlog {
  BlogId blog;
};
struct OfTopic {
  TopicId topic;
};
/// The whole river but for one topic: "without weeknotes".
struct WithoutTopic {
  TopicId topic;
};
struct OfPerson {
  PersonId person;
};
struct OfOrganisation {
  OrganisationId organisation;
};
struct OfConversation {
  ConversationId conversation;
};
/// What was written here: the hub's own blog, as long as it has one.
struct WrittenHere {};
/// Posts of all conversations between two blogs or more.
struct InConversations {};
/// From `from` to before `until`: a day, a month, a year.
struct OfPeriod {
  sys_seconds from{};
  sys_seconds until{};
};
/// What editors ever picked.
struct EverFeatured {};
/// What a search finds, newest first (store/search.h makes the expression, which must not be empty).
struct Matching {
  std::string expression;
};

/// Each kind of view is its own query with its own index.
using RiverFilter = std::variant<AllEntries, OfBlog, OfTopic, WithoutTopic, OfPerson, OfOrganisation, OfConversation,
                                 WrittenHere, InConversations, OfPeriod, EverFeatured, Matching>;

struct RiverQuery {
  RiverFilter filter;
  sys_seconds now{};             ///< entries dated later wait
  std::optional<Cursor> before;  ///< absent: from the newest
  int limit = 30;                ///< 1 to 200
};

/// One post as a list shows it.
struct RiverEntry {
  EntryId id;
  std::string title;  ///< plain text; empty: it has none
  std::string url;    ///< the original
  std::string excerpt;
  std::string author;  ///< as a byline; may be empty
  std::string language;
  std::string original_id;
  bool id_is_permalink = false;
  std::string image;
  std::string rights;
  std::string licence;
  std::string comments_url;
  std::int64_t words = 0;
  std::optional<sys_seconds> published;
  std::optional<sys_seconds> updated;
  sys_seconds first_seen{};
  sys_seconds river_at{};
  std::vector<feeds::Person> authors;
  std::vector<std::string> tags;
  std::vector<feeds::Enclosure> enclosures;

  BlogId blog;
  std::string blog_slug;
  std::string blog_title;
  std::string blog_home_url;
  std::string blog_language;
  std::string blog_organisation;
  BlogKind blog_kind = BlogKind::practitioner;
  Shown shown = Shown::excerpt;
  std::string feed_url;
  std::string feed_title;

  Cursor cursor() const { return {.river_at = river_at, .id = id}; }
};

/// Newest first; of one second, the later stored first. Only entries that are neither hidden nor doubles, of blogs that are
/// active, paused or gone (what a blogger shared stays until they leave).
std::vector<RiverEntry> river(Reader& db, const RiverQuery& query);

/// The page of `query.limit` entries that ends just before the place `query.before`, as the `before` that river() is asked
/// for it with; nothing where that is the first page.
std::optional<Cursor> page_before(Reader& db, const RiverQuery& query);

struct AppearedQuery {
  sys_seconds from{};
  sys_seconds until{};    ///< exclusive
  std::int64_t skip = 0;  ///< from the oldest; counts what is not shown now as well, as `limit` does
  int limit = 200;
};
/// Posts by when readers could first see them, newest first: when we first saw them, or when a post that was dated ahead no
/// longer was. What has appeared by then keeps its place for good; what is hidden, leaves, or turns out to stand here twice is
/// left out, and no other post moves.
std::vector<RiverEntry> appeared(Reader& db, const AppearedQuery& query);

/// The statements that river() and page_before() run for a filter, for tests that read their plans.
std::string river_sql(const RiverFilter& filter);
std::string upwards_sql(const RiverFilter& filter);
std::string appeared_sql();

/// One entry by its id, whatever its age; nothing when hidden or its blog has left.
std::optional<RiverEntry> find_entry(Reader& db, EntryId id);
/// Several at once, in the order asked for; those that cannot be shown are left out.
std::vector<RiverEntry> entries_by_id(Reader& db, const std::vector<EntryId>& ids);
content::SafeHtml body_of(Reader& db, EntryId id);

}  // namespace voice::store
