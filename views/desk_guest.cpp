#include "views/desk_guest.h"

#include "base/time.h"

namespace voice::views {
namespace {

DeskPage private_page(std::string title, Link back) {
  DeskPage page;
  page.head = {.title = title, .indexing = Indexing::no};
  page.heading = std::move(title);
  page.back = std::move(back);
  return page;
}

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

std::string named(const store::GuestPost& post) { return post.text.title.empty() ? "Untitled" : post.text.title; }

std::vector<AnyField> text_fields(const GuestForm& in) {
  return {
      TextField{.id = "title", .label = "Title", .value = in.typed.title, .error = error_for(in.problems, "title")},
      TextField{.id = "byline",
                .label = "Your name, as it will stand over the post",
                .value = in.typed.byline,
                .error = error_for(in.problems, "byline"),
                .autocomplete = "name",
                .width = 30},
      TextField{.id = "organisation",
                .label = "Your council or organisation",
                .hint = "Leave it empty if there is none.",
                .value = in.typed.organisation,
                .error = error_for(in.problems, "organisation"),
                .autocomplete = "organization",
                .width = 30},
      TextField{.id = "markdown",
                .label = "Text",
                .hint = "Markdown: a blank line between paragraphs, # before a heading, [words](address) for a link.",
                .value = in.typed.markdown,
                .error = error_for(in.problems, "markdown"),
                .rows = 20}};
}

FormPart text_form(const GuestForm& in, const std::string& action, std::vector<Button> buttons) {
  return {.action = action,
          .form_token = in.form_token,
          .hidden = {{"revision", std::to_string(in.revision)}},
          .fields = text_fields(in),
          .buttons = std::move(buttons),
          .multipart = true};
}

std::string news(const std::string& done) {
  if (done == "saved") return "Your text is saved.";
  if (done == "sent") return "We have your post. An editor will read it and write to you.";
  if (done == "asked") return "Your words have been sent to the guest, who can change the text now.";
  if (done == "accepted") return "The guest has been told.";
  if (done == "scheduled") return "It will be published by itself, and the guest has been told when.";
  if (done == "published") return "It is out, and the guest has been told.";
  if (done == "declined") return "The guest has been told.";
  if (done == "withdrawn") return "It has been taken down.";
  return {};
}

void say_done(DeskPage& page, const std::string& done) {
  if (const auto text = news(done); !text.empty()) page.notice = {.title = "Done", .text = text, .tone = "good"};
}

}  // namespace

Tag tag_of(store::GuestState state) {
  switch (state) {
    case store::GuestState::draft: return {"Draft", "quiet"};
    case store::GuestState::submitted: return {"Waits for an editor", "info"};
    case store::GuestState::changes_asked: return {"Changes asked for", "warn"};
    case store::GuestState::accepted: return {"Accepted", "good"};
    case store::GuestState::scheduled: return {"Scheduled", "good"};
    case store::GuestState::published: return {"Published", "good"};
    case store::GuestState::declined: return {"Declined", "bad"};
    case store::GuestState::withdrawn: return {"Withdrawn", "quiet"};
  }
  return {};
}

DeskPage guest_offer_page(const GuestForm& in, const std::string& email) {
  DeskPage page;
  page.head = {.title = "Write a guest post",
               .description = "Offer a post without having a blog: write it here, and an editor reads it.",
               .path = "/guest-posts/submit"};
  page.heading = "Write a guest post";
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text = "You need no blog and no account. Write here, keep drafts as long as you like, "
                                        "and send your post when it is ready. An editor reads it and writes to you.",
                                .weight = TextPart::Weight::lead});
  page.parts.push_back(FormPart{.action = "/guest-posts/submit",
                                .form_token = in.form_token,
                                .fields = {TextField{.id = "email",
                                                     .label = "What is your e-mail address?",
                                                     .hint = "We send you a link to your drafts. It is never shown.",
                                                     .value = email,
                                                     .error = error_for(in.problems, "email"),
                                                     .type = "email",
                                                     .autocomplete = "email",
                                                     .width = 30}},
                                .buttons = {{.text = "Send me a link"}}});
  page.parts.push_back(LinksPart{.links = {{"Guest posts so far", "/guest-posts"}}});
  return page;
}

DeskPage guest_drafts_page(const GuestForm& in, const std::vector<store::GuestPost>& posts) {
  auto page = private_page("My guest posts", {"My blog", "/my-blog"});
  page.problems = in.problems;
  TasksPart tasks;
  for (const auto& post : posts) {
    const auto tag = tag_of(post.state);
    tasks.tasks.push_back({.text = named(post),
                           .url = "/guest-posts/drafts/" + post.reference,
                           .hint = "Reference " + post.reference + ". Last changed " + moment_in_words(post.updated),
                           .status = tag.text,
                           .tone = tag.tone});
  }
  if (posts.empty())
    page.parts.push_back(TextPart{.text = "You have no drafts yet."});
  else
    page.parts.push_back(std::move(tasks));
  page.parts.push_back(FormPart{
      .action = "/guest-posts/drafts", .form_token = in.form_token, .buttons = {{.text = "Start a new post"}}});
  return page;
}

