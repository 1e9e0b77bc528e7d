#include "views/desk_guest_letters.h"

#include "base/time.h"

namespace voice::views {
namespace {

std::string named(const store::GuestPost& post) {
  return "your guest post “" + post.text.title + "” (" + post.reference + ")";
}

// What the editor wrote, as a paragraph of its own.
std::vector<std::string> with_note(std::vector<std::string> paragraphs, const std::string& note) {
  if (!note.empty()) paragraphs.push_back("The editor writes: " + note);
  return paragraphs;
}

}  // namespace

LetterWords guest_link_letter(const std::string& link, const std::string& life) {
  return {.subject = "Your link to write a guest post",
          .paragraphs = {"Thank you for offering a guest post. This link opens your drafts."},
          .link = {"Open my drafts", link},
          .after = {"It works once, for " + life +
                    "; you can ask for another at any time. If you did not ask for this, there is "
                    "nothing to do."}};
}

LetterWords guest_received_letter(const store::GuestPost& post) {
  return {.subject = "We have your guest post",
          .paragraphs = {"Thank you. We have " + named(post) + ". An editor will read it and write to you."}};
}

LetterWords guest_changes_letter(const store::GuestPost& post, const std::string& link) {
  return {.subject = "A question about your guest post",
          .paragraphs = with_note(
              {"An editor has read " + named(post) + " and asks for changes before it can be published."}, post.note),
          .link = {"Open my drafts", link}};
}

LetterWords guest_accepted_letter(const store::GuestPost& post) {
  return {.subject = "Your guest post is accepted",
          .paragraphs = with_note(
              {"Good news: " + named(post) + " is accepted. We will write again when it is published."}, post.note)};
}

LetterWords guest_scheduled_letter(const store::GuestPost& post) {
  const auto at = post.publish_at.value_or(post.updated);
  return {.subject = "Your guest post has a date",
          .paragraphs = with_note({"Good news: " + named(post) + " will be published on " + day_in_words(at) + " at " +
                                   time_in_words(at) + "."},
                                  post.note)};
}

LetterWords guest_declined_letter(const store::GuestPost& post) {
  return {.subject = "About your guest post",
          .paragraphs = with_note({"Thank you for " + named(post) + ". We are not going to publish it."}, post.note)};
}

LetterWords guest_published_letter(const store::GuestPost& post, const std::string& address) {
  return {.subject = "Your guest post is published",
          .paragraphs = with_note({"It is out: " + named(post) + "."}, post.note),
          .link = {"Read it", address}};
}

LetterWords guest_withdrawn_letter(const store::GuestPost& post) {
  return {.subject = "Your guest post has been taken down",
          .paragraphs = with_note({"An editor has taken down " + named(post) + "."}, post.note)};
}

}  // namespace voice::views
