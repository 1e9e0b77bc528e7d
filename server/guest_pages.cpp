// /guest-posts: offered, written, sent and read. What editors do with them is in editor_guest_pages.cpp.
#include "base/text.h"
#include "base/time.h"
#include "content/images.h"
#include "content/scrolling_tables.h"
#include "server/desk.h"
#include "server/form_reader.h"
#include "server/guest_parts.h"
#include "server/guest_text.h"
#include "server/letters.h"
#include "store/blogs.h"
#include "store/guest_posts.h"
#include "store/river.h"
#include "views/desk_guest.h"
#include "views/desk_guest_letters.h"
#include "views/desk_guest_public.h"
#include "views/desk_sign_in.h"

namespace voice::server {
namespace {

constexpr Slowed kLetterLimit{
    .kind = "letter", .most_per_account = 3, .most_per_network = 20, .window = std::chrono::seconds{3600}};
constexpr Slowed kStartLimit{
    .kind = "guest post", .most_per_account = 10, .most_per_network = 30, .window = std::chrono::seconds{86400}};
constexpr int kPostsShown = 100;

Response list(const Request& request, const Site& site, store::Reader& db) {
  std::vector<views::PostCard> cards;
  std::string older_url;
  for (const auto& post : store::guest_posts_in(db, store::GuestState::published, kPostsShown)) {
    const auto entry = store::find_entry(db, post.entry);
    if (!entry) continue;
    cards.push_back(views::card_of(*entry, {.under_its_day = false, .of_one_blog = true}));
    if (cards.size() == kPostsShown) older_url = "/blogs/" + entry->blog_slug + "?before=" + entry->cursor().text();
  }
  return show(request, site, views::guest_posts_page(cards, "/guest-posts", older_url));
}

Response read(const Request& request, const Site& site, store::Reader& db) {
  const auto post = store::find_guest_post_by_slug(db, request.captures.get("slug"));
  if (!post) return not_found();
  if (post->state == store::GuestState::withdrawn) return show(request, site, views::guest_gone_page(*post), 410);
  const auto entry = store::find_entry(db, post->entry);
  if (!entry) return gone();  // an editor hid it
  return show(request, site,
              views::guest_post_page(
                  *post, content::with_scrolling_tables(content::without_images(store::body_of(db, post->entry))),
                  entry->updated, site.settings.site.base_url));
}

Response offer(const Request& request, const Site& site, store::Reader&) {
  if (request.viewer.signed_in()) return see_other("/guest-posts/drafts");
  return show(request, site, views::guest_offer_page({.form_token = request.viewer.form_token}, {}));
}

Response take_offer(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto email = form.email("email", "Enter your e-mail address");
  if (!form.ok())
    return show(request, site,
                views::guest_offer_page({.form_token = request.viewer.form_token, .problems = form.problems()}, email),
                422);
  if (auto wait = slow_down(request, site, db, kLetterLimit, email)) return std::move(*wait);
  db.write([&](store::Writer& writer) {
    const auto life = site.settings.desk.link_length;
    const auto link = one_time_address(
        writer, site, {.purpose = store::LinkPurpose::member, .email = email, .target = "/guest-posts/drafts"}, life);
    write_letter(writer, site, email, views::guest_link_letter(link, length_in_words(life)));
  });
  return see_other("/guest-posts/link-sent");
}

Response link_sent(const Request& request, const Site& site, store::Reader&) {
  return show(request, site, views::letter_sent_page("to your drafts", "/guest-posts/submit"));
}

Response drafts(const Request& request, const Site& site, store::Reader& db) {
  return show(request, site,
              views::guest_drafts_page({.form_token = request.viewer.form_token},
                                       store::guest_posts_of(db, request.viewer.email)));
}

Response start(const Request& request, const Site& site, store::Database& db) {
  if (auto wait = slow_down(request, site, db, kStartLimit, request.viewer.email)) return std::move(*wait);
  const auto reference = new_reference(site);
  db.write([&](store::Writer& writer) {
    store::start_guest_post(writer, request.viewer.email, reference, site.clock.now());
  });
  return see_other("/guest-posts/drafts/" + reference);
}

// Somebody else's reference is not found, as one that does not exist.
std::optional<store::GuestPost> own_post(const Request& request, store::Reader& db) {
  for (const auto& post : store::guest_posts_of(db, request.viewer.email))
    if (post.reference == request.captures.get("reference")) return post;
  return std::nullopt;
}

std::string path_of(const store::GuestPost& post) { return "/guest-posts/drafts/" + post.reference; }

bool may_change(const store::GuestPost& post) {
  return post.state == store::GuestState::draft || post.state == store::GuestState::changes_asked;
}

Response draft(const Request& request, const Site& site, store::Reader& db) {
  const auto post = own_post(request, db);
  if (!post) return not_found();
  return show(request, site,
              views::guest_draft_page({.form_token = request.viewer.form_token,
                                       .done = request.query.get("done"),
                                       .typed = post->text,
                                       .revision = post->revision},
                                      *post));
}

Response preview(const Request& request, const Site& site, store::Reader& db) {
  const auto post = own_post(request, db);
  if (!post) return not_found();
  return show(request, site,
              views::guest_preview_page(*post, content::without_images(render_guest_post(*post).body),
                                        {"Back to the text", path_of(*post)}));
}

Response not_now(const Request& request, const Site& site, const store::GuestPost& post, const std::string& sentence) {
  return show(request, site,
              views::guest_draft_page({.form_token = request.viewer.form_token,
                                       .problems = {{sentence, {}}},
                                       .typed = post.text,
                                       .revision = post.revision},
                                      post),
              409);
}

Response sent_to_editors(const Request& request, const Site& site, store::Database& db, const store::GuestPost& post) {
  const auto moved = db.write([&](store::Writer& writer) -> Result<Done> {
    const auto done = store::move_guest_post(writer, post.id, {.to = store::GuestState::submitted}, site.clock.now());
    if (!done) return done.error();
    const auto now_sent = *store::find_guest_post(writer, post.id);
    write_letter(writer, site, post.email, views::guest_received_letter(now_sent),
                 "guest " + std::to_string(post.id.value) + " received " + std::to_string(now_sent.revision));
    store::record(writer,
                  {.actor = "a guest",
                   .act = "guest.submitted",
                   .subject = now_sent.text.title,
                   .subject_path = "/editor/guest-posts/" + std::to_string(post.id.value)},
                  site.clock.now());
    return Done{};
  });
  if (!moved) return not_now(request, site, post, "This post has been sent already");
  return see_other(path_of(post) + "?done=sent");
}

Response save(const Request& request, const Site& site, store::Database& db) {
  const auto post = own_post(request, *db.reader());
  if (!post) return not_found();
  if (!may_change(*post))
    return not_now(request, site, *post, "The editors have this post now, so it cannot be changed here");
  FormReader form(request.form);
  const auto step = request.form.get("do");
  const auto text = read_guest_text(form, step == "send" ? HowComplete::whole : HowComplete::draft);
  const auto revision = revision_in(request.form);
  views::GuestForm mine{
      .form_token = request.viewer.form_token, .problems = form.problems(), .typed = text, .revision = revision};
  if (!form.ok()) return show(request, site, views::guest_draft_page(mine, *post), 422);
  const auto saved = db.write([&](store::Writer& writer) {
    return store::save_guest_text(writer, post->id, text, revision, request.viewer.email, site.clock.now());
  });
  if (!saved)
    return guest_conflict(request, site, db, post->id, mine, path_of(*post), {"Back to the text", path_of(*post)});
  if (step == "send") return sent_to_editors(request, site, db, *store::find_guest_post(*db.reader(), post->id));
  return see_other(path_of(*post) + (step == "preview" ? "/preview" : "?done=saved"));
}

Response withdraw(const Request& request, const Site& site, store::Database& db) {
  const auto post = own_post(request, *db.reader());
  if (!post) return not_found();
  if (post->state == store::GuestState::published)
    return not_now(request, site, *post, "A published post is taken down by an editor. Write to us");
  db.write([&](store::Writer& writer) {
    if (!store::withdraw_guest_post(writer, post->id, {}, site.clock.now())) return;
    store::record(writer,
                  {.actor = "a guest",
                   .act = "guest.withdrawn",
                   .subject = post->text.title.empty() ? post->reference : post->text.title,
                   .subject_path = "/editor/guest-posts/" + std::to_string(post->id.value)},
                  site.clock.now());
  });
  return see_other("/guest-posts/drafts");
}

}  // namespace

store::GuestText read_guest_text(FormReader& form, HowComplete how) {
  const bool whole = how == HowComplete::whole;
  return {.title = form.line("title", {.missing = whole ? "Give your post a title" : "", .longest = 150}),
          .markdown = form.text("markdown", {.missing = whole ? "Write your post" : "", .longest = 100'000}),
          .byline = form.line(
              "byline", {.missing = whole ? "Enter your name, as it will stand over the post" : "", .longest = 100}),
          .organisation = form.line("organisation", {.missing = "", .longest = 150})};
}

std::int64_t revision_in(const Fields& form) {
  const auto text = form.get("revision");
  const bool is_number = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoll(text) : 0;
}

Response guest_conflict(const Request& request, const Site& site, store::Database& db, GuestPostId id,
                        const views::GuestForm& mine, const std::string& action, const views::Link& back) {
  const auto theirs = *store::find_guest_post(*db.reader(), id);
  const auto revisions = store::guest_revisions(*db.reader(), id);
  const bool own = !revisions.empty() && revisions.front().saved_by == request.viewer.email;
  const std::string by = own                 ? "yourself, in another window"
                         : revisions.empty() ? "somebody"
                                             : revisions.front().saved_by;
  return show(request, site, views::guest_conflict_page(mine, theirs, by, action, back), 409);
}

void add_guest_routes(Router& router) {
  router.page("/guest-posts", list);
  router.page("/guest-posts/{slug}", read);
  router.get("/guest-posts/submit", Who::anyone, offer);
  router.post("/guest-posts/submit", Who::anyone, take_offer);
  router.get("/guest-posts/link-sent", Who::anyone, link_sent);
  router.get("/guest-posts/drafts", Who::member, drafts);
  router.post("/guest-posts/drafts", Who::member, start);
  router.get("/guest-posts/drafts/{reference}", Who::member, draft);
  router.post("/guest-posts/drafts/{reference}", Who::member, save, kTextFormLimit);
  router.get("/guest-posts/drafts/{reference}/preview", Who::member, preview);
  router.post("/guest-posts/drafts/{reference}/withdraw", Who::member, withdraw);
}

}  // namespace voice::server
