#include "views/desk_guest_public.h"

#include <utility>

#include "base/time.h"
#include "content/excerpt.h"

namespace voice::views {
namespace {

// A JSON string. Text is valid UTF-8, so only quotes, backslashes and controls need writing otherwise.
std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += ' ';
    else
      out += c;
  }
  return out + "\"";
}

std::string blog_posting(const store::GuestPost& post, const std::optional<sys_seconds>& updated,
                         const std::string& address) {
  const auto published = post.published.value_or(post.updated);
  return "{\"@context\":\"https://schema.org\",\"@type\":\"BlogPosting\",\"headline\":" + json_text(post.text.title) +
         ",\"author\":{\"@type\":\"Person\",\"name\":" + json_text(post.text.byline) + "},\"datePublished\":\"" +
         rfc3339(published) + "\",\"dateModified\":\"" + rfc3339(updated.value_or(published)) +
         "\",\"mainEntityOfPage\":" + json_text(address) + "}";
}

}  // namespace

DeskPage guest_posts_page(const std::vector<PostCard>& posts, const std::string& feed_stem,
                          const std::string& older_url) {
  DeskPage page;
  page.head = {.title = "Guest posts",
               .description = "Posts written for this site by people who have no blog of their own.",
               .path = "/guest-posts"};
  if (!feed_stem.empty()) page.head.feeds = {{.title = "Guest posts", .stem = feed_stem, .query = {}, .opml = {}}};
  page.heading = "Guest posts";
  page.parts.push_back(TextPart{
      .text = "Written for this site by people who have no blog of their own, read by an editor, and published whole.",
      .weight = TextPart::Weight::lead});
  if (posts.empty())
    page.parts.push_back(TextPart{.text = "None has been published yet. Yours could be the first."});
  else
    page.parts.push_back(HeadingPart{"Newest first"});
  if (!posts.empty()) page.parts.push_back(PostsPart{posts});
  LinksPart links;
  if (!older_url.empty()) links.links.push_back({"Older guest posts", older_url});
  links.links.push_back({"Write a guest post", "/guest-posts/submit"});
  if (!feed_stem.empty())
    for (const auto& [name, ending] :
         {std::pair{"Atom feed", ".atom"}, std::pair{"RSS feed", ".rss"}, std::pair{"JSON feed", ".json"}})
      links.links.push_back({name, feed_stem + ending});
  page.parts.push_back(std::move(links));
  return page;
}

DeskPage guest_post_page(const store::GuestPost& post, const content::SafeHtml& body,
                         const std::optional<sys_seconds>& updated, const std::string& base_url) {
  DeskPage page;
  const auto path = "/guest-posts/" + post.slug;
  const auto published = post.published.value_or(post.updated);
  page.head = {.title = post.text.title,
               .description = content::summarise(body, 30).excerpt,
               .path = path,
               .og_type = "article",
               .json_ld = blog_posting(post, updated, base_url + path)};
  page.back = {"Guest posts", "/guest-posts"};
  page.heading = post.text.title;
  page.parts.push_back(
      BylinePart{.text = post.text.byline + (post.text.organisation.empty() ? "" : ", " + post.text.organisation),
                 .when = day_in_words(published),
                 .when_iso = rfc3339(published)});
  page.parts.push_back(ProsePart{.html = body});
  if (updated)
    page.parts.push_back(
        TextPart{.text = "Changed on " + date_in_words(*updated) + ".", .weight = TextPart::Weight::hint});
  page.parts.push_back(
      LinksPart{.links = {{"More guest posts", "/guest-posts"}, {"Write one yourself", "/guest-posts/submit"}}});
  return page;
}

DeskPage guest_gone_page(const store::GuestPost& post) {
  DeskPage page;
  page.head = {.title = "This post has been taken down", .indexing = Indexing::no};
  page.heading = "This post has been taken down";
  if (!post.note.empty()) {
    page.parts.push_back(TextPart{.text = "The editors write:"});
    page.parts.push_back(InsetPart{post.note});
  }
  page.parts.push_back(LinksPart{.links = {{"Guest posts", "/guest-posts"}}});
  return page;
}

}  // namespace voice::views
