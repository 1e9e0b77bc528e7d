// views/desk_join.h - the pages of /add-your-blog: one question a page, answers kept, and what happens next.
#pragma once
#include <string>
#include <vector>

#include "store/applications.h"
#include "views/desk_page.h"
#include "views/letters.h"

namespace voice::views {

/// Every answer a page may need, and what its form carries.
struct JoinPage {
  std::string form_token;
  std::string action;  ///< where the form goes; also the page's own address
  std::string back_url;
  bool from_check = false;  ///< came from "Change": goes back there
  std::vector<Problem> problems;
};

struct TopicChoice {
  std::string slug, name, description;
};

DeskPage join_address_page(const JoinPage& page, const std::string& address);
DeskPage join_feeds_page(const JoinPage& page, const std::vector<store::OfferedFeed>& feeds, const std::string& chosen);
DeskPage join_preview_page(const JoinPage& page, const store::Application& application,
                           const std::vector<store::PreviewPost>& posts, const std::string& next_url, sys_seconds now);
/// One question: "title", "writer", "organisation", "kind", "topics", "shown", "licence" or "email".
DeskPage join_question_page(const JoinPage& page, const std::string& question, const store::Answers& answers,
                            const std::vector<TopicChoice>& topics);
/// `base` is the address of this application's pages: "Change" links lead below it.
DeskPage join_check_page(const JoinPage& page, const store::Application& application, const std::string& base,
                         const std::vector<TopicChoice>& topics);

struct ProofWays {
  std::string meta;  ///< the line of HTML
  std::string link;  ///< the same for rel=me
  std::string word;
  std::string action;  ///< where "check now" goes
  std::string form_token;
};
/// The three ways, each to be copied, and the button that looks.
std::vector<Part> proof_ways_parts(const ProofWays& ways);
DeskPage join_sent_page(const store::Application& application, const ProofWays& ways, const std::string& tried);
/// How to prove it, and the button that looks; also on /my-blog.
std::vector<Part> proof_parts(const store::Application& application, const ProofWays& ways);

/// The answers as rows; `change_base` empty: without "Change".
std::vector<SummaryRow> answer_rows(const store::Application& application, const std::string& change_base,
                                    const std::vector<TopicChoice>& topics);
std::vector<PostCard> preview_cards(const store::Application& application, const std::vector<store::PreviewPost>& posts,
                                    sys_seconds now);

std::string kind_in_words(const std::string& kind);
std::string shown_in_words(const std::string& shown);
std::string licence_in_words(const std::string& licence);
/// The choices of a question, as stored and as said.
std::vector<Choice> kind_choices(const std::string& chosen);
std::vector<Choice> shown_choices(const std::string& chosen);
std::vector<Choice> licence_choices(const std::string& chosen);

LetterWords application_received_letter(const store::Application& application, const std::string& link,
                                        const std::string& life);
LetterWords application_accepted_letter(const store::Application& application, const std::string& link,
                                        const std::string& blog_address);
LetterWords application_declined_letter(const store::Application& application);

}  // namespace voice::views
