#include "views/desk_claim.h"

namespace voice::views {
namespace {

const Link kBack{"My blog", "/my-blog"};

std::string error_for(const std::vector<Problem>& problems, const std::string& field) {
  for (const auto& problem : problems)
    if (problem.field_id == field) return problem.text;
  return {};
}

DeskPage private_page(std::string title) {
  DeskPage page;
  page.head = {.title = title, .indexing = Indexing::no};
  page.heading = std::move(title);
  page.back = kBack;
  return page;
}

}  // namespace

DeskPage claim_page(const ClaimForm& in) {
  auto page = private_page("Take over your blog’s page");
  page.problems = in.problems;
  page.parts.push_back(TextPart{.text =
                                    "Some blogs were listed here before their writers knew. If one is yours, say which "
                                    "and show that it is, and it is yours to change, pause or take away."});
  page.parts.push_back(
      FormPart{.action = "/my-blog/claim",
               .form_token = in.form_token,
               .fields = {TextField{.id = "address",
                                    .label = "Your blog’s address",
                                    .hint = "Of the blog or of its feed",
                                    .value = in.address,
                                    .error = error_for(in.problems, "address"),
                                    .width = 30},
                          TextField{.id = "email",
                                    .label = "Your e-mail address",
                                    .hint = "We send the link to your blog’s page there. It is never shown.",
                                    .value = in.email,
                                    .error = error_for(in.problems, "email"),
                                    .type = "email",
                                    .autocomplete = "email",
                                    .width = 30}},
               .buttons = {{.text = "Continue"}}});
  return page;
}

DeskPage claim_proof_page(const store::Application& claim, const ProofWays& ways, bool tried) {
  auto page = private_page("“" + claim.answers.title + "”");
  page.head.title = claim.answers.title + ": show that it is yours";
  if (claim.state == store::ApplicationState::accepted) {
    page.notice = {.title = "It is yours",
                   .text = "We have sent a letter to " + claim.answers.email + " with the link to your blog’s page.",
                   .tone = "good"};
    page.parts.push_back(LinksPart{.links = {kBack}});
    return page;
  }
  if (tried)
    page.notice = {.title = "We did not find it",
                   .text = "We read the home page and the feed just now and found none of the three.",
                   .tone = "warn"};
  page.parts.push_back(
      TextPart{.text = "Do one of these three, then press the button. It can be taken away again afterwards."});
  for (auto& part : proof_ways_parts(ways)) page.parts.push_back(std::move(part));
  return page;
}

LetterWords claim_letter(const store::Application& claim, const std::string& link, const std::string& life) {
  return {.subject = "Your blog’s page here",
          .paragraphs = {"You have shown that “" + claim.answers.title + "” (" + claim.reference + ") is yours."},
          .link = {"See how your feed is read, change what is shown, pause or leave", link},
          .after = {"The link works once, for " + life + ". Later, ask for a new one on the page “My blog”."}};
}

}  // namespace voice::views
