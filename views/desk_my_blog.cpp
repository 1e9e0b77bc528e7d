#include "views/desk_my_blog.h"

#include "base/time.h"
#include "views/desk_editor.h"

namespace voice::views {
namespace {

const Link kBack{"My blog", "/my-blog"};

DeskPage private_page(std::string title, Link back) {
  DeskPage page;
  page.head = {.title = title, .indexing = Indexing::no};
  page.heading = std::move(title);
  page.back = std::move(back);
  return page;
}

std::string path_of(const store::Application& application) { return "/my-blog/" + application.reference; }

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

Tag state_tag(const store::Application& application) {
  switch (application.state) {
    case store::ApplicationState::waiting: return {"Waits for an editor", "info"};
    case store::ApplicationState::accepted: return {"Joined", "good"};
    case store::ApplicationState::declined: return {"Declined", "bad"};
    case store::ApplicationState::withdrawn: return {"Withdrawn", "quiet"};
    case store::ApplicationState::draft: break;
  }
  return {"Not sent", "quiet"};
}

TagPart health_of(const store::Blog& blog, const std::optional<store::FeedRow>& feed) {
  if (blog.state == store::BlogState::paused)
    return {.tag = {"Paused", "quiet"}, .text = "Your feed is not read. What was here stays."};
  if (blog.state == store::BlogState::left)
    return {.tag = {"Left", "quiet"}, .text = "Your posts are no longer shown. You are welcome back."};
  if (blog.state == store::BlogState::gone)
    return {.tag = {"Gone", "bad"}, .text = "Your feed’s server says that it has gone for good."};
  if (!feed || !feed->last_fetch)
    return {.tag = {"Not read yet", "info"}, .text = "Your feed will be read within a few minutes."};
  if (!feed->error_class.empty()) return {.tag = {"Failing", "bad"}, .text = feed->error_text};
  return {.tag = {"Working", "good"},
          .text = "Your feed was read on " + date_in_words(*feed->last_fetch) + " at " +
                  time_in_words(*feed->last_fetch) + "."};
}

std::string news(const std::string& done) {
  if (done == "check")
    return "We read your feed within a minute, or ten minutes after the last time. Reload this page to see what came "
           "of it.";
  if (done == "pause") return "Your feed is not read until you resume it.";
  if (done == "resume") return "Your feed is read again.";
  if (done == "change") return "Your changes are saved and shown at once.";
  if (done == "left") return "Your blog has left. Its posts are no longer on any page or in any feed.";
  if (done == "withdrawn") return "Your application is withdrawn.";
  if (done == "proved") return "We found it: the blog is yours.";
  return {};
}

TablePart posts_table(const std::vector<store::PostRow>& posts) {
  TablePart table{.caption = "Your newest posts and what became of them", .columns = {"Post", "Date", "Here"}};
  for (const auto& post : posts) {
    const auto tag = fate_tag(post.fate);
    table.rows.push_back({{.text = title_of(post),
                           .url = post.fate == store::PostFate::shown ? "/posts/" + std::to_string(post.id.value) : ""},
                          {.text = date_in_words(post.published.value_or(post.first_seen))},
                          {.text = tag.text, .tone = tag.tone}});
  }
  return table;
}

// A line of what one fetch came to; "and 12 without news before it" keeps quiet weeks short.
std::string outcome_of(const store::HistoryLine& line) {
  std::string words;
  if (!line.sentence.empty())
    words = line.sentence;
  else if (line.added + line.changed > 0)
    words = counted(line.added, "new post", "new posts") + ", " + counted(line.changed, "changed", "changed");
  else
    words = "Nothing new";
  if (line.quiet_before > 0)
    words += " (and " + counted(line.quiet_before, "fetch", "fetches") + " without news before)";
  return words;
}

TablePart fetches_table(const std::vector<store::HistoryLine>& fetches) {
  TablePart table{.caption = "The last times we read your feed", .columns = {"When", "What came of it", "Answer"}};
  for (const auto& line : fetches)
    table.rows.push_back({{.text = moment_in_words(line.at)},
                          {.text = outcome_of(line)},
                          {.text = line.status > 0 ? "HTTP " + std::to_string(line.status) : "None"}});
  return table;
}

void add_member_parts(DeskPage& page, const MyBlogForm& in, const MyBlog& mine) {
  const auto path = path_of(mine.application);
  const auto& blog = *mine.blog;
  page.parts.push_back(health_of(blog, mine.feed));
  if (mine.feed) page.parts.push_back(SummaryPart{feed_rows(*mine.feed)});
  const bool active = blog.state == store::BlogState::active;
  const bool paused = blog.state == store::BlogState::paused;
  if (active)
    page.parts.push_back(
        FormPart{.action = path + "/check", .form_token = in.form_token, .buttons = {{.text = "Check now"}}});
  if (!mine.posts.empty())
    page.parts.push_back(posts_table(mine.posts));
  else if (active)
    page.parts.push_back(TextPart{.text = "No post has been read yet."});
  if (!mine.fetches.empty()) page.parts.push_back(fetches_table(mine.fetches));
  if (active || paused) {
    page.parts.push_back(HeadingPart{"What you can do"});
    page.parts.push_back(LinksPart{.links = {{"Change what is said and shown", path + "/change"},
                                             {"The blog’s public page", "/blogs/" + blog.slug},
                                             {"Download everything we have about it (JSON)", path + "/export.json"},
                                             {"Leave", path + "/leave"}}});
    page.parts.push_back(FormPart{.action = path + (paused ? "/resume" : "/pause"),
                                  .form_token = in.form_token,
                                  .buttons = {{.text = paused ? "Read my feed again" : "Pause", .tone = "quiet"}}});
  }
}

}  // namespace

DeskPage my_blog_door_page(const MyBlogDoor& in) {
  auto page = private_page("My blog", {});
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text = "See how your feed is read, change what is shown, pause or leave. There is no "
                                        "password: we send you a link."});
  page.parts.push_back(FormPart{.action = "/my-blog",
                                .form_token = in.form_token,
                                .hidden = {{"next", in.next}},
                                .fields = {TextField{.id = "email",
                                                     .label = "The e-mail address you gave us",
                                                     .value = in.email,
                                                     .error = error_for(in.problems, "email"),
                                                     .type = "email",
                                                     .autocomplete = "email",
                                                     .width = 30}},
                                .buttons = {{.text = "Send me a link"}}});
  page.parts.push_back(
      LinksPart{.links = {{"My blog is listed here, but you have no address of mine", "/my-blog/claim"},
                          {"Add your blog", "/add-your-blog"},
                          {"Write a guest post", "/guest-posts/submit"},
                          {"I am an editor", "/sign-in"}}});
  return page;
}

