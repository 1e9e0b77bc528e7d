#include "views/desk_join.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "store/river.h"
#include "views/licences.h"

namespace voice::views {
namespace {

constexpr const char* kSection = "blogs";

PageHead head_of(std::string title, const JoinPage& page) {
  return {.title = std::move(title),
          .path = page.action,
          .section = kSection,
          .indexing = Indexing::no,
          .has_errors = !page.problems.empty()};
}

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

DeskPage question_frame(std::string title, const JoinPage& in) {
  DeskPage page;
  page.head = head_of(std::move(title), in);
  page.back = {"Back", in.back_url};
  page.problems = in.problems;
  return page;
}

FormPart form_of(const JoinPage& in, const char* button = "Continue") {
  FormPart form{.action = in.action, .form_token = in.form_token, .buttons = {{.text = button}}};
  if (in.from_check) form.hidden.push_back({"from", "check"});
  return form;
}

std::string feed_kind(const std::string& type) {
  if (type.find("atom") != std::string::npos) return "Atom";
  if (type.find("json") != std::string::npos) return "JSON Feed";
  return "RSS";
}

DeskPage text_question(const JoinPage& in, TextField field) {
  auto page = question_frame(field.label, in);
  field.error = error_for(in.problems, field.id);
  field.heading = true;
  auto form = form_of(in);
  form.fields.push_back(std::move(field));
  page.parts.push_back(std::move(form));
  return page;
}

DeskPage choice_question(const JoinPage& in, ChoiceField field) {
  auto page = question_frame(field.legend, in);
  field.error = error_for(in.problems, field.id);
  field.heading = true;
  auto form = form_of(in);
  form.fields.push_back(std::move(field));
  page.parts.push_back(std::move(form));
  return page;
}

std::string topics_in_words(const std::vector<std::string>& slugs, const std::vector<TopicChoice>& topics) {
  std::string words;
  for (const auto& topic : topics)
    if (std::ranges::find(slugs, topic.slug) != slugs.end()) words += (words.empty() ? "" : ", ") + topic.name;
  return words.empty() ? "None chosen" : words;
}

}  // namespace

std::vector<Choice> kind_choices(const std::string& chosen) {
  std::vector<Choice> choices = {
      {"practitioner", "Somebody who works in local government", "Your own blog about your work", false},
      {"council_team", "A council’s team", "A team or service blog", false},
      {"sector_body", "A sector body, charity or network", "", false},
      {"central_government", "A team in central government", "", false},
      {"supplier", "A supplier", "Readers will see this beside each post", false}};
  for (auto& choice : choices) choice.chosen = choice.value == chosen;
  return choices;
}

std::vector<Choice> shown_choices(const std::string& chosen) {
  std::vector<Choice> choices = {
      {"title", "The title only", "With a link to your blog", false},
      {"excerpt", "The title and the first sentences", "About 60 words, with a link to your blog", false},
      {"full", "The whole post", "Also in our feeds, always with a link to your blog", false}};
  for (auto& choice : choices) choice.chosen = choice.value == chosen;
  return choices;
}

std::vector<Choice> licence_choices(const std::string& chosen) {
  std::vector<Choice> choices = {
      {"none", "All rights reserved", "Nobody may reuse it without asking", false},
      {"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "", "", false},
      {"https://creativecommons.org/licenses/by/4.0/", "", "", false},
      {"https://creativecommons.org/licenses/by-sa/4.0/", "", "", false},
      {"https://creativecommons.org/licenses/by-nc/4.0/", "", "", false},
      {"https://creativecommons.org/publicdomain/zero/1.0/", "", "", false}};
  for (auto& choice : choices) {
    if (choice.label.empty()) choice.label = licence_name(choice.value);
    choice.chosen = choice.value == chosen;
  }
  return choices;
}

namespace {
std::string label_of(const std::vector<Choice>& choices, const std::string& value, const std::string& otherwise) {
  for (const auto& choice : choices)
    if (choice.value == value) return choice.label;
  return otherwise;
}
}  // namespace

std::string kind_in_words(const std::string& kind) { return label_of(kind_choices({}), kind, "Not answered"); }
std::string shown_in_words(const std::string& shown) { return label_of(shown_choices({}), shown, "Not answered"); }
std::string licence_in_words(const std::string& licence) {
  return label_of(licence_choices({}), licence, licence.empty() ? "All rights reserved" : licence_name(licence));
}

DeskPage join_address_page(const JoinPage& in, const std::string& address) {
  DeskPage page;
  page.head = {.title = "Add your blog",
               .description = "Paste your blog’s address, see how its posts will look here, and join.",
               .path = "/add-your-blog",
               .section = kSection,
               .has_errors = !in.problems.empty()};
  page.heading = "Add your blog";
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text =
                                    "For blogs about digital work in and around local government. It takes about five "
                                    "minutes, and you need no account.",
                                .weight = TextPart::Weight::lead});
  auto form = form_of(in);
  form.fields.push_back(TextField{.id = "address",
                                  .label = "What is your blog’s address?",
                                  .hint = "Such as blog.example.org. Its home page will do: we look for the feed.",
                                  .value = address,
                                  .error = error_for(in.problems, "address"),
                                  .type = "text",
                                  .autocomplete = "url",
                                  .width = 30,
                                  .code = true});
  page.parts.push_back(std::move(form));
  page.parts.push_back(LinksPart{.links = {{"How we handle your feed", "/how-we-handle-your-feed"},
                                           {"I have joined already: my blog", "/my-blog"}}});
  return page;
}

