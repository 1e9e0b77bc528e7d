// /my-blog/claim: the blogs that came here by a list and not by their bloggers.
//
// A claim is a draft like any application's, tied to its browser, and counts for nothing until the proof is found: only
// then does its e-mail address reach the blog's pages.
#include "server/desk.h"
#include "server/feed_check.h"
#include "server/form_reader.h"
#include "server/joining.h"
#include "server/letters.h"
#include "store/applications.h"
#include "views/desk_claim.h"

namespace voice::server {
namespace {

std::string path_of(const Request& request) { return "/my-blog/claim/" + request.captures.get("key"); }

Response ask(const Request& request, const Site& site, store::Reader&) {
  return show(request, site, views::claim_page({.form_token = request.viewer.form_token}));
}

std::optional<store::Blog> member_with_feed(store::Reader& db, const std::string& url) {
  const auto feed = store::find_feed_by_url(db, url);
  const auto blog = feed ? store::find_blog(db, feed->blog) : std::nullopt;
  const bool here = blog && (blog->state == store::BlogState::active || blog->state == store::BlogState::paused);
  return here ? blog : std::nullopt;
}

// The blog here that an address leads to; a sentence where there is none to claim.
Result<store::Blog> member_at(const Site& site, store::Database& database, const std::string& address) {
  auto blog = member_with_feed(*database.reader(), address);
  if (!blog) {
    const auto looked = look_for_feeds(site, address);
    if (const auto* problem = std::get_if<CheckProblem>(&looked)) return Error{ErrorCode::not_found, problem->sentence};
    const auto db = database.reader();
    for (const auto& feed : std::get<std::vector<store::OfferedFeed>>(looked))
      if (!blog) blog = member_with_feed(*db, feed.url);
  }
  if (!blog) return Error{ErrorCode::not_found, "This blog is not here yet. Go to “Add your blog” to let it join"};
  if (store::application_of_blog(*database.reader(), blog->id))
    return Error{ErrorCode::conflict,
                 "Its blogger has given us an e-mail address already. Ask for a link on the page “My blog”"};
  return *blog;
}

void start_claim(store::Writer& db, const Site& site, const Request& request, const store::Blog& blog,
                 const std::string& key, const std::string& email) {
  const auto feed = store::feeds_of(db, blog.id).front();
  const auto id = store::start_application(
      db, {.key = key, .visit = request.viewer.visit, .address = feed.url, .proof_word = new_proof_word(site)},
      site.clock.now());
  store::set_snapshot(db, id,
                      {.feed_url = feed.url,
                       .home_url = blog.home_url,
                       .title = blog.title,
                       .language = blog.language,
                       .author = blog.author,
                       .report = {},
                       .posts = {}});
  store::set_answers(db, id,
                     {.title = blog.title,
                      .writer = blog.author,
                      .organisation = blog.organisation,
                      .kind = std::string(store::name_of(blog.kind)),
                      .topics = {},
                      .shown = std::string(store::name_of(blog.shown)),
                      .licence = blog.licence,
                      .email = email,
                      .has_right = true});
}

Response take(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  views::ClaimForm typed{.form_token = request.viewer.form_token};
  typed.address = form.line("address", {.missing = "Enter your blog’s address", .longest = 500});
  typed.email = form.email("email", "Enter your e-mail address");
  if (form.ok()) {
    auto look = begin_look(request, site, db);
    if (look.refused) return std::move(*look.refused);
    const auto blog = member_at(site, db, typed.address);
    if (blog) {
      const auto key = site.tokens.token(18);
      db.write([&](store::Writer& writer) { start_claim(writer, site, request, *blog, key, typed.email); });
      return see_other("/my-blog/claim/" + key);
    }
    form.problem("address", blog.error().what);
  }
  typed.problems = form.problems();
  return show(request, site, views::claim_page(typed), 422);
}

Response proof(const Request& request, const Site& site, store::Reader& db) {
  const auto claim = store::find_own_application(db, request.captures.get("key"), request.viewer.visit);
  if (!claim) return see_other("/my-blog/claim");
  return show(request, site,
              views::claim_proof_page(*claim, proof_ways(site, *claim, path_of(request), request.viewer.form_token),
                                      request.query.get("proof") == "not-found"));
}

Response look(const Request& request, const Site& site, store::Database& db) {
  const auto claim = store::find_own_application(*db.reader(), request.captures.get("key"), request.viewer.visit);
  if (!claim || claim->state != store::ApplicationState::draft) return see_other(path_of(request));
  auto look = begin_look(request, site, db);
  if (look.refused) return std::move(*look.refused);
  const auto by = look_for_proof(site, *claim);
  if (by.empty()) return see_other(path_of(request) + "?proof=not-found");
  const auto taken = db.write([&](store::Writer& writer) -> Result<Done> {
    const auto accepted = store::accept_claim(writer, claim->id, new_reference(site), site.clock.now());
    if (!accepted) return accepted.error();
    store::set_proved(writer, claim->id, by, site.clock.now());
    const auto mine = *store::find_application(writer, claim->id);
    write_letter(writer, site, mine.answers.email,
                 views::claim_letter(mine, my_blog_link(writer, site, mine), length_in_words(kNewsLinkLife)));
    store::record(writer,
                  {.actor = "its blogger",
                   .act = "blog.claimed",
                   .subject = mine.answers.title,
                   .subject_path = "/blogs/" + store::find_blog(writer, mine.blog)->slug,
                   .reason = mine.reason},
                  site.clock.now());
    return Done{};
  });
  if (taken) return see_other(path_of(request));
  return show(
      request, site,
      views::claim_page({.form_token = request.viewer.form_token,
                         .address = claim->address,
                         .email = claim->answers.email,
                         .problems = {{"Somebody else has shown meanwhile that this blog is theirs", "address"}}}),
      409);
}

}  // namespace

void add_claim_routes(Router& router) {
  router.get("/my-blog/claim", Who::anyone, ask);
  router.post("/my-blog/claim", Who::anyone, take);
  router.get("/my-blog/claim/{key}", Who::anyone, proof);
  router.post("/my-blog/claim/{key}", Who::anyone, look);
}

}  // namespace voice::server