DeskPage my_blogs_page(const std::vector<store::Application>& applications, std::int64_t guest_posts) {
  auto page = private_page("My blog", {});
  if (applications.empty()) page.parts.push_back(TextPart{.text = "No blog was registered with your e-mail address."});
  TasksPart tasks;
  for (const auto& application : applications) {
    const auto tag = state_tag(application);
    tasks.tasks.push_back({.text = application.answers.title,
                           .url = path_of(application),
                           .hint = "Reference " + application.reference,
                           .status = tag.text,
                           .tone = tag.tone});
  }
  if (!applications.empty()) page.parts.push_back(std::move(tasks));
  LinksPart links{.links = {{"Add a blog", "/add-your-blog"}}};
  links.links.push_back({guest_posts > 0 ? "My guest posts (" + with_commas(guest_posts) + ")" : "Write a guest post",
                         "/guest-posts/drafts"});
  page.parts.push_back(std::move(links));
  return page;
}

DeskPage my_blog_page(const MyBlogForm& in, const MyBlog& mine, const std::vector<TopicChoice>& topics) {
  const auto& application = mine.application;
  auto page = private_page(application.answers.title, kBack);
  page.head.title = application.answers.title + ": your blog";
  page.caption = "Reference " + application.reference;
  page.problems = in.problems;
  if (const auto text = news(in.done); !text.empty()) page.notice = {.title = "Done", .text = text, .tone = "good"};
  if (in.done == "not-found")
    page.notice = {.title = "We did not find it",
                   .text = "We read your home page and your feed just now and found none of the three.",
                   .tone = "warn"};
  const auto tag = state_tag(application);
  if (!mine.blog) page.parts.push_back(TagPart{.tag = tag});
  if (mine.blog) add_member_parts(page, in, mine);
  if (application.state == store::ApplicationState::declined) {
    page.parts.push_back(TextPart{.text = "The editor writes:"});
    page.parts.push_back(InsetPart{application.reason});
    page.parts.push_back(LinksPart{.links = {{"Apply again", "/add-your-blog"}}});
  }
  if (application.state == store::ApplicationState::waiting) {
    page.parts.push_back(SummaryPart{answer_rows(application, {}, topics)});
    for (auto& part : proof_parts(application, in.ways)) page.parts.push_back(std::move(part));
    page.parts.push_back(LinksPart{.links = {{"Withdraw the application", path_of(application) + "/leave"}}});
  }
  return page;
}