DeskPage join_feeds_page(const JoinPage& in, const std::vector<store::OfferedFeed>& feeds, const std::string& chosen) {
  ChoiceField field{.id = "feed",
                    .legend = "Which feed shall we read?",
                    .hint = "Your site offers more than one. The first is usually the right one."};
  for (const auto& feed : feeds)
    field.choices.push_back({.value = feed.url,
                             .label = feed.title.empty() ? feed.url : feed.title,
                             .hint = feed_kind(feed.type) + ", " + feed.url,
                             .chosen = feed.url == chosen});
  return choice_question(in, std::move(field));
}

std::vector<PostCard> preview_cards(const store::Application& application, const std::vector<store::PreviewPost>& posts,
                                    sys_seconds now) {
  std::vector<PostCard> cards;
  const auto& answers = application.answers;
  for (const auto& post : posts) {
    store::RiverEntry entry;
    entry.title = post.title;
    entry.url = post.url;
    entry.excerpt = post.excerpt;
    entry.author = post.author;
    entry.published = post.published;
    entry.first_seen = now;
    entry.river_at = post.published.value_or(now);
    entry.blog_title = answers.title.empty() ? application.feed.title : answers.title;
    entry.blog_language = application.feed.language;
    entry.blog_organisation = answers.organisation;
    entry.blog_kind = store::parse_blog_kind(answers.kind).value_or(store::BlogKind::practitioner);
    entry.shown = store::parse_shown(answers.shown).value_or(store::Shown::excerpt);
    auto card = card_of(entry, {.under_its_day = false});
    card.page_url.clear();
    card.blog_url = application.feed.home_url.empty() ? application.feed.feed_url : application.feed.home_url;
    if (post.url.empty()) card.url = card.blog_url;
    cards.push_back(std::move(card));
  }
  return cards;
}

DeskPage join_preview_page(const JoinPage& in, const store::Application& application,
                           const std::vector<store::PreviewPost>& posts, const std::string& next_url, sys_seconds now) {
  auto page = question_frame("How your posts will look", in);
  page.heading = "How your posts will look";
  const auto& report = application.feed.report;
  page.parts.push_back(SummaryPart{
      {{.key = "Blog", .value = application.feed.title.empty() ? "It has no title" : application.feed.title},
       {.key = "Feed", .value = application.feed.feed_url}}});
  if (report.empty()) {
    page.parts.push_back(TagPart{.tag = {"All good", "good"}, .text = "We found nothing wrong with your feed."});
  } else {
    page.parts.push_back(HeadingPart{report.size() == 1 ? "One thing to know" : "Things to know"});
    page.parts.push_back(TextPart{.text = "None of this keeps you from joining."});
    page.parts.push_back(ListPart{report});
  }
  if (!posts.empty()) {
    page.parts.push_back(HeadingPart{posts.size() == 1 ? "Its only post" : "Its newest posts"});
    page.parts.push_back(PostsPart{preview_cards(application, posts, now)});
  }
  page.parts.push_back(ActionPart{{"This is right: continue", next_url}});
  page.parts.push_back(LinksPart{.links = {{"This is not my blog: start again", "/add-your-blog"}}});
  return page;
}