DeskPage guest_draft_page(const GuestForm& in, const store::GuestPost& post) {
  auto page = private_page(named(post), {"My guest posts", "/guest-posts/drafts"});
  page.head.title = named(post) + ": your guest post";
  page.caption = "Guest post " + post.reference;
  page.problems = in.problems;
  say_done(page, in.done);
  const auto path = "/guest-posts/drafts/" + post.reference;
  const auto tag = tag_of(post.state);
  page.parts.push_back(TagPart{.tag = tag,
                               .text = post.state == store::GuestState::scheduled && post.publish_at
                                           ? "for " + moment_in_words(*post.publish_at)
                                           : ""});
  if (!post.note.empty()) {
    page.parts.push_back(TextPart{.text = "The editor writes:"});
    page.parts.push_back(InsetPart{post.note});
  }
  if (post.state == store::GuestState::draft || post.state == store::GuestState::changes_asked) {
    page.parts.push_back(text_form(in, path,
                                   {{.text = "Save draft", .name = "do", .value = "save"},
                                    {.text = "Save and preview", .tone = "quiet", .name = "do", .value = "preview"},
                                    {.text = "Send to the editors", .tone = "quiet", .name = "do", .value = "send"}}));
  } else {
    LinksPart links{.links = {{"See it as it will be read", path + "/preview"}}};
    if (post.state == store::GuestState::published) links.links = {{"Read it", "/guest-posts/" + post.slug}};
    page.parts.push_back(std::move(links));
  }
  const bool can_withdraw = post.state != store::GuestState::published && post.state != store::GuestState::declined &&
                            post.state != store::GuestState::withdrawn;
  if (can_withdraw)
    page.parts.push_back(FormPart{.action = path + "/withdraw",
                                  .form_token = in.form_token,
                                  .buttons = {{.text = "Withdraw this post", .tone = "warn"}}});
  return page;
}

DeskPage guest_conflict_page(const GuestForm& mine, const store::GuestPost& theirs, const std::string& saved_by,
                             const std::string& action, const Link& back) {
  auto page = private_page("Somebody has saved this text meanwhile", back);
  page.parts.push_back(
      TextPart{.text = "Nothing is lost. The text as it is now, saved by " + saved_by + " on " +
                       moment_in_words(theirs.updated) +
                       ", comes first; yours is in the form below it. Bring them together there, then save."});
  page.parts.push_back(HeadingPart{"As it is now"});
  page.parts.push_back(
      CodePart{.text = theirs.text.title + "\n\n" + theirs.text.markdown, .label = "The text as it is now"});
  page.parts.push_back(HeadingPart{"Yours"});
  auto form = mine;
  form.revision = theirs.revision;
  page.parts.push_back(text_form(form, action, {{.text = "Save", .name = "do", .value = "save"}}));
  return page;
}

DeskPage guest_preview_page(const store::GuestPost& post, const content::SafeHtml& body, const Link& back) {
  auto page = private_page(named(post), back);
  page.head.title = named(post) + ": preview";
  page.caption = "Preview: this is exactly what publishing will store";
  page.parts.push_back(TextPart{.text = (post.text.byline.empty() ? "Nobody yet" : post.text.byline) +
                                        (post.text.organisation.empty() ? "" : ", " + post.text.organisation),
                                .weight = TextPart::Weight::hint});
  page.parts.push_back(ProsePart{.html = body});
  return page;
}

DeskPage guest_queue_page(const std::vector<store::GuestPost>& waiting, const std::vector<store::GuestPost>& others) {
  auto page = private_page("Guest posts", {"Editors’ desk", "/editor"});
  const auto list = [](const std::vector<store::GuestPost>& posts) {
    TasksPart tasks;
    for (const auto& post : posts) {
      const auto tag = tag_of(post.state);
      tasks.tasks.push_back(
          {.text = named(post),
           .url = "/editor/guest-posts/" + std::to_string(post.id.value),
           .hint = post.text.byline + (post.submitted ? ". Sent " + moment_in_words(*post.submitted) : ""),
           .status = tag.text,
           .tone = tag.tone});
    }
    return tasks;
  };
  if (waiting.empty())
    page.parts.push_back(TextPart{.text = "No guest post waits to be read."});
  else
    page.parts.push_back(list(waiting));
  if (!others.empty()) {
    page.parts.push_back(HeadingPart{"Under way and published"});
    page.parts.push_back(list(others));
  }
  return page;
}

