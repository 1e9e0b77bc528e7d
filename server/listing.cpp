#include "server/listing.h"

#include "base/numbers.h"
#include "base/text.h"
#include "server/periods.h"
#include "server/search_pages.h"
#include "store/conversations.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"

namespace voice::server {
namespace {

// "/topics/data" below "/topics/" is "data"; nothing for another place or a deeper one.
std::optional<std::string_view> below(std::string_view path, std::string_view place) {
  if (!path.starts_with(place) || path.size() == place.size()) return std::nullopt;
  const auto rest = path.substr(place.size());
  if (rest.find('/') != std::string_view::npos) return std::nullopt;
  return rest;
}

// Nothing where a topic is to be left out that there is not: the whole river is not what was asked for.
std::optional<Listing> river_listing(store::Reader& db, const Fields& query) {
  Listing listing{.path = "/",
                  .query = "",
                  .title = "",
                  .description = "Every post of every member, newest first.",
                  .filter = store::AllEntries{}};
  const auto without = query.get("without");
  const auto topic = without.empty() ? std::nullopt : store::find_topic(db, without);
  if (!topic && !without.empty()) return std::nullopt;
  if (topic) {
    listing.query = "?without=" + topic->slug;
    listing.title = "Everything but " + to_ascii_lower(topic->name);
    listing.description = "Every post of every member but those under " + topic->name + ", newest first.";
    listing.filter = store::WithoutTopic{topic->id};
  }
  return listing;
}

std::optional<Listing> blog_listing(store::Reader& db, std::string_view slug) {
  const auto blog = store::find_blog_by_slug(db, slug);
  if (!blog || !store::is_shown(blog->state)) return std::nullopt;
  return Listing{.path = "/blogs/" + blog->slug,
                 .query = "",
                 .title = blog->title,
                 .description = "Every post of " + blog->title + " that we have, newest first.",
                 .filter = store::OfBlog{blog->id}};
}

std::optional<Listing> topic_listing(store::Reader& db, std::string_view slug) {
  const auto topic = store::find_topic(db, slug);
  if (!topic) return std::nullopt;
  return Listing{.path = "/topics/" + topic->slug,
                 .query = "",
                 .title = topic->name,
                 .description = topic->description,
                 .filter = store::OfTopic{topic->id}};
}

std::optional<Listing> person_listing(store::Reader& db, std::string_view slug) {
  const auto person = store::find_person(db, slug);
  if (!person) return std::nullopt;
  return Listing{.path = "/people/" + person->slug,
                 .query = "",
                 .title = person->name,
                 .description = "Posts by " + person->name + " on any blog we carry, newest first.",
                 .filter = store::OfPerson{person->id}};
}

std::optional<Listing> organisation_listing(store::Reader& db, std::string_view slug) {
  const auto body = store::find_organisation(db, slug);
  if (!body) return std::nullopt;
  return Listing{.path = "/organisations/" + body->slug,
                 .query = "",
                 .title = body->name,
                 .description = "Posts by blogs of " + body->name + ", and by people while they worked there.",
                 .filter = store::OfOrganisation{body->id}};
}

// A filter that names nothing leaves no listing: a feed of a blog that is no more must not become a feed of all.
std::optional<Listing> search_listing(store::Reader& db, const Fields& query) {
  const auto [search, narrowed_to, unknown] = read_search(db, query);
  const auto expression = store::match_expression(search);
  if (expression.empty() || !unknown.empty()) return std::nullopt;
  return Listing{.path = "/search",
                 .query = search_query_text(query),
                 .title = "Search: " + (search.words.empty() ? "posts" + narrowed_to : search.words),
                 .description = "Posts that match this search, newest first.",
                 .filter = store::Matching{expression}};
}

std::optional<Listing> conversation_listing(store::Reader& db, std::string_view number) {
  const auto id = parse_number<std::int64_t>(number);
  const auto talk = id ? store::find_conversation(db, ConversationId{*id}) : std::nullopt;
  if (!talk) return std::nullopt;
  return Listing{.path = "/conversations/" + std::to_string(talk->id.value),
                 .query = "",
                 .title = "Conversation" + (talk->title.empty() ? std::string() : ": " + talk->title),
                 .description = views::counted(talk->post_count, "post", "posts") + " by " +
                                views::counted(talk->blog_count, "blog", "blogs") +
                                " that answer one another, found by the links between them.",
                 .filter = store::OfConversation{talk->id}};
}

Listing conversations_listing() {
  return {.path = "/conversations",
          .query = "",
          .title = "Conversations",
          .description = "Members\u2019 posts that answer one another, newest first.",
          .filter = store::InConversations{}};
}

Listing guest_listing() {
  return {.path = "/guest-posts",
          .query = "",
          .title = "Guest posts",
          .description = "Posts written for this site by people who have no blog of their own.",
          .filter = store::WrittenHere{}};
}

std::optional<Listing> period_listing(std::string_view path, sys_seconds now) {
  const auto period = parse_period(path, now);
  if (!period) return std::nullopt;
  return Listing{.path = std::string(path),
                 .query = "",
                 .title = "Posts of " + period->words,
                 .description = period->length == Period::Length::day     ? "Every post of this day."
                                : period->length == Period::Length::month ? "Every post of this month, newest first."
                                                                          : "Every post of this year, newest first.",
                 .filter = store::OfPeriod{.from = period->from, .until = period->until}};
}

}  // namespace

std::optional<Listing> find_listing(store::Reader& db, const Site& site, std::string_view path, const Fields& query) {
  if (path == "/" || path == "/feed") return river_listing(db, query);
  if (const auto slug = below(path, "/blogs/")) return blog_listing(db, *slug);
  if (const auto slug = below(path, "/topics/")) return topic_listing(db, *slug);
  if (const auto slug = below(path, "/people/")) return person_listing(db, *slug);
  if (const auto slug = below(path, "/organisations/")) return organisation_listing(db, *slug);
  if (const auto number = below(path, "/conversations/")) return conversation_listing(db, *number);
  if (path == "/search") return search_listing(db, query);
  if (path == "/featured")
    return Listing{.path = "/featured",
                   .query = "",
                   .title = "Picked by the editors",
                   .description = "Posts that editors picked, with a sentence of why.",
                   .filter = store::EverFeatured{}};
  if (path == "/guest-posts") return guest_listing();
  if (path == "/conversations") return conversations_listing();
  return period_listing(path, site.clock.now());
}

Response no_listing(store::Reader& db, std::string_view path, const Fields& query) {
  const auto slug =
      path == "/search" ? std::string(query.get("blog")) : std::string(below(path, "/blogs/").value_or(""));
  const auto blog = slug.empty() ? std::nullopt : store::find_blog_by_slug(db, slug);
  return blog && blog->state == store::BlogState::left ? gone() : not_found();
}

std::vector<store::RiverEntry> entries_of(store::Reader& db, const Listing& listing, sys_seconds now,
                                          std::optional<store::Cursor> before, int limit) {
  return store::river(db, {.filter = listing.filter, .now = now, .before = before, .limit = limit});
}

namespace {
// Views that gather several blogs can be imported as a list of them.
std::string outline_of(const Listing& listing) {
  if (listing.path == "/") return "/members.opml";
  const bool gathers = listing.path.starts_with("/topics/") || listing.path.starts_with("/organisations/") ||
                       listing.path.starts_with("/people/");
  return gathers ? listing.path + ".opml" : std::string();
}
}  // namespace

views::FeedLinks feed_links(const Listing& listing, const Site& site) {
  return {.title = listing.title.empty() ? site.settings.site.title : listing.title,
          .stem = listing.feed_stem(),
          .query = listing.query,
          .opml = outline_of(listing)};
}

}  // namespace voice::server
