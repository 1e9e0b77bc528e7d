#include "views/post_page.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/numbers.h"
#include "base/text.h"
#include "base/time.h"
#include "content/images.h"
#include "content/scrolling_tables.h"
#include "server/headers.h"
#include "server/reader_pages.h"
#include "store/around_post.h"
#include "store/conversations.h"
#include "store/organisations.h"
#include "store/people.h"
#include "store/topics.h"
#include "views/bidi.h"
#include "views/licences.h"

namespace voice::server {
namespace {
constexpr int kWordsAMinute = 220;

std::optional<EntryId> entry_id(std::string_view text) {
  const auto number = parse_number<std::int64_t>(text);
  return number && *number > 0 ? std::optional(EntryId{*number}) : std::nullopt;
}

std::string size_in_words(std::int64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{} kB", std::max<std::int64_t>(1, bytes / 1000));
  return fmt::format("{} MB", (bytes + 500'000) / 1'000'000);
}

// What people call a kind of file; nothing for one that only programs have a name for.
std::string format_in_words(std::string_view mime_type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kNames = {
      {{"audio/mpeg", "MP3"},
       {"audio/mp3", "MP3"},
       {"audio/mp4", "M4A"},
       {"audio/x-m4a", "M4A"},
       {"audio/aac", "AAC"},
       {"audio/ogg", "Ogg"},
       {"audio/opus", "Opus"},
       {"audio/wav", "WAV"},
       {"video/mp4", "MP4"},
       {"video/webm", "WebM"},
       {"application/pdf", "PDF"},
       {"image/jpeg", "JPEG"},
       {"image/png", "PNG"},
       {"application/zip", "ZIP"}}};
  const auto type = to_ascii_lower(trim(mime_type.substr(0, mime_type.find(';'))));
  const auto found = std::ranges::find(kNames, std::string_view(type), &decltype(kNames)::value_type::first);
  return found == kNames.end() ? std::string() : std::string(found->second);
}

std::string details_of(const feeds::Enclosure& enclosure) {
  std::string details = format_in_words(enclosure.mime_type);
  const auto add = [&](const std::string& detail) { details += (details.empty() ? "" : ", ") + detail; };
  if (enclosure.duration_in_seconds >= 60) add(views::counted(enclosure.duration_in_seconds / 60, "minute", "minutes"));
  if (enclosure.size_in_bytes > 0) add(size_in_words(enclosure.size_in_bytes));
  return details;
}

std::vector<views::Media> media_of(const store::RiverEntry& entry, const std::string& post_title) {
  using Player = views::Media::Player;
  std::vector<views::Media> media;
  for (const auto& enclosure : entry.enclosures) {
    const bool audio = enclosure.mime_type.starts_with("audio/"), video = enclosure.mime_type.starts_with("video/");
    const std::string kind = audio                                       ? "Audio"
                             : video                                     ? "Video"
                             : enclosure.mime_type.starts_with("image/") ? "Picture"
                                                                         : "Attached";
    views::Media one{.player = audio   ? Player::audio
                               : video ? Player::video
                                       : Player::none,
                     .url = enclosure.url,
                     .name = kind + " of " + (enclosure.title.empty() ? post_title : enclosure.title),
                     .text = kind + " file" + (enclosure.title.empty() ? "" : ": " + enclosure.title)};
    if (const auto details = details_of(enclosure); !details.empty()) one.text += " (" + details + ")";
    media.push_back(std::move(one));
  }
  return media;
}

std::string near_by(const store::RiverEntry& entry) {
  return views::isolated(entry.blog_title) + ", " + views::dated(entry);
}

void add_neighbour(views::PostPage& page, const std::string& relation, const std::optional<store::RiverEntry>& entry) {
  if (!entry) return;
  const auto card = views::card_of(*entry);
  page.neighbours.push_back({.relation = relation,
                             .title = card.title,
                             .url = card.page_url,
                             .by = views::dated(*entry),
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
  if (const auto organisation = store::current_organisation(db, entry.blog))
    add("Organisation", organisation->name, "/organisations/" + organisation->slug);
  else
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
  add("Licence", views::licence_name(entry.licence), entry.licence.starts_with("http") ? entry.licence : "");
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
    page.body_html = content::with_scrolling_tables(content::without_images(store::body_of(db, entry.id)));
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
  views::PostPage view{.title = card.title,
                       .language = card.language,
                       .direction = card.direction,
                       .byline = card.byline,
                       .when = views::dated(*entry),
                       .when_iso = card.when_iso,
                       .blog_title = entry->blog_title,
                       .blog_url = card.blog_url,
                       .original_url = entry->url,
                       .text = {},
                       .body_html = {},
                       .shown_note = {},
                       .media = media_of(*entry, card.title),
                       .facts = facts_of(db, *entry),
                       .topics = {},
                       .tags = entry->tags,
                       .conversation = {},
                       .conversation_page = {},
                       .also_discussing = {},
                       .neighbours = {},
                       .report_url = request.path + "/report"};
  show_text(view, db, *entry);
  for (const auto& topic : store::topics_of(db, *id)) view.topics.push_back({topic.name, "/topics/" + topic.slug});
  add_conversation(view, db, *entry);
  add_neighbour(view, "Newer", store::newer_of_blog(db, *entry, now));
  add_neighbour(view, "Older", store::older_of_blog(db, *entry, now));
  auto head = head_of(request, card.title + ", " + entry->blog_title,
                      near_by(*entry) + (card.text.empty() ? "." : ". " + card.text), "latest");
  head.description = std::string(utf8_prefix(head.description, 200));
  // Extracts are for readers who are here already; search engines should find the original.
  head.indexing = views::Indexing::no;
  head.og_type = "article";
  const auto listing = find_listing(db, site, "/blogs/" + entry->blog_slug, {});
  if (listing) head.feeds = {feed_links(*listing, site)};
  auto response = page(site, head, "post", model_of(view));
  if (std::ranges::any_of(view.media, [](const auto& m) { return m.player != views::Media::Player::none; }))
    allow_members_media(response);
  return response;
}

Response random_page(const Request&, const Site& site, store::Reader& db) {
  const auto id = store::random_post(db, site.tokens.choose(UINT32_MAX), site.clock.now());
  return see_other(id ? "/posts/" + std::to_string(id->value) : "/");
}

}  // namespace voice::server
