// /add-your-blog: from a pasted address to an application that waits for an editor.
//
// Answers are kept in a draft that only this browser can open, so every page can be left, reloaded and come back to.
#include <algorithm>

#include "base/url.h"
#include "server/desk.h"
#include "server/feed_check.h"
#include "server/form_reader.h"
#include "server/joining.h"
#include "store/applications.h"
#include "store/topics.h"
#include "views/desk_join.h"
#include "views/desk_sign_in.h"

namespace voice::server {
namespace {
using namespace std::chrono_literals;

constexpr Slowed kSendLimit{.kind = "application", .most_per_account = 5, .most_per_network = 10, .window = 3600s};

const std::vector<std::string> kQuestions = {"title",  "writer", "organisation", "kind",
                                             "topics", "shown",  "licence",      "email"};

std::string base_of(const Request& request) { return "/add-your-blog/" + request.captures.get("key"); }

std::optional<store::Application> own_draft(const Request& request, store::Reader& db) {
  return store::find_own_application(db, request.captures.get("key"), request.viewer.visit);
}

std::vector<views::TopicChoice> topic_choices(store::Reader& db) {
  std::vector<views::TopicChoice> choices;
  for (const auto& topic : store::all_topics(db))
    if (!topic.is_kind_of_post)
      choices.push_back({.slug = topic.slug, .name = topic.name, .description = topic.description});
  return choices;
}

views::JoinPage page_at(const Request& request, const std::string& back,
                        const std::vector<views::Problem>& problems = {}) {
  return {.form_token = request.viewer.form_token,
          .action = request.path,
          .back_url = back,
          .from_check = request.query.get("from") == "check" || request.form.get("from") == "check",
          .problems = problems};
}

// The page before a question, and what follows it.
std::string before(const std::string& base, const std::string& question) {
  const auto at = std::ranges::find(kQuestions, question);
  return at == kQuestions.begin() ? base + "/preview" : base + "/" + *std::prev(at);
}
std::string after(const std::string& base, const std::string& question) {
  const auto next = std::next(std::ranges::find(kQuestions, question));
  return next == kQuestions.end() ? base + "/check" : base + "/" + *next;
}

// A draft that is gone (two days), another browser's, or sent: the page to go to instead.
std::optional<Response> elsewhere(const Request& request, const std::optional<store::Application>& draft) {
  if (!draft) return see_other("/add-your-blog");
  if (draft->state != store::ApplicationState::draft) return see_other(base_of(request) + "/sent");
  return std::nullopt;
}

Response ask_address(const Request& request, const Site& site, store::Reader&) {
  return show(request, site,
              views::join_address_page(page_at(request, "/"), request.query.get("address").substr(0, 500)));
}

std::vector<views::Problem> problem_of(const CheckProblem& problem, const std::string& field) {
  return {{problem.hint.empty() ? problem.sentence : problem.sentence + " " + problem.hint, field}};
}

std::optional<std::string> already_here(store::Reader& db, const std::string& feed_url) {
  for (const auto& url : {feed_url, feed_url.starts_with("https:")
                                        ? "http:" + feed_url.substr(6)
                                        : "https:" + feed_url.substr(std::min<std::size_t>(5, feed_url.size()))}) {
    const auto feed = store::find_feed_by_url(db, url);
    const auto blog = feed ? store::find_blog(db, feed->blog) : std::nullopt;
    if (blog && (blog->state == store::BlogState::active || blog->state == store::BlogState::paused))
      return "This blog is a member already, as “" + blog->title +
             "”. If it is yours, go to “My blog” to change or remove it";
  }
  return std::nullopt;
}

// Reads the chosen feed into the draft. A problem in words, or nothing.
std::optional<std::vector<views::Problem>> take_feed(const Site& site, store::Database& db, ApplicationId draft,
                                                     const std::string& feed_url, const std::string& field) {
  if (const auto here = already_here(*db.reader(), feed_url)) return std::vector<views::Problem>{{*here, field}};
  const auto looked = look_at_feed(site, feed_url);
  if (const auto* problem = std::get_if<CheckProblem>(&looked)) return problem_of(*problem, field);
  const auto& snapshot = std::get<store::FeedSnapshot>(looked);
  if (const auto here = already_here(*db.reader(), snapshot.feed_url))
    return std::vector<views::Problem>{{*here, field}};
  db.write([&](store::Writer& writer) { store::set_snapshot(writer, draft, snapshot); });
  return std::nullopt;
}

Response take_address(const Request& request, const Site& site, store::Database& db) {
  FormReader form(request.form);
  const auto address = form.line("address", {.missing = "Enter your blog’s address", .longest = 500});
  const auto again = [&](const std::vector<views::Problem>& problems) {
    return show(request, site, views::join_address_page(page_at(request, "/", problems), address), 422);
  };
  if (!form.ok()) return again(form.problems());
  auto look = begin_look(request, site, db);
  if (look.refused) return std::move(*look.refused);
  const auto looked = look_for_feeds(site, address);
  if (const auto* problem = std::get_if<CheckProblem>(&looked)) return again(problem_of(*problem, "address"));
  const auto& feeds = std::get<std::vector<store::OfferedFeed>>(looked);
  const auto key = site.tokens.token(18);
  const auto draft = db.write([&](store::Writer& writer) {
    const auto id = store::start_application(
        writer, {.key = key, .visit = request.viewer.visit, .address = address, .proof_word = new_proof_word(site)},
        site.clock.now());
    store::set_offered_feeds(writer, id, feeds);
    return id;
  });
  if (feeds.size() > 1) return see_other("/add-your-blog/" + key + "/feed");
  if (const auto problems = take_feed(site, db, draft, feeds.front().url, "address")) return again(*problems);
  return see_other("/add-your-blog/" + key + "/preview");
}

Response ask_feed(const Request& request, const Site& site, store::Reader& db) {
  const auto draft = own_draft(request, db);
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  const auto feeds = store::offered_feeds(db, draft->id);
  const auto chosen = draft->feed.feed_url.empty() && !feeds.empty() ? feeds.front().url : draft->feed.feed_url;
  return show(request, site, views::join_feeds_page(page_at(request, "/add-your-blog"), feeds, chosen));
}

Response take_choice_of_feed(const Request& request, const Site& site, store::Database& db) {
  const auto draft = own_draft(request, *db.reader());
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  const auto feeds = store::offered_feeds(*db.reader(), draft->id);
  std::vector<std::string> urls;
  for (const auto& feed : feeds) urls.push_back(feed.url);
  FormReader form(request.form);
  const auto url = form.choice("feed", urls, "Choose one of the feeds");
  auto problems = form.problems();
  if (form.ok()) {
    auto look = begin_look(request, site, db);
    if (look.refused) return std::move(*look.refused);
    if (const auto found = take_feed(site, db, draft->id, url, "feed")) problems = *found;
  }
  if (!problems.empty())
    return show(request, site, views::join_feeds_page(page_at(request, "/add-your-blog", problems), feeds, url), 422);
  return see_other(base_of(request) + "/preview");
}

Response preview(const Request& request, const Site& site, store::Reader& db) {
  const auto draft = own_draft(request, db);
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  if (draft->feed.feed_url.empty()) return see_other(base_of(request) + "/feed");
  const auto several = store::offered_feeds(db, draft->id).size() > 1;
  return show(request, site,
              views::join_preview_page(page_at(request, several ? base_of(request) + "/feed" : "/add-your-blog"),
                                       *draft, store::preview_posts(db, draft->id),
                                       base_of(request) + "/" + kQuestions.front(), site.clock.now()));
}

bool is_question(const std::string& step) { return std::ranges::find(kQuestions, step) != kQuestions.end(); }

Response ask(const Request& request, const Site& site, store::Reader& db) {
  const auto question = request.captures.get("question");
  if (!is_question(question)) return not_found();
  const auto draft = own_draft(request, db);
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  const auto page = page_at(
      request, request.query.get("from") == "check" ? base_of(request) + "/check" : before(base_of(request), question));
  return show(request, site, views::join_question_page(page, question, draft->answers, topic_choices(db)));
}

std::vector<std::string> values_of(const std::vector<views::Choice>& choices) {
  std::vector<std::string> values;
  for (const auto& choice : choices) values.push_back(choice.value);
  return values;
}

// Puts the one answer of this form among the others.
void read_answer(FormReader& form, const std::string& question, store::Answers& answers, store::Reader& db) {
  if (question == "title")
    answers.title = form.line("title", {.missing = "Enter the name of your blog", .longest = 100});
  if (question == "writer") answers.writer = form.line("writer", {.missing = "Enter who writes it", .longest = 100});
  if (question == "organisation") answers.organisation = form.line("organisation", {.missing = {}, .longest = 150});
  if (question == "kind") answers.kind = form.choice("kind", values_of(views::kind_choices({})), "Choose who it is by");
  if (question == "shown")
    answers.shown = form.choice("shown", values_of(views::shown_choices({})), "Choose how much we may show");
  if (question == "licence")
    answers.licence = form.choice("licence", values_of(views::licence_choices({})), "Choose a licence");
  if (question == "email") answers.email = form.email("email", "Enter your e-mail address");
  if (question != "topics") return;
  std::vector<std::string> slugs;
  for (const auto& topic : topic_choices(db)) slugs.push_back(topic.slug);
  answers.topics = form.choices("topics", slugs);
}

Response take_answer(const Request& request, const Site& site, store::Database& db) {
  const auto question = request.captures.get("question");
  if (!is_question(question)) return not_found();
  const auto draft = own_draft(request, *db.reader());
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  auto answers = draft->answers;
  FormReader form(request.form);
  read_answer(form, question, answers, *db.reader());
  if (!form.ok()) {
    const auto page = page_at(request, before(base_of(request), question), form.problems());
    return show(request, site, views::join_question_page(page, question, answers, topic_choices(*db.reader())), 422);
  }
  db.write([&](store::Writer& writer) { store::set_answers(writer, draft->id, answers); });
  const bool from_check = request.form.get("from") == "check";
  return see_other(from_check ? base_of(request) + "/check" : after(base_of(request), question));
}

// The first question that has to be answered and is not.
std::string unanswered(const store::Application& draft) {
  const auto& a = draft.answers;
  if (draft.feed.feed_url.empty()) return "feed";
  if (a.title.empty()) return "title";
  if (a.writer.empty()) return "writer";
  if (a.kind.empty()) return "kind";
  if (a.shown.empty()) return "shown";
  if (a.licence.empty()) return "licence";
  if (a.email.empty()) return "email";
  return {};
}

Response check(const Request& request, const Site& site, store::Reader& db) {
  const auto draft = own_draft(request, db);
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  if (const auto missing = unanswered(*draft); !missing.empty()) return see_other(base_of(request) + "/" + missing);
  return show(request, site,
              views::join_check_page(page_at(request, base_of(request) + "/email"), *draft, base_of(request),
                                     topic_choices(db)));
}

Response send(const Request& request, const Site& site, store::Database& db) {
  const auto draft = own_draft(request, *db.reader());
  if (auto other = elsewhere(request, draft)) return std::move(*other);
  if (const auto missing = unanswered(*draft); !missing.empty()) return see_other(base_of(request) + "/" + missing);
  FormReader form(request.form);
  form.checked("has_right", "Confirm that you may register this blog");
  const auto again = [&](const std::vector<views::Problem>& problems, int status) {
    return show(request, site,
                views::join_check_page(page_at(request, base_of(request) + "/email", problems), *draft,
                                       base_of(request), topic_choices(*db.reader())),
                status);
  };
  if (!form.ok()) return again(form.problems(), 422);
  if (auto wait = slow_down(request, site, db, kSendLimit, draft->answers.email)) return std::move(*wait);
  const auto sent = send_application(db, site, *draft);
  if (!sent) return again({{sent.error().what, "has_right"}}, 409);
  return see_other(base_of(request) + "/sent");
}

Response sent(const Request& request, const Site& site, store::Reader& db) {
  const auto application = own_draft(request, db);
  if (!application || application->state == store::ApplicationState::draft) return see_other("/add-your-blog");
  return show(request, site,
              views::join_sent_page(
                  *application, proof_ways(site, *application, base_of(request) + "/prove", request.viewer.form_token),
                  request.query.get("proof")));
}

Response prove(const Request& request, const Site& site, store::Database& db) {
  const auto application = own_draft(request, *db.reader());
  if (!application || application->state == store::ApplicationState::draft) return see_other("/add-your-blog");
  auto look = begin_look(request, site, db);
  if (look.refused) return std::move(*look.refused);
  return see_other(base_of(request) + (prove_application(db, site, *application) ? "/sent" : "/sent?proof=not-found"));
}

}  // namespace

void add_join_routes(Router& router) {
  router.get("/add-your-blog", Who::anyone, ask_address);
  router.post("/add-your-blog", Who::anyone, take_address);
  router.get("/add-your-blog/{key}/feed", Who::anyone, ask_feed);
  router.post("/add-your-blog/{key}/feed", Who::anyone, take_choice_of_feed);
  router.get("/add-your-blog/{key}/preview", Who::anyone, preview);
  router.get("/add-your-blog/{key}/check", Who::anyone, check);
  router.post("/add-your-blog/{key}/check", Who::anyone, send);
  router.get("/add-your-blog/{key}/sent", Who::anyone, sent);
  router.get("/add-your-blog/{key}/prove", Who::anyone, sent);
  router.post("/add-your-blog/{key}/prove", Who::anyone, prove);
  router.get("/add-your-blog/{key}/{question}", Who::anyone, ask);
  router.post("/add-your-blog/{key}/{question}", Who::anyone, take_answer);
}

}  // namespace voice::server
