#include "views/post_page.h"

#include <charconv>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "content/images.h"
#include "server/reader_pages.h"
#include "store/around_post.h"
#include "store/conversations.h"
#include "store/people.h"
#include "store/topics.h"

namespace voice::server {
namespace {
constexpr int kWordsAMinute = 220;

std::optional<EntryId> entry_id(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return EntryId{number};
}

std::string size_in_words(std::int64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{} kB", std::max<std::int64_t>(1, bytes / 1000));
  return fmt::format("{} MB", (bytes + 500'000) / 1'000'000);
}

// Links and no player: a player would fetch from the member's server and tell it who reads what.
std::vector<views::Link> media_links(const store::RiverEntry& entry) {
  std::vector<views::Link> links;
  for (const auto& enclosure : entry.enclosures) {
    std::string text = enclosure.mime_type.starts_with("audio/")   ? "Listen"
                       : enclosure.mime_type.starts_with("video/") ? "Watch"
                       : enclosure.mime_type.starts_with("image/") ? "See the picture"
                                                                   : "Open the attachment";
    if (!enclosure.title.empty()) text += ": " + enclosure.title;
    std::string details;
    if (enclosure.duration_in_seconds >= 60)
      details = views::counted(enclosure.duration_in_seconds / 60, "minute", "minutes");
    if (enclosure.size_in_bytes > 0) details += (details.empty() ? "" : ", ") + size_in_words(enclosure.size_in_bytes);
    if (!details.empty()) text += " (" + details + ")";
    links.push_back({std::move(text), enclosure.url});
  }
  return links;
}

std::string near_by(const store::RiverEntry& entry) {
  return entry.blog_title + ", " + date_in_words(entry.published.value_or(entry.first_seen));
}

void add_neighbour(views::PostPage& page, const std::string& relation, const std::optional<store::RiverEntry>& entry) {
  if (!entry) return;
  const auto card = views::card_of(*entry);
  page.neighbours.push_back({.relation = relation,
                             .title = card.title,
                             .url = card.page_url,
                             .by = date_in_words(entry->published.value_or(entry->first_seen)),
                             .language = card.language});
}

std::vector<views::SummaryRow> facts_of(store::Reader& db, const store::RiverEntry& entry) {
  std::vector<views::SummaryRow> rows;
  const auto add = [&](std::string key, std::string value, std::string url = {}) {
    if (value.empty()) return;
    views::SummaryRow row;
    row.key = std::move(key);
    row.value = std::move(value);
    row.value_url = std::move(url);
    rows.push_back(std::move(row));
  };
  add("Blog", entry.blog_title, "/blogs/" + entry.blog_slug);
  for (const auto& person : store::people_of(db, entry.id))
    if (person.name != entry.blog_organisation) add("Person", person.name, "/people/" + person.slug);
  add("Organisation", entry.blog_organisation);
  add("Kind of blog", views::words_for(entry.blog_kind));
  if (entry.words > 0)
    add("Reading time", entry.words < kWordsAMinute
                            ? "Under a minute"
                            : views::counted((entry.words + kWordsAMinute / 2) / kWordsAMinute, "minute", "minutes"));
  if (entry.updated && entry.published && *entry.updated - *entry.published > std::chrono::hours{24})
    add("Updated", date_in_words(*entry.updated));
  if (entry.published) add("Came to us", date_in_words(entry.first_seen));
  std::string tags;
  for (const auto& tag : entry.tags) tags += (tags.empty() ? "" : ", ") + tag;
  add("Tagged by its writer", tags);
  add("Rights", entry.rights);
  add("Licence", entry.licence, entry.licence.starts_with("http") ? entry.licence : "");
  if (entry.comments_url.starts_with("http")) add("Comments", "Comments on the blog", entry.comments_url);
  for (const auto& other : store::same_post_elsewhere(db, entry.id)) add("Also on", other.blog_title, other.url);
  return rows;
}

void add_conversation(views::PostPage& page, store::Reader& db, const store::RiverEntry& entry) {
  constexpr int kMost = 20;
  for (const auto& answer : store::answers_of(db, entry.id, kMost)) {
    const auto other = store::find_entry(db, answer.entry);
    if (!other) continue;
    const auto card = views::card_of(*other);
    page.conversation.push_back(
        {.relation = answer.direction == store::Direction::replies_to ? "Replies to" : "Answered by",
         .title = card.title,
         .url = card.page_url,
         .by = near_by(*other),
         .language = card.language});
  }
  if (const auto talk = store::conversation_of(db, entry.id))
    page.conversation_page = {"", "/conversations/" + std::to_string(talk->id.value)};
  for (const auto& shared : store::also_discussing(db, entry.id, 5))
    for (const auto& other : store::entries_by_id(db, shared.entries)) {
      if (other.blog == entry.blog) continue;
      const auto card = views::card_of(other);
      page.also_discussing.push_back({.relation = "About " + (shared.title.empty() ? shared.url : shared.title),
                                      .title = card.title,
                                      .url = card.page_url,
                                      .by = near_by(other),
                                      .language = card.language});
    }
}

void show_text(views::PostPage& page, store::Reader& db, const store::RiverEntry& entry) {
  if (entry.shown == store::Shown::title) {
    page.shown_note = "Its writer shares titles here; the post itself is on the blog.";
  } else if (entry.shown == store::Shown::full) {
    page.body_html = content::without_images(store::body_of(db, entry.id));
  } else {
    page.text = entry.excerpt;
    page.shown_note = "This is the beginning of the post; the rest is on the blog.";
  }
}

}  // namespace

Response post_page(const Request& request, const Site& site, store::Reader& db) {
  const auto id = entry_id(request.captures.get("id"));
  if (!id) return not_found();
  if (const auto other = store::shown_as(db, *id)) return moved_permanently("/posts/" + std::to_string(other->value));
  const auto entry = store::find_entry(db, *id);
  const auto now = site.clock.now();
  if (!entry) return store::why_absent(db, *id) == store::Absence::never_was ? not_found() : gone();
  if (entry->river_at > now) return not_found();
  const auto card = views::card_of(*entry);
  const auto own = entry->published.value_or(entry->first_seen);
  views::PostPage view{.title = card.title,
                       .language = card.language,
                       .direction = card.direction,
                       .byline = card.byline,
                       .when = date_in_words(own),
                       .when_iso = card.when_iso,
                       .blog_title = entry->blog_title,
                       .blog_url = card.blog_url,
                       .original_url = entry->url,
                       .text = {},
                       .body_html = {},
                       .shown_note = {},
                       .media = media_links(*entry),
                       .facts = facts_of(db, *entry),
                       .topics = {},
                       .tags = entry->tags,
                       .conversation = {},
                       .conversation_page = {},
                       .also_discussing = {},
                       .neighbours = {},
                       .report_url = {}};
  show_text(view, db, *entry);
  for (const auto& topic : store::topics_of(db, *id)) view.topics.push_back({topic.name, "/topics/" + topic.slug});
  add_conversation(view, db, *entry);
  add_neighbour(view, "Newer", store::newer_of_blog(db, *entry, now));
  add_neighbour(view, "Older", store::older_of_blog(db, *entry, now));
  auto head = head_of(request, card.title, near_by(*entry) + (card.text.empty() ? "." : ". " + card.text), "latest");
  head.description = std::string(utf8_prefix(head.description, 200));
  // Extracts are for readers who are here already; search engines should find the original.
  head.indexing = views::Indexing::no;
  head.og_type = "article";
  const auto listing = find_listing(db, site, "/blogs/" + entry->blog_slug, {});
  if (listing) head.feeds = {feed_links(*listing, site)};
  return page(site, head, "post", model_of(view));
}

Response random_page(const Request&, const Site& site, store::Reader& db) {
  const auto id = store::random_post(db, site.tokens.choose(UINT32_MAX), site.clock.now());
  return see_other(id ? "/posts/" + std::to_string(id->value) : "/");
}

}  // namespace voice::server