namespace {
FormPart step_form(const GuestForm& in, const store::GuestPost& post, const std::string& step, Button button,
                   std::vector<AnyField> fields = {}) {
  return {.action = "/editor/guest-posts/" + std::to_string(post.id.value) + "/" + step,
          .form_token = in.form_token,
          .hidden = {{"revision", std::to_string(post.revision)}},
          .fields = std::move(fields),
          .buttons = {std::move(button)}};
}

TextField note_field(const GuestForm& in, std::string id, std::string label, std::string hint) {
  return {.id = id,
          .label = std::move(label),
          .hint = std::move(hint),
          .value = error_for(in.problems, id).empty() ? "" : in.note,
          .error = error_for(in.problems, id),
          .rows = 3,
          .longest = 1000};
}

void add_decisions(DeskPage& page, const GuestForm& in, const store::GuestPost& post) {
  using State = store::GuestState;
  const bool open = post.state == State::submitted || post.state == State::accepted || post.state == State::scheduled;
  if (open) {
    page.parts.push_back(HeadingPart{"Publish"});
    page.parts.push_back(step_form(in, post, "publish", {.text = "Publish now"}));
    page.parts.push_back(step_form(in, post, "schedule", {.text = "Schedule", .tone = "quiet"},
                                   {TextField{.id = "day",
                                              .label = "Or on which day?",
                                              .hint = "For example 2026-12-24",
                                              .value = in.day,
                                              .error = error_for(in.problems, "day"),
                                              .width = 10},
                                    TextField{.id = "hour",
                                              .label = "At what time?",
                                              .hint = "For example 09:30, in London",
                                              .value = in.hour,
                                              .error = error_for(in.problems, "hour"),
                                              .width = 10}}));
    if (post.state != State::accepted)
      page.parts.push_back(step_form(in, post, "accept", {.text = "Accept without a date", .tone = "quiet"}));
    page.parts.push_back(HeadingPart{"Ask for changes"});
    page.parts.push_back(
        step_form(in, post, "ask", {.text = "Ask the guest", .tone = "quiet"},
                  {note_field(in, "ask-note", "What should be different?", "Your words are sent to the guest.")}));
    page.parts.push_back(HeadingPart{"Decline"});
    page.parts.push_back(step_form(in, post, "decline", {.text = "Decline", .tone = "warn"},
                                   {note_field(in, "decline-note", "Why?", "Your words are sent to the guest.")}));
  }
  if (post.state == State::published) {
    page.parts.push_back(HeadingPart{"Take it down"});
    page.parts.push_back(
        step_form(in, post, "withdraw", {.text = "Take it down", .tone = "warn"},
                  {note_field(in, "withdraw-note", "Why?", "Sent to the guest and shown at the post’s address.")}));
  }
}
}  // namespace

DeskPage guest_editor_page(const GuestForm& in, const store::GuestPost& post,
                           const std::vector<store::GuestRevision>& revisions) {
  auto page = private_page(named(post), {"Guest posts", "/editor/guest-posts"});
  page.head.title = named(post) + ": guest post " + post.reference;
  page.caption = "Guest post " + post.reference;
  page.problems = in.problems;
  say_done(page, in.done);
  const auto path = "/editor/guest-posts/" + std::to_string(post.id.value);
  page.parts.push_back(TagPart{.tag = tag_of(post.state),
                               .text = post.state == store::GuestState::scheduled && post.publish_at
                                           ? "for " + moment_in_words(*post.publish_at)
                                           : ""});
  if (!post.note.empty()) page.parts.push_back(InsetPart{post.note});
  LinksPart links{.links = {{"See it as it will be read", path + "/preview"}}, .in_line = true};
  if (post.state == store::GuestState::published)
    links.links.push_back({"The public page", "/guest-posts/" + post.slug});
  if (post.entry) links.links.push_back({"Feature or hide it", "/editor/posts/" + std::to_string(post.entry.value)});
  page.parts.push_back(std::move(links));
  add_decisions(page, in, post);
  if (post.state != store::GuestState::declined && post.state != store::GuestState::withdrawn) {
    page.parts.push_back(HeadingPart{"Edit"});
    page.parts.push_back(
        text_form(in, path,
                  {{.text = post.state == store::GuestState::published ? "Save and publish again" : "Save",
                    .name = "do",
                    .value = "save"}}));
  }
  std::vector<std::string> saved;
  for (const auto& revision : revisions)
    saved.push_back("Revision " + std::to_string(revision.revision) + ", " + moment_in_words(revision.saved) + ", by " +
                    revision.saved_by);
  page.parts.push_back(HeadingPart{"Revisions"});
  page.parts.push_back(ListPart{std::move(saved)});
  return page;
}

}  // namespace voice::views