DeskPage join_question_page(const JoinPage& in, const std::string& question, const store::Answers& answers,
                            const std::vector<TopicChoice>& topics) {
  if (question == "title")
    return text_question(in,
                         {.id = "title", .label = "What is your blog called?", .value = answers.title, .width = 30});
  if (question == "writer")
    return text_question(in, {.id = "writer",
                              .label = "Who writes it?",
                              .hint = "A name, a pen-name or a team.",
                              .value = answers.writer,
                              .autocomplete = "name",
                              .width = 30});
  if (question == "organisation")
    return text_question(in, {.id = "organisation",
                              .label = "Which council or organisation is it about?",
                              .hint = "In your own words. Leave it empty if there is none.",
                              .value = answers.organisation,
                              .autocomplete = "organization",
                              .width = 30});
  if (question == "kind")
    return choice_question(in, {.id = "kind", .legend = "Who is it by?", .choices = kind_choices(answers.kind)});
  if (question == "topics") {
    ChoiceField field{.kind = ChoiceField::Kind::checkboxes,
                      .id = "topics",
                      .legend = "What is it mostly about?",
                      .hint = "Choose all that apply, or none: each post also finds its own topics."};
    for (const auto& topic : topics)
      field.choices.push_back({.value = topic.slug,
                               .label = topic.name,
                               .hint = topic.description,
                               .chosen = std::ranges::find(answers.topics, topic.slug) != answers.topics.end()});
    return choice_question(in, std::move(field));
  }
  if (question == "shown")
    return choice_question(in, {.id = "shown",
                                .legend = "How much of each post may we show?",
                                .hint = "You can change this at any time.",
                                .choices = shown_choices(answers.shown)});
  if (question == "licence")
    return choice_question(in, {.id = "licence",
                                .legend = "Under which licence are your posts?",
                                .hint = "We pass it on with each post. A licence in your feed goes before this.",
                                .choices = licence_choices(answers.licence)});
  return text_question(in, {.id = "email",
                            .label = "What is your e-mail address?",
                            .hint = "We write when there is a decision, and when your feed breaks. It is never shown.",
                            .value = answers.email,
                            .type = "email",
                            .autocomplete = "email",
                            .width = 30});
}

std::vector<SummaryRow> answer_rows(const store::Application& application, const std::string& change_base,
                                    const std::vector<TopicChoice>& topics) {
  const auto& answers = application.answers;
  const auto row = [&](std::string key, std::string value, const char* question) {
    SummaryRow line{.key = key, .value = value.empty() ? "Not answered" : std::move(value)};
    if (!change_base.empty()) {
      line.action_url = change_base + "/" + question + "?from=check";
      line.action_of = to_ascii_lower(key);
    }
    return line;
  };
  return {{.key = "Feed", .value = application.feed.feed_url},
          row("Name of the blog", answers.title, "title"),
          row("Written by", answers.writer, "writer"),
          row("Organisation", answers.organisation.empty() ? "None" : answers.organisation, "organisation"),
          row("Kind of blog", kind_in_words(answers.kind), "kind"),
          row("Topics", topics_in_words(answers.topics, topics), "topics"),
          row("Shown here", shown_in_words(answers.shown), "shown"),
          row("Licence", licence_in_words(answers.licence), "licence"),
          row("E-mail address", answers.email, "email")};
}

DeskPage join_check_page(const JoinPage& in, const store::Application& application, const std::string& base,
                         const std::vector<TopicChoice>& topics) {
  auto page = question_frame("Check your answers", in);
  page.heading = "Check your answers";
  page.parts.push_back(SummaryPart{answer_rows(application, base, topics)});
  auto form = form_of(in, "Send");
  form.fields.push_back(
      ChoiceField{.kind = ChoiceField::Kind::checkboxes,
                  .id = "has_right",
                  .legend = "Your right to register it",
                  .error = error_for(in.problems, "has_right"),
                  .choices = {{"yes", "This is my blog, or I have been asked by its owner to register it", "",
                               application.answers.has_right}}});
  page.parts.push_back(std::move(form));
  return page;
}

