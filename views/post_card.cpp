#include "views/post_card.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

#include "base/text.h"
#include "base/time.h"
#include "content/excerpt.h"
#include "views/bidi.h"

namespace voice::views {
namespace {
constexpr std::size_t kMostPerBlogAndDay = 3;
constexpr std::uint32_t kHues = 8;

// FNV-1a: a colour must be the same after a restart, which std::hash does not promise.
std::string hue_of(std::string_view slug) {
  std::uint32_t h = 2166136261U;
  for (const char c : slug) h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
  return std::to_string(h % kHues);
}

std::string title_of(const store::RiverEntry& e) {
  if (!e.title.empty()) return e.title;
  if (e.shown != store::Shown::title)
    if (auto words = content::first_words(e.excerpt); !words.empty()) return words;
  return (e.published ? "A post of " : "A post first seen on ") + date_in_words(e.published.value_or(e.first_seen));
}

// Many blogs publish a day and no hour; midnight is then an invention.
bool has_hour(sys_seconds t) {
  using namespace std::chrono;
  return t != floor<days>(t) && london(t) != floor<days>(london(t));
}

std::string when_of(const store::RiverEntry& e, bool under_its_day) {
  if (!e.published) return dated(e);
  const auto own = *e.published;
  if (!under_its_day || iso_day(own) != iso_day(e.river_at)) return date_in_words(own);
  return has_hour(own) ? time_in_words(own) : std::string();
}

std::string media_of(const std::vector<feeds::Enclosure>& enclosures) {
  for (const auto& enclosure : enclosures) {
    const bool audio = enclosure.mime_type.starts_with("audio/");
    if (!audio && !enclosure.mime_type.starts_with("video/")) continue;
    std::string text = audio ? "Audio" : "Video";
    if (enclosure.duration_in_seconds >= 60)
      text += ", " + counted(enclosure.duration_in_seconds / 60, "minute", "minutes");
    return text;
  }
  return {};
}

std::string kind_note(store::BlogKind kind) {
  // Readers should see at once who sells something, and where the hub itself speaks.
  return kind == store::BlogKind::supplier || kind == store::BlogKind::hub ? words_for(kind) : std::string();
}

bool is_english(std::string_view language) { return language.empty() || starts_with_ignoring_case(language, "en"); }
}  // namespace

std::string words_for(store::BlogKind kind) {
  switch (kind) {
    case store::BlogKind::practitioner: return "Practitioner";
    case store::BlogKind::council_team: return "Council team";
    case store::BlogKind::sector_body: return "Sector body";
    case store::BlogKind::central_government: return "Central government";
    case store::BlogKind::supplier: return "Supplier";
    case store::BlogKind::hub: return "Written here";
  }
  return {};
}

std::string initials_of(std::string_view name) {
  static constexpr std::array kSmallWords = {"the", "a", "an", "of", "on", "from", "and", "for", "in", "to", "y", "yr"};
  std::string initials;
  int taken = 0;
  for (const auto word : split(name, ' ')) {
    std::size_t at = 0;
    while (at < word.size() && static_cast<unsigned char>(word[at]) < 0x80 && !is_alpha(word[at]) &&
           !is_digit(word[at]))
      ++at;
    if (at == word.size() || std::ranges::find(kSmallWords, to_ascii_lower(word)) != kSmallWords.end()) continue;
    const auto start = at;
    next_code_point(word, at);
    std::string letter(word.substr(start, at - start));
    if (letter[0] >= 'a' && letter[0] <= 'z') letter[0] = static_cast<char>(letter[0] - 32);
    initials += letter;
    if (++taken == 2) break;
  }
  return initials.empty() ? "?" : initials;
}

std::string dated(const store::RiverEntry& e) {
  return e.published ? date_in_words(*e.published) : "Undated, first seen " + date_in_words(e.first_seen);
}

PostCard card_of(const store::RiverEntry& e, const CardContext& context) {
  const std::string page = "/posts/" + std::to_string(e.id.value);
  const std::string language = e.language.empty() ? e.blog_language : e.language;
  const bool own_words = e.shown != store::Shown::title;
  PostCard card{.id = std::to_string(e.id.value),
                .title = title_of(e),
                .title_html = {},
                .url = e.url.empty() ? page : e.url,
                .page_url = page,
                .byline = e.author,
                .blog_title = context.of_one_blog ? "" : e.blog_title,
                .blog_url = "/blogs/" + e.blog_slug,
                .organisation = context.of_one_blog ? "" : e.blog_organisation,
                .kind = context.of_one_blog ? "" : kind_note(e.blog_kind),
                .when = when_of(e, context.under_its_day),
                .when_iso = rfc3339(e.published.value_or(e.first_seen)),
                .first_seen = std::to_string(unix_seconds(e.first_seen)),
                .text = own_words ? e.excerpt : "",
                .text_html = {},
                .why = {},
                .language = is_english(language) ? "" : language,
                .direction = direction_of(language),
                .initials = context.of_one_blog ? "" : initials_of(e.blog_title),
                .hue = hue_of(e.blog_slug),
                .media = media_of(e.enclosures),
                .topics = {},
                .discussion = {}};
  if (equals_ignoring_case(card.byline, card.blog_title)) card.byline.clear();
  if (equals_ignoring_case(card.organisation, card.blog_title)) card.organisation.clear();
  // A post without a title is named by its first words; saying them twice helps nobody.
  if (e.title.empty() && card.text == card.title) card.text.clear();
  return card;
}

std::vector<PostDay> by_day(const std::vector<store::RiverEntry>& entries, const std::vector<PostCard>& cards,
                            bool fold) {
  std::vector<PostDay> days;
  std::string today;
  std::unordered_map<std::int64_t, std::size_t> count;                       // posts of a blog in this day
  std::unordered_map<std::int64_t, std::pair<std::size_t, std::size_t>> at;  // where its card is
  for (std::size_t first = 0; first < entries.size();) {
    today = iso_day(entries[first].river_at);
    std::size_t last = first;
    count.clear();
    at.clear();
    for (; last < entries.size() && iso_day(entries[last].river_at) == today; ++last) ++count[entries[last].blog.value];
    days.push_back(
        {.heading = day_in_words(entries[first].river_at), .url = "/" + replace_all(today, "-", "/"), .items = {}});
    auto& items = days.back().items;
    for (std::size_t i = first; i < last; ++i) {
      const auto blog = entries[i].blog.value;
      const bool folds = fold && count[blog] > kMostPerBlogAndDay;
      if (const auto found = at.find(blog); folds && found != at.end()) {
        items[found->second.second].fold.posts.push_back(cards[i]);
        continue;
      }
      at[blog] = {days.size() - 1, items.size()};
      items.push_back({.card = cards[i], .fold = {}});
      if (folds)
        items.back().fold.summary = counted(static_cast<std::int64_t>(count[blog]) - 1, "more post", "more posts") +
                                    " by " + isolated(entries[i].blog_title) + " that day";
    }
    first = last;
  }
  return days;
}

namespace {
Model::Object fields_of(const PostCard& c) {
  return {
      {"post_title", c.title},
      {"post_title_html", shown_if(c.title_html)},
      {"post_url", c.url},
      {"post_page_url", shown_if(c.page_url)},
      {"post_byline", shown_if(c.byline)},
      {"post_blog", c.blog_title.empty()
                        ? Model(false)
                        : Model(Model::Object{{"post_blog_title", c.blog_title}, {"post_blog_url", c.blog_url}})},
      {"post_organisation", shown_if(c.organisation)},
      {"post_kind", shown_if(c.kind)},
      {"post_when", shown_if(c.when)},
      {"post_when_iso", c.when_iso},
      {"post_first_seen", c.first_seen},
      {"post_text", shown_if(c.text_html.empty() ? c.text : "")},
      {"post_text_html", shown_if(c.text_html)},
      {"post_why", shown_if(c.why)},
      {"post_language", shown_if(c.language)},
      {"post_direction", shown_if(c.direction)},
      {"post_initials", shown_if(c.initials)},
      {"post_hue", c.hue},
      {"post_media", shown_if(c.media)},
      {"post_topics", each(c.topics,
                           [](const Link& topic) {
                             return Model::Object{{"post_topic_text", topic.text}, {"post_topic_url", topic.url}};
                           })},
      {"post_discussion", c.discussion.text.empty() ? Model(false)
                                                    : Model(Model::Object{{"post_discussion_text", c.discussion.text},
                                                                          {"post_discussion_url", c.discussion.url}})}};
}

}  // namespace

Model model_of(const PostCard& c) { return fields_of(c); }

Model model_of(const PostItem& item) {
  auto fields = fields_of(item.card);
  fields.push_back({"post_fold", item.fold.posts.empty()
                                     ? Model(false)
                                     : Model(Model::Object{{"fold_summary", item.fold.summary},
                                                           {"fold_posts", each(item.fold.posts, [](const PostCard& c) {
                                                              return model_of(c);
                                                            })}})});
  return Model(std::move(fields));
}

Model days_model(const std::vector<PostDay>& days) {
  return each(days, [](const PostDay& day) {
    return Model::Object{{"day_heading", day.heading},
                         {"day_url", shown_if(day.url)},
                         {"day_items", each(day.items, [](const PostItem& item) { return model_of(item); })}};
  });
}

Model posts_model(const std::vector<PostCard>& cards) {
  return each(cards, [](const PostCard& card) { return model_of(card); });
}

}  // namespace voice::views