DeskPage my_blog_change_page(const MyBlogForm& in, const store::Application& application, const BlogDetails& d) {
  auto page = private_page("Change what is said and shown", {application.answers.title, path_of(application)});
  page.problems = in.problems;
  const auto text = [&](std::string id, std::string label, std::string value, std::string hint = {}) {
    return TextField{.id = id,
                     .label = std::move(label),
                     .hint = std::move(hint),
                     .value = std::move(value),
                     .error = error_for(in.problems, id),
                     .width = 30};
  };
  page.parts.push_back(FormPart{
      .action = path_of(application) + "/change",
      .form_token = in.form_token,
      .fields = {text("title", "Name of the blog", d.title), text("writer", "Written by", d.writer),
                 text("organisation", "Council or organisation", d.organisation, "Leave it empty if there is none."),
                 ChoiceField{.id = "kind",
                             .legend = "Who is it by?",
                             .error = error_for(in.problems, "kind"),
                             .choices = kind_choices(d.kind)},
                 ChoiceField{.id = "shown",
                             .legend = "How much of each post may we show?",
                             .error = error_for(in.problems, "shown"),
                             .choices = shown_choices(d.shown)},
                 ChoiceField{.id = "licence",
                             .legend = "Licence",
                             .error = error_for(in.problems, "licence"),
                             .choices = licence_choices(d.licence.empty() ? "none" : d.licence)},
                 text("feed_url", "Feed address", d.feed_url, "We read a new address before we save it.")},
      .buttons = {{.text = "Save"}},
      .cancel = {"Cancel", path_of(application)}});
  return page;
}

LetterWords feed_trouble_letter(const store::Blog& blog, const store::FeedRow& feed, const std::string& link) {
  LetterWords words{.subject = "We cannot read your feed",
                    .paragraphs = {"We have not been able to read the feed of “" + blog.title + "” since " +
                                       date_in_words(*feed.failing_since) + ". Its address is " + feed.url + ".",
                                   "What went wrong: " + feed.error_text},
                    .link = {"See what happened, change the address or pause", link},
                    .after = {"We go on trying. We write once about each trouble, and not again about this one."}};
  if (!feed.error_hint.empty()) words.paragraphs.push_back("What to do: " + feed.error_hint);
  return words;
}

DeskPage my_blog_leave_page(const MyBlogForm& in, const MyBlog& mine) {
  const bool member = mine.blog.has_value();
  auto page = private_page(member ? "Leave?" : "Withdraw the application?",
                           {mine.application.answers.title, path_of(mine.application)});
  page.parts.push_back(TextPart{.text = member ? "Your blog’s page and all of its posts go from every page and feed "
                                                 "here at once. Other sites may have read them already."
                                               : "No editor will look at it, and nothing is kept on any page."});
  page.parts.push_back(FormPart{.action = path_of(mine.application) + "/leave",
                                .form_token = in.form_token,
                                .buttons = {{.text = member ? "Leave" : "Withdraw", .tone = "warn"}},
                                .cancel = {"Stay", path_of(mine.application)}});
  return page;
}

}  // namespace voice::views
