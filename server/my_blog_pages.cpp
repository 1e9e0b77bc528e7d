// /my-blog: everything a blogger can see and do after applying, for whoever proved the e-mail address of the application.
#include "base/text.h"
#include "server/blog_export.h"
#include "server/desk.h"
#include "server/feed_check.h"
#include "server/form_reader.h"
#include "server/joining.h"
#include "server/letters.h"
#include "store/applications.h"
#include "store/feed_state.h"
#include "store/guest_posts.h"
#include "store/membership.h"
#include "store/topics.h"
#include "views/desk_my_blog.h"
#include "views/desk_sign_in.h"

namespace voice::server {
namespace {

constexpr Slowed kLetterLimit{
    .kind = "letter", .most_per_account = 3, .most_per_network = 20, .window = std::chrono::seconds{3600}};
constexpr int kPostsShown = 10;
constexpr int kFetchesShown = 10;

// Only what this door leads to.
std::string member_path(const std::string& wanted) {
  return wanted.starts_with("/my-blog") || wanted.starts_with("/guest-posts/") ? one_line_of(wanted) : "/my-blog";
}

std::string path_of(const store::Application& application) { return "/my-blog/" + application.reference; }

Response door(const Request& request, const Site& site, store::Reader& db) {
  if (!request.viewer.signed_in())
    return show(request, site,
                views::my_blog_door_page(
                    {.form_token = request.viewer.form_token, .next = member_path(request.query.get("next"))}));
  return show(request, site,
              views::my_blogs_page(store::applications_of(db, request.viewer.email),
                                   static_cast<std::int64_t>(store::guest_posts_of(db, request.viewer.email).size())));
}

// The answer is the same for an address that is known here and one that is not.
Response ask_for_link(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto email = form.email("email", "Enter your e-mail address");
  const auto next = member_path(request.form.get("next"));
  if (!form.ok())
    return show(
        request, site,
        views::my_blog_door_page(
            {.form_token = request.viewer.form_token, .email = email, .next = next, .problems = form.problems()}),
        422);
  if (auto wait = slow_down(request, site, db, kLetterLimit, email)) return std::move(*wait);
  db.write([&](store::Writer& writer) {
    if (store::applications_of(writer, email).empty() && store::guest_posts_of(writer, email).empty()) return;
    const auto life = site.settings.desk.link_length;
    write_letter(
        writer, site, email,
        {.subject = "Your link to your blog here",
         .paragraphs = {"Somebody, we hope you, asked for a link to the page of your blog or guest post."},
         .link = {"Open it",
                  one_time_address(writer, site,
                                   {.purpose = store::LinkPurpose::member, .email = email, .target = next}, life)},
         .after = {"The link works once, for " + length_in_words(life) +
                   ". If it was not you, there is nothing to do."}});
  });
  return see_other("/my-blog/link-sent");
}

Response link_sent(const Request& request, const Site& site, store::Reader&) {
  return show(request, site, views::letter_sent_page("to your blog’s page", "/my-blog"));
}

// Somebody else's reference is not found, as one that does not exist.
std::optional<views::MyBlog> own_blog(const Request& request, const Site& site, store::Reader& db) {
  for (const auto& application : store::applications_of(db, request.viewer.email)) {
    if (application.reference != request.captures.get("reference")) continue;
    views::MyBlog mine{.application = application, .blog = {}, .feed = {}, .fetches = {}, .posts = {}};
    if (!application.blog) return mine;
    mine.blog = store::find_blog(db, application.blog);
    if (const auto feeds = store::feeds_of(db, application.blog); !feeds.empty()) mine.feed = feeds.front();
    if (mine.feed) mine.fetches = store::fetch_history(db, mine.feed->id, kFetchesShown);
    mine.posts = store::newest_posts_of(db, application.blog, site.clock.now(), kPostsShown);
    return mine;
  }
  return std::nullopt;
}

std::vector<views::TopicChoice> topic_choices(store::Reader& db) {
  std::vector<views::TopicChoice> choices;
  for (const auto& topic : store::all_topics(db))
    choices.push_back({.slug = topic.slug, .name = topic.name, .description = {}});
  return choices;
}

views::MyBlogForm form_for(const Request& request, const Site& site, const store::Application& application) {
  return {.form_token = request.viewer.form_token,
          .done = request.query.get("done"),
          .problems = {},
          .ways = proof_ways(site, application, path_of(application) + "/prove", request.viewer.form_token)};
}

Response my_blog(const Request& request, const Site& site, store::Reader& db) {
  const auto mine = own_blog(request, site, db);
  if (!mine) return not_found();
  return show(request, site, views::my_blog_page(form_for(request, site, mine->application), *mine, topic_choices(db)));
}

Response download(const Request& request, const Site& site, store::Reader& db) {
  const auto mine = own_blog(request, site, db);
  if (!mine) return not_found();
  auto response = content(blog_export(db, *mine, site.clock.now()), "application/json");
  response.set("Content-Disposition", "attachment; filename=\"" + mine->application.reference + ".json\"");
  return response;
}

Response prove(const Request& request, const Site& site, store::Database& db) {
  const auto mine = own_blog(request, site, *db.reader());
  if (!mine) return not_found();
  auto look = begin_look(request, site, db);
  if (look.refused) return std::move(*look.refused);
  return see_other(path_of(mine->application) +
                   (prove_application(db, site, mine->application) ? "?done=proved" : "?done=not-found"));
}

store::Act by_blogger(std::string act, const store::Application& application, const store::Blog& blog) {
  return {.actor = "its blogger",
          .act = std::move(act),
          .subject = blog.title,
          .subject_path = application.blog ? "/blogs/" + blog.slug : ""};
}

// A blogger's button: for a member in one of the states `from`; for any other it does nothing.
template <class Change>
Response press(const Request& request, const Site& site, store::Database& db, const char* done, const char* act,
               std::initializer_list<store::BlogState> from, Change&& change) {
  const auto mine = own_blog(request, site, *db.reader());
  if (!mine || !mine->blog) return not_found();
  if (std::find(from.begin(), from.end(), mine->blog->state) != from.end()) {
    db.write([&](store::Writer& writer) {
      change(writer, *mine);
      store::record(writer, by_blogger(act, mine->application, *mine->blog), site.clock.now());
    });
    site.poke_poller();
  }
  return see_other(path_of(mine->application) + "?done=" + done);
}

Response check_now(const Request& request, const Site& site, store::Database& db) {
  return press(request, site, db, "check", "feed.fetched", {store::BlogState::active},
               [&](store::Writer& writer, const views::MyBlog& mine) {
                 if (mine.feed)
                   store::make_feed_due(writer, mine.feed->id, site.clock.now(), site.settings.fetch.min_interval);
               });
}

Response pause(const Request& request, const Site& site, store::Database& db) {
  return press(request, site, db, "pause", "blog.paused", {store::BlogState::active},
               [&](store::Writer& writer, const views::MyBlog& mine) {
                 store::set_blog_state(writer, mine.blog->id, store::BlogState::paused, site.clock.now());
               });
}

Response resume(const Request& request, const Site& site, store::Database& db) {
  return press(request, site, db, "resume", "blog.resumed", {store::BlogState::paused},
               [&](store::Writer& writer, const views::MyBlog& mine) {
                 store::set_blog_state(writer, mine.blog->id, store::BlogState::active, site.clock.now());
               });
}

bool is_member_now(const views::MyBlog& mine) {
  return mine.blog && (mine.blog->state == store::BlogState::active || mine.blog->state == store::BlogState::paused);
}

Response ask_changes(const Request& request, const Site& site, store::Reader& db) {
  const auto mine = own_blog(request, site, db);
  if (!mine || !is_member_now(*mine)) return not_found();
  const auto& blog = *mine->blog;
  return show(request, site,
              views::my_blog_change_page(form_for(request, site, mine->application), mine->application,
                                         {.title = blog.title,
                                          .writer = blog.author,
                                          .organisation = blog.organisation,
                                          .kind = std::string(store::name_of(blog.kind)),
                                          .shown = std::string(store::name_of(blog.shown)),
                                          .licence = blog.licence,
                                          .feed_url = mine->feed ? mine->feed->url : ""}));
}

std::vector<std::string> values_of(const std::vector<views::Choice>& choices) {
  std::vector<std::string> values;
  for (const auto& choice : choices) values.push_back(choice.value);
  return values;
}

views::BlogDetails read_details(FormReader& form) {
  return {.title = form.line("title", {.missing = "Enter the name of your blog", .longest = 100}),
          .writer = form.line("writer", {.missing = "Enter who writes it", .longest = 100}),
          .organisation = form.line("organisation", {.missing = {}, .longest = 150}),
          .kind = form.choice("kind", values_of(views::kind_choices({})), "Choose who it is by"),
          .shown = form.choice("shown", values_of(views::shown_choices({})), "Choose how much we may show"),
          .licence = form.choice("licence", values_of(views::licence_choices({})), "Choose a licence"),
          .feed_url = form.line("feed_url", {.missing = "Enter the address of your feed", .longest = 500})};
}

void save_details(store::Writer& db, const store::Blog& blog, const views::BlogDetails& details) {
  store::change_details(db, blog.id,
                        {.title = details.title,
                         .home_url = blog.home_url,
                         .language = blog.language,
                         .author = details.writer,
                         .organisation = details.organisation,
                         .kind = store::parse_blog_kind(details.kind).value_or(blog.kind),
                         .shown = store::parse_shown(details.shown).value_or(blog.shown),
                         .licence = details.licence == "none" ? "" : details.licence});
}

Response take_changes(const Request& request, const Site& site, store::Database& db) {
  const auto mine = own_blog(request, site, *db.reader());
  if (!mine || !is_member_now(*mine)) return not_found();
  FormReader form(request.form);
  const auto details = read_details(form);
  const bool moves = mine->feed && details.feed_url != mine->feed->url;
  if (form.ok() && moves) {
    auto look = begin_look(request, site, db);
    if (look.refused) return std::move(*look.refused);
    const auto looked = look_at_feed(site, details.feed_url);
    if (const auto* problem = std::get_if<CheckProblem>(&looked)) form.problem("feed_url", problem->sentence);
  }
  if (form.ok())
    db.write([&](store::Writer& writer) {
      if (moves && !store::change_feed_address(writer, mine->feed->id, details.feed_url, site.clock.now())) {
        form.problem("feed_url", "Another blog here has this feed");
        return;
      }
      save_details(writer, *mine->blog, details);
      store::record(writer, by_blogger("blog.changed", mine->application, *mine->blog), site.clock.now());
    });
  if (form.ok()) return see_other(path_of(mine->application) + "?done=change");
  auto page = form_for(request, site, mine->application);
  page.problems = form.problems();
  return show(request, site, views::my_blog_change_page(page, mine->application, details), 422);
}

Response ask_leave(const Request& request, const Site& site, store::Reader& db) {
  const auto mine = own_blog(request, site, db);
  if (!mine || !(is_member_now(*mine) || mine->application.state == store::ApplicationState::waiting))
    return not_found();
  return show(request, site, views::my_blog_leave_page(form_for(request, site, mine->application), *mine));
}

Response leave(const Request& request, const Site& site, store::Database& db) {
  const auto mine = own_blog(request, site, *db.reader());
  if (!mine) return not_found();
  const auto& application = mine->application;
  if (application.state == store::ApplicationState::waiting) {
    db.write([&](store::Writer& writer) {
      if (!store::decide_application(writer, application.id,
                                     {.to = store::ApplicationState::withdrawn, .by = "its blogger", .reason = {}},
                                     site.clock.now()))
        return;
      store::record(writer,
                    {.actor = "its blogger",
                     .act = "application.withdrawn",
                     .subject = application.answers.title,
                     .subject_path = "/editor/applications/" + std::to_string(application.id.value)},
                    site.clock.now());
    });
    return see_other(path_of(application) + "?done=withdrawn");
  }
  return press(request, site, db, "left", "blog.left",
               {store::BlogState::active, store::BlogState::paused, store::BlogState::gone},
               [&](store::Writer& writer, const views::MyBlog& own) {
                 store::set_blog_state(writer, own.blog->id, store::BlogState::left, site.clock.now());
               });
}

}  // namespace

void add_my_blog_routes(Router& router) {
  router.get("/my-blog", Who::anyone, door);
  router.post("/my-blog", Who::anyone, ask_for_link);
  router.get("/my-blog/link-sent", Who::anyone, link_sent);
  router.get("/my-blog/{reference}", Who::member, my_blog);
  router.get("/my-blog/{reference}/export.json", Who::member, download);
  router.post("/my-blog/{reference}/prove", Who::member, prove);
  router.post("/my-blog/{reference}/check", Who::member, check_now);
  router.post("/my-blog/{reference}/pause", Who::member, pause);
  router.post("/my-blog/{reference}/resume", Who::member, resume);
  router.get("/my-blog/{reference}/change", Who::member, ask_changes);
  router.post("/my-blog/{reference}/change", Who::member, take_changes);
  router.get("/my-blog/{reference}/leave", Who::member, ask_leave);
  router.post("/my-blog/{reference}/leave", Who::member, leave);
}

}  // namespace voice::server
