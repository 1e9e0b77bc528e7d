#include "views/desk_editor.h"

#include "base/text.h"
#include "base/time.h"

namespace voice::views {
namespace {

const Link kDesk{"Editors’ desk", "/editor"};

DeskPage desk_page(std::string title, Link back = kDesk) {
  DeskPage page;
  page.head = {.title = title, .indexing = Indexing::no};
  page.heading = std::move(title);
  page.back = std::move(back);
  return page;
}

std::string moment(const std::optional<sys_seconds>& t, const char* otherwise) {
  return t ? moment_in_words(*t) : otherwise;
}

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

void say_done(DeskPage& page, const std::string& done) {
  if (!done.empty()) page.notice = {.title = "Done", .text = done, .tone = "good"};
}

std::string waited(sys_seconds since, sys_seconds now) {
  const auto days = (now - since).count() / 86400;
  return days == 0 ? "Sent today" : "Waiting for " + counted(days, "day", "days");
}

std::string id_of(std::int64_t value) { return std::to_string(value); }

FormPart reason_form(const std::string& action, const std::string& token, const std::string& label,
                     const std::string& hint, Button button, const std::vector<Problem>& problems,
                     const std::string& typed, const std::string& field) {
  return {.action = action,
          .form_token = token,
          .fields = {TextField{.id = field,
                               .label = label,
                               .hint = hint,
                               .value = typed,
                               .error = error_for(problems, field),
                               .rows = 3,
                               .longest = 1000}},
          .buttons = {std::move(button)}};
}

std::string act_in_words(const std::string& act) {
  static const std::vector<std::pair<std::string, std::string>> kWords = {
      {"application.sent", "asked to join"},
      {"application.accepted", "accepted"},
      {"application.declined", "declined"},
      {"application.withdrawn", "withdrew"},
      {"blog.paused", "paused"},
      {"blog.resumed", "resumed"},
      {"blog.removed", "removed"},
      {"blog.left", "left with"},
      {"blog.changed", "changed"},
      {"blog.claimed", "took over"},
      {"feed.fetched", "asked to fetch"},
      {"post.hidden", "hid"},
      {"post.restored", "restored"},
      {"post.featured", "featured"},
      {"post.unfeatured", "took down"},
      {"report.sent", "reported"},
      {"report.closed", "closed a report of"},
      {"guest.submitted", "sent"},
      {"guest.changes-asked", "asked for changes to"},
      {"guest.accepted", "accepted"},
      {"guest.scheduled", "scheduled"},
      {"guest.published", "published"},
      {"guest.declined", "declined"},
      {"guest.withdrawn", "withdrew"},
      {"guest.edited", "edited"},
      {"user.added", "added the account"},
      {"user.role", "changed the role of"},
      {"user.password", "changed the password of"},
      {"user.disabled", "disabled"},
      {"topic.term-added", "added"},
      {"topic.term-removed", "took away"},
      {"letter.resent", "sent again"}};
  for (const auto& [name, words] : kWords)
    if (name == act) return words;
  return act;
}

}  // namespace

DeskPage dashboard_page(const DeskCounts& counts, sys_seconds now) {
  auto page = desk_page("Editors’ desk", {});
  const auto waiting = [](std::int64_t n, const char* one, const char* many) {
    return n == 0 ? std::string("None") : counted(n, one, many);
  };
  const auto tone = [](std::int64_t n, const char* busy) { return n == 0 ? std::string("quiet") : std::string(busy); };
  const bool idle = counts.applications + counts.guest_posts + counts.reports + counts.failing_feeds == 0;
  page.parts.push_back(
      TextPart{.text = idle ? "Nothing waits for you. Thank you." : "In the order in which people are waiting.",
               .weight = TextPart::Weight::lead});
  if (counts.undone) say_done(page, "Your last act is taken back. The log shows both.");
  if (counts.last_act) {
    page.parts.push_back(TextPart{.text = "You last " + act_in_words(counts.last_act->act.act) + " " +
                                          counts.last_act->act.subject + ", on " +
                                          moment_in_words(counts.last_act->at) + ".",
                                  .weight = TextPart::Weight::hint});
    page.parts.push_back(FormPart{.action = "/editor/undo",
                                  .form_token = counts.form_token,
                                  .hidden = {{"line", std::to_string(counts.last_act->id)}},
                                  .buttons = {{.text = "Take it back", .tone = "quiet"}}});
  }
  TasksPart tasks;
  tasks.tasks.push_back(
      {.text = "Blogs that ask to join",
       .url = "/editor/queue",
       .hint = counts.oldest_application ? "The first: " + to_ascii_lower(waited(*counts.oldest_application, now)) : "",
       .status = waiting(counts.applications, "waiting", "waiting"),
       .tone = tone(counts.applications, "info")});
  tasks.tasks.push_back({.text = "Guest posts",
                         .url = "/editor/guest-posts",
                         .hint = "To read, edit, schedule and publish",
                         .status = waiting(counts.guest_posts, "to read", "to read"),
                         .tone = tone(counts.guest_posts, "info")});
  tasks.tasks.push_back({.text = "Reported posts",
                         .url = "/editor/reports",
                         .hint = "What readers say is wrong",
                         .status = waiting(counts.reports, "open", "open"),
                         .tone = tone(counts.reports, "warn")});
  tasks.tasks.push_back({.text = "Feeds in trouble",
                         .url = "/editor/feeds",
                         .hint = "What failed, since when, and why",
                         .status = waiting(counts.failing_feeds, "failing", "failing"),
                         .tone = tone(counts.failing_feeds, "warn")});
  tasks.tasks.push_back({.text = "Featured posts",
                         .url = "/editor/featured",
                         .hint = "What stands above the river",
                         .status = waiting(counts.featured, "now", "now"),
                         .tone = "quiet"});
  tasks.tasks.push_back({.text = "Posts",
                         .url = "/editor/posts",
                         .hint = "Find one to feature, hide or restore",
                         .status = {},
                         .tone = {}});
  tasks.tasks.push_back({.text = "Topics",
                         .url = "/editor/topics",
                         .hint = "Which tags and words put a post there",
                         .status = {},
                         .tone = {}});
  tasks.tasks.push_back(
      {.text = "Log", .url = "/editor/log", .hint = "Who did what, when and why", .status = {}, .tone = {}});
  if (counts.is_administrator)
    tasks.tasks.push_back({.text = "Letters",
                           .url = "/editor/letters",
                           .hint = counts.letters_leave ? "What was sent and what was not"
                                                        : "No mail server is set: letters are kept here",
                           .status = counts.letters_stuck == 0 ? "" : counted(counts.letters_stuck, "stuck", "stuck"),
                           .tone = "warn"});
  tasks.tasks.push_back({.text = "Your account",
                         .url = "/editor/account",
                         .hint = "Password, and where you are signed in",
                         .status = {},
                         .tone = {}});
  page.parts.push_back(std::move(tasks));
  return page;
}

DeskPage cannot_undo_page() {
  auto page = desk_page("It cannot be taken back");
  page.parts.push_back(
      TextPart{.text = "Somebody has acted since, or it was taken back already. Nothing was changed; the log tells who "
                       "did what."});
  page.parts.push_back(LinksPart{.links = {{"Log", "/editor/log"}, kDesk}});
  return page;
}

DeskPage queue_page(const std::vector<store::Application>& waiting, const std::string& done, sys_seconds now) {
  auto page = desk_page("Blogs that ask to join");
  if (done == "accepted")
    say_done(page, "The blog has joined and its feed is being read. Its blogger has been written to.");
  if (done == "declined") say_done(page, "The application is declined and your reason has been sent.");
  if (waiting.empty()) {
    page.parts.push_back(TextPart{.text = "No application waits. New ones come from the page “Add your blog”."});
    page.parts.push_back(LinksPart{.links = {kDesk}});
    return page;
  }
  TasksPart tasks;
  for (const auto& application : waiting)
    tasks.tasks.push_back(
        {.text = application.answers.title,
         .url = "/editor/applications/" + id_of(application.id.value),
         .hint = application.answers.writer +
                 (application.answers.organisation.empty() ? "" : ", " + application.answers.organisation) + ". " +
                 waited(application.sent.value_or(application.created), now),
         .status = application.proved ? "Proved" : "Not proved",
         .tone = application.proved ? "good" : "quiet"});
  page.parts.push_back(std::move(tasks));
  return page;
}

DeskPage application_page(const DecisionPage& in, const store::Application& application,
                          const std::vector<store::PreviewPost>& posts, const std::vector<TopicChoice>& topics,
                          sys_seconds now) {
  auto page = desk_page(application.answers.title, {"Blogs that ask to join", "/editor/queue"});
  page.caption = "Application " + application.reference;
  page.head.title = application.answers.title + ": application " + application.reference;
  page.problems = in.problems;
  const auto path = "/editor/applications/" + id_of(application.id.value);
  if (application.state != store::ApplicationState::waiting)
    page.notice = {.title = application.state == store::ApplicationState::accepted   ? "Accepted"
                            : application.state == store::ApplicationState::declined ? "Declined"
                                                                                     : "Withdrawn",
                   .text = "By " + application.decided_by + " on " + moment(application.decided, "an unknown day") +
                           "." + (application.reason.empty() ? "" : " Reason: " + application.reason)};
  page.parts.push_back(
      application.proved
          ? TagPart{.tag = {"Proved", "good"}, .text = "The applicant has shown that the blog is theirs."}
          : TagPart{.tag = {"Not proved", "quiet"},
                    .text = "Nothing on the site or in the feed shows that the applicant owns it."});
  if (application.state == store::ApplicationState::waiting) {
    page.parts.push_back(
        FormPart{.action = path + "/accept", .form_token = in.form_token, .buttons = {{.text = "Accept"}}});
  }
  auto rows = answer_rows(application, {}, topics);
  rows.insert(rows.begin(),
              {.key = "Home page",
               .value = application.feed.home_url.empty() ? application.address : application.feed.home_url,
               .value_url = application.feed.home_url});
  rows.push_back({.key = "Sent", .value = moment(application.sent, "Not yet")});
  page.parts.push_back(SummaryPart{std::move(rows)});
  if (!application.feed.report.empty()) {
    page.parts.push_back(HeadingPart{"About the feed"});
    page.parts.push_back(ListPart{application.feed.report});
  }
  if (!posts.empty()) {
    page.parts.push_back(HeadingPart{"Its newest posts, as the river will show them"});
    page.parts.push_back(PostsPart{preview_cards(application, posts, now)});
  }
  if (application.state == store::ApplicationState::waiting) {
    page.parts.push_back(HeadingPart{"Decline"});
    page.parts.push_back(reason_form(path + "/decline", in.form_token, "Why?", "Your words are sent to the applicant.",
                                     {.text = "Decline", .tone = "warn"}, in.problems, in.reason, "reason"));
  }
  return page;
}

DeskPage decided_already_page(const store::Application& application) {
  auto page = desk_page("Somebody has decided this already", {"Blogs that ask to join", "/editor/queue"});
  const std::string how = application.state == store::ApplicationState::accepted   ? "accepted"
                          : application.state == store::ApplicationState::declined ? "declined"
                                                                                   : "withdrawn";
  page.parts.push_back(TextPart{.text = "“" + application.answers.title + "” was " + how + " by " +
                                        application.decided_by + " on " +
                                        moment(application.decided, "an unknown day") +
                                        ". Your decision has changed nothing and nothing was sent."});
  if (!application.reason.empty()) page.parts.push_back(InsetPart{application.reason});
  page.parts.push_back(
      LinksPart{.links = {{"See the application", "/editor/applications/" + id_of(application.id.value)},
                          {"What else waits", "/editor/queue"}}});
  return page;
}

DeskPage feeds_page(const std::vector<store::FailingFeed>& failing, const std::vector<store::Blog>& paused) {
  auto page = desk_page("Feeds in trouble");
  if (failing.empty()) {
    page.parts.push_back(TextPart{.text = "Every feed answered the last time it was asked."});
  } else {
    TablePart table{.caption = "Feeds that failed the last time",
                    .columns = {"Blog", "What happened", "Failing since", "Next try"}};
    for (const auto& [blog, feed] : failing)
      table.rows.push_back({{.text = blog.title, .url = "/editor/feeds/" + id_of(feed.id.value)},
                            {.text = feed.error_text},
                            {.text = moment(feed.failing_since, "Just now")},
                            {.text = moment(feed.next_fetch, "Never by itself")}});
    page.parts.push_back(std::move(table));
  }
  if (!paused.empty()) {
    page.parts.push_back(HeadingPart{"Paused"});
    LinksPart links;
    for (const auto& blog : paused) links.links.push_back({blog.title, "/blogs/" + blog.slug});
    page.parts.push_back(std::move(links));
  }
  return page;
}

std::vector<SummaryRow> feed_rows(const store::FeedRow& feed) {
  std::vector<SummaryRow> rows = {{.key = "Feed", .value = feed.url},
                                  {.key = "Last read", .value = moment(feed.last_fetch, "Not yet")},
                                  {.key = "Last time it worked", .value = moment(feed.last_success, "Not yet")},
                                  {.key = "Next time", .value = moment(feed.next_fetch, "Not planned")}};
  if (feed.last_status > 0)
    rows.push_back({.key = "Its server’s answer", .value = "HTTP " + std::to_string(feed.last_status)});
  if (!feed.error_text.empty()) rows.push_back({.key = "What went wrong", .value = feed.error_text});
  if (!feed.error_hint.empty()) rows.push_back({.key = "What to do", .value = feed.error_hint});
  if (feed.failures > 0) rows.push_back({.key = "Failures in a row", .value = with_commas(feed.failures)});
  return rows;
}

DeskPage feed_page(const FeedDeskPage& in, const store::Blog& blog, const store::FeedRow& feed) {
  auto page = desk_page(blog.title, {"Feeds in trouble", "/editor/feeds"});
  page.caption = "Feed";
  page.head.title = blog.title + ": its feed";
  page.problems = in.problems;
  say_done(page, in.done);
  const auto path = "/editor/feeds/" + id_of(feed.id.value);
  const bool paused = blog.state == store::BlogState::paused;
  const bool active = blog.state == store::BlogState::active;
  page.parts.push_back(TagPart{.tag = paused                     ? Tag{"Paused", "quiet"}
                                      : !active                  ? Tag{"Not read", "quiet"}
                                      : feed.error_class.empty() ? Tag{"Working", "good"}
                                                                 : Tag{"Failing", "bad"}});
  page.parts.push_back(SummaryPart{feed_rows(feed)});
  if (active)
    page.parts.push_back(
        FormPart{.action = path + "/fetch", .form_token = in.form_token, .buttons = {{.text = "Fetch now"}}});
  page.parts.push_back(FormPart{.action = path + (paused ? "/resume" : "/pause"),
                                .form_token = in.form_token,
                                .buttons = {{.text = paused ? "Read it again" : "Pause", .tone = "quiet"}}});
  page.parts.push_back(HeadingPart{"Remove this blog"});
  page.parts.push_back(reason_form(path + "/remove", in.form_token, "Why?",
                                   "Its posts go from every page and feed. The reason is kept in the log.",
                                   {.text = "Remove", .tone = "warn"}, in.problems, {}, "reason"));
  page.parts.push_back(LinksPart{.links = {{"The blog’s page", "/blogs/" + blog.slug}}});
  return page;
}

std::string title_of(const store::PostRow& post) {
  if (!post.title.empty()) return post.title;
  const auto words = std::string(utf8_prefix(post.excerpt, 60));
  return words.empty() ? "A post without a title" : words + "…";
}

std::string fate_in_words(store::PostFate fate) {
  switch (fate) {
    case store::PostFate::shown: return "Shown";
    case store::PostFate::hidden: return "Hidden";
    case store::PostFate::waits_for_its_day: return "Waits for its date";
    case store::PostFate::shown_elsewhere: return "Shown once, from another feed";
  }
  return {};
}

Tag fate_tag(store::PostFate fate) {
  return {fate_in_words(fate), fate == store::PostFate::shown    ? "good"
                               : fate == store::PostFate::hidden ? "bad"
                                                                 : "quiet"};
}

DeskPage posts_page(const std::string& words, const std::vector<store::PostRow>& posts) {
  auto page = desk_page("Posts");
  page.parts.push_back(FormPart{
      .action = "/editor/posts",
      .fields = {TextField{
          .id = "q", .label = "Words in the title or the blog’s name", .value = words, .type = "search", .width = 30}},
      .buttons = {{.text = "Find", .tone = "quiet"}}});
  if (posts.empty()) {
    page.parts.push_back(TextPart{.text = words.empty() ? "There are no posts yet." : "No post has these words."});
    return page;
  }
  TablePart table{.caption = words.empty() ? "Newest posts" : "Posts with these words",
                  .columns = {"Post", "Blog", "Date", "State"}};
  for (const auto& post : posts)
    table.rows.push_back({{.text = title_of(post), .url = "/editor/posts/" + id_of(post.id.value)},
                          {.text = post.blog_title},
                          {.text = date_in_words(post.published.value_or(post.first_seen))},
                          {.text = fate_in_words(post.fate), .tone = fate_tag(post.fate).tone}});
  page.parts.push_back(std::move(table));
  return page;
}

DeskPage post_page(const PostDeskPage& in, const store::PostRow& post, const std::optional<store::Feature>& feature) {
  auto page = desk_page(title_of(post), {"Posts", "/editor/posts"});
  page.head.title += ": hide or feature";
  page.caption = "Post";
  page.problems = in.problems;
  say_done(page, in.done);
  const auto path = "/editor/posts/" + id_of(post.id.value);
  const auto tag = fate_tag(post.fate);
  page.parts.push_back(TagPart{.tag = tag});
  page.parts.push_back(SummaryPart{
      {{.key = "Blog", .value = post.blog_title},
       {.key = "Published", .value = moment(post.published, "No date")},
       {.key = "First seen", .value = moment_in_words(post.first_seen)},
       {.key = "Original", .value = post.url.empty() ? "It has no address" : post.url, .value_url = post.url}}});
  if (!post.excerpt.empty()) page.parts.push_back(InsetPart{post.excerpt});
  if (post.fate == store::PostFate::hidden) {
    page.parts.push_back(HeadingPart{"Restore"});
    page.parts.push_back(reason_form(path + "/restore", in.form_token, "Why may it be shown again?", "Kept in the log.",
                                     {.text = "Restore"}, in.problems, in.reason, "reason"));
    return page;
  }
  if (feature) {
    page.parts.push_back(HeadingPart{"Featured"});
    page.parts.push_back(InsetPart{feature->sentence});
    page.parts.push_back(TextPart{.text = "Place " + std::to_string(feature->position) + ", until " +
                                          moment_in_words(feature->ends) + ", by " +
                                          (feature->by.empty() ? "an editor" : feature->by) + "."});
    page.parts.push_back(FormPart{.action = path + "/unfeature",
                                  .form_token = in.form_token,
                                  .buttons = {{.text = "Take it down", .tone = "quiet"}}});
  } else {
    page.parts.push_back(HeadingPart{"Feature it"});
    page.parts.push_back(FormPart{.action = path + "/feature",
                                  .form_token = in.form_token,
                                  .fields = {TextField{.id = "sentence",
                                                       .label = "Why should people read it?",
                                                       .hint = "One sentence. It stands beside the post.",
                                                       .value = in.sentence,
                                                       .error = error_for(in.problems, "sentence"),
                                                       .rows = 2,
                                                       .longest = 200},
                                             TextField{.id = "days",
                                                       .label = "For how many days?",
                                                       .hint = "1 to 60",
                                                       .value = in.days,
                                                       .error = error_for(in.problems, "days"),
                                                       .width = 4},
                                             TextField{.id = "position",
                                                       .label = "In which place?",
                                                       .hint = "1 is first; up to three are shown",
                                                       .value = in.position,
                                                       .error = error_for(in.problems, "position"),
                                                       .width = 4}},
                                  .buttons = {{.text = "Feature this post"}}});
  }
  page.parts.push_back(HeadingPart{"Hide it"});
  page.parts.push_back(reason_form(
      path + "/hide", in.form_token, "Why?",
      "It goes from every page and feed and stays hidden when its feed is read again. The reason is public.",
      {.text = "Hide", .tone = "warn"}, in.problems, in.reason, "reason"));
  return page;
}

DeskPage featured_desk_page(const std::vector<FeaturedRow>& rows) {
  auto page = desk_page("Featured posts");
  if (rows.empty()) {
    page.parts.push_back(
        TextPart{.text = "Nothing is featured. Find a post and say in one sentence why it is worth reading."});
  } else {
    TablePart table{.caption = "Featured now", .columns = {"Post", "Place", "Why", "Until", "By"}};
    for (const auto& [feature, post] : rows)
      table.rows.push_back({{.text = title_of(post), .url = "/editor/posts/" + id_of(post.id.value)},
                            {.text = std::to_string(feature.position)},
                            {.text = feature.sentence},
                            {.text = moment_in_words(feature.ends)},
                            {.text = feature.by}});
    page.parts.push_back(std::move(table));
  }
  page.parts.push_back(LinksPart{.links = {{"Find a post", "/editor/posts"}, {"The public page", "/featured"}}});
  return page;
}

DeskPage log_page(const LogPage& in) {
  auto page = in.is_public ? desk_page("Editors’ log", {}) : desk_page("Log");
  if (in.is_public) {
    page.head.path = "/log";
    page.head.indexing = Indexing::yes;
    page.head.description = "What the editors of this site have done, and why.";
    page.parts.push_back(
        TextPart{.text = "What the editors decide in public, and why.", .weight = TextPart::Weight::lead});
  } else {
    SelectField kind{.id = "kind",
                     .label = "Show",
                     .choices = {{"", "Everything"},
                                 {"application", "Applications"},
                                 {"blog", "Blogs"},
                                 {"feed", "Feeds"},
                                 {"post", "Posts"},
                                 {"guest", "Guest posts"},
                                 {"topic", "Topics"},
                                 {"user", "Accounts"},
                                 {"letter", "Letters"}}};
    for (auto& choice : kind.choices) choice.chosen = choice.value == in.kind;
    page.parts.push_back(
        FormPart{.action = "/editor/log", .fields = {std::move(kind)}, .buttons = {{.text = "Show", .tone = "quiet"}}});
  }
  if (in.lines.empty()) {
    page.parts.push_back(TextPart{.text = "Nothing has happened yet."});
    return page;
  }
  TablePart table{.caption = in.is_public ? "Public decisions, newest first" : "What happened, newest first",
                  .columns = {"When", "Who", "Did what", "Why"}};
  for (const auto& line : in.lines) {
    const auto& act = line.act;
    const bool linked = !act.subject_path.empty() && (!in.is_public || !act.subject_path.starts_with("/editor"));
    Cell what{.text = act_in_words(act.act) + " " + act.subject};
    if (linked) what.url = act.subject_path;
    table.rows.push_back({{.text = moment_in_words(line.at)},
                          {.text = in.is_public && act.user ? "An editor" : act.actor},
                          std::move(what),
                          {.text = act.reason}});
  }
  page.parts.push_back(std::move(table));
  LinksPart pages;
  if (!in.newest_url.empty()) pages.links.push_back({"Newest", in.newest_url});
  if (!in.older_url.empty()) pages.links.push_back({"Older", in.older_url});
  if (!pages.links.empty()) page.parts.push_back(std::move(pages));
  return page;
}

namespace {
Cell letter_state(const store::Letter& letter) {
  switch (letter.state) {
    case store::LetterState::waiting: return {.text = "Waiting", .tone = "info"};
    case store::LetterState::sending: return {.text = "Being sent", .tone = "info"};
    case store::LetterState::sent: return {.text = "Sent", .tone = "good"};
    case store::LetterState::failed: return {.text = "Failed", .tone = "bad"};
    case store::LetterState::doubtful: return {.text = "In doubt", .tone = "warn"};
  }
  return {};
}
}  // namespace

DeskPage letters_page(const std::vector<store::Letter>& letters, bool letters_leave) {
  auto page = desk_page("Letters");
  if (!letters_leave)
    page.notice = {
        .title = "No mail server is set",
        .text = "Letters are kept here, or in a folder where one is set. You can read them and pass them on.",
        .tone = "warn"};
  if (letters.empty()) {
    page.parts.push_back(TextPart{.text = "No letter has been written yet."});
    return page;
  }
  TablePart table{.caption = "Letters, newest first", .columns = {"Subject", "To", "Written", "State"}};
  for (const auto& letter : letters)
    table.rows.push_back({{.text = letter.subject, .url = "/editor/letters/" + id_of(letter.id.value)},
                          {.text = letter.recipient},
                          {.text = moment_in_words(letter.created)},
                          letter_state(letter)});
  page.parts.push_back(std::move(table));
  return page;
}

DeskPage letter_page(const store::Letter& letter, const std::string& form_token) {
  auto page = desk_page(letter.subject, {"Letters", "/editor/letters"});
  page.head.title = "Letter " + id_of(letter.id.value) + ": " + letter.subject;
  page.caption = "Letter";
  const auto state = letter_state(letter);
  page.parts.push_back(TagPart{.tag = {state.text, state.tone}, .text = letter.last_error});
  page.parts.push_back(SummaryPart{{{.key = "To", .value = letter.recipient},
                                    {.key = "Written", .value = moment_in_words(letter.created)},
                                    {.key = "Tries", .value = std::to_string(letter.tries)},
                                    {.key = "Sent", .value = moment(letter.sent, "Not yet")}}});
  if (letter.text.empty())
    page.parts.push_back(
        TextPart{.text = "Its text is not kept: it was sent, and links in it are nobody else’s business."});
  else
    page.parts.push_back(CodePart{.text = letter.text, .label = "Text of the letter"});
  if (letter.state == store::LetterState::failed || letter.state == store::LetterState::doubtful) {
    page.parts.push_back(TextPart{.text = letter.state == store::LetterState::doubtful
                                              ? "It may have arrived: the connection broke after the last byte. Send "
                                                "it again only if you know that it has not."
                                              : "It was refused or could not be delivered for three days."});
    page.parts.push_back(FormPart{.action = "/editor/letters/" + id_of(letter.id.value) + "/resend",
                                  .form_token = form_token,
                                  .buttons = {{.text = "Send it again", .tone = "quiet"}}});
  }
  return page;
}

}  // namespace voice::views