std::vector<Part> proof_parts(const store::Application& application, const ProofWays& ways) {
  std::vector<Part> parts;
  if (application.proved) {
    const std::string how = application.proved_by == "meta"   ? "a line on your home page"
                            : application.proved_by == "link" ? "a link on your home page"
                                                              : "a word in your feed";
    parts.push_back(
        TagPart{.tag = {"Proved", "good"}, .text = "You have shown that this blog is yours, by " + how + "."});
    return parts;
  }
  parts.push_back(HeadingPart{"Show that it is yours"});
  parts.push_back(TextPart{
      .text = "This is not needed, but lets an editor decide at once. Do one of these three, then press the button."});
  for (auto& part : proof_ways_parts(ways)) parts.push_back(std::move(part));
  return parts;
}

std::vector<Part> proof_ways_parts(const ProofWays& ways) {
  std::vector<Part> parts;
  parts.push_back(TextPart{.text = "Put this line into the head of your home page:"});
  parts.push_back(CodePart{.text = ways.meta, .label = "Line for the head of your home page"});
  parts.push_back(TextPart{.text = "Or put this link anywhere on it:"});
  parts.push_back(CodePart{.text = ways.link, .label = "Link for your home page"});
  parts.push_back(TextPart{.text = "Or write this word into a post or your feed’s description:"});
  parts.push_back(CodePart{.text = ways.word, .label = "Word for your feed"});
  parts.push_back(FormPart{
      .action = ways.action, .form_token = ways.form_token, .buttons = {{.text = "Look for it now", .tone = "quiet"}}});
  return parts;
}

DeskPage join_sent_page(const store::Application& application, const ProofWays& ways, const std::string& tried) {
  DeskPage page;
  page.head = {.title = "We have your application", .section = kSection, .indexing = Indexing::no};
  const bool accepted = application.state == store::ApplicationState::accepted;
  page.panel_title = accepted ? "Welcome: your blog has joined" : "We have your application";
  page.panel_text = "Your reference is " + application.reference;
  if (tried == "not-found")
    page.notice = {.title = "We did not find it",
                   .text =
                       "We read your home page and your feed just now and found none of the three. Some sites take a "
                       "few minutes to show a change.",
                   .tone = "warn"};
  page.parts.push_back(HeadingPart{"What happens next"});
  page.parts.push_back(
      TextPart{.text = accepted ? "Your posts appear in the river within a few minutes. We have written to " +
                                      application.answers.email + " with a link to your blog’s page here."
                                : "An editor looks at it, usually within a week. We have written to " +
                                      application.answers.email + " with a link to follow it."});
  for (auto& part : proof_parts(application, ways)) page.parts.push_back(std::move(part));
  page.parts.push_back(LinksPart{.links = {{"Back to the latest posts", "/"}}});
  return page;
}

namespace {
std::string named(const store::Application& application) {
  return "“" + application.answers.title + "” (" + application.reference + ")";
}
}  // namespace

LetterWords application_received_letter(const store::Application& application, const std::string& link,
                                        const std::string& life) {
  return {.subject = "We have your application",
          .paragraphs = {"Thank you for adding " + named(application) +
                         ". An editor will look at it, usually within a week, and we will write again."},
          .link = {"See how it stands, change it or withdraw it", link},
          .after = {"The link works once, for " + life + ". Later, ask for a new one on the page “My blog”.",
                    "If you did not do this, follow the link and withdraw the application."}};
}

LetterWords application_accepted_letter(const store::Application& application, const std::string& link,
                                        const std::string& blog_address) {
  return {
      .subject = "Your blog has joined",
      .paragraphs = {"Welcome: " + named(application) + " is now part of the river. Its page is " + blog_address + "."},
      .link = {"See how your feed is read, change what is shown, pause or leave", link},
      .after = {"The link works once. Later, ask for a new one on the page “My blog”."}};
}

LetterWords application_declined_letter(const store::Application& application) {
  return {.subject = "About your application",
          .paragraphs = {"We have looked at " + named(application) + " and are not adding it.",
                         "The editor writes: " + application.reason,
                         "You are welcome to apply again when that has changed."}};
}

}  // namespace voice::views
