// store/applications.h - blogs that ask to join: their answers while they are given, and what was decided.
//
// An application is a draft, tied to the browser that fills it in, until it is sent; from then on it belongs to its e-mail
// address. Answers are in the blogger's words and unchecked here: forms check, this keeps.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

enum class ApplicationState { draft, waiting, accepted, declined, withdrawn };
std::string_view name_of(ApplicationState state);

struct OfferedFeed {
  std::string url;
  std::string type;
  std::string title;
};

struct PreviewPost {
  std::string title;
  std::string url;
  std::string author;
  std::string excerpt;  ///< plain text
  std::optional<sys_seconds> published;
};

/// What the fetched feed said, and what is wrong with it.
struct FeedSnapshot {
  std::string feed_url;
  std::string home_url;
  std::string title;
  std::string language;
  std::string author;
  std::vector<std::string> report;  ///< sentences a blogger can act on; empty: nothing is wrong
  std::vector<PreviewPost> posts;   ///< newest first, at most five
};

struct Answers {
  std::string title;
  std::string writer;
  std::string organisation;
  std::string kind;                 ///< a BlogKind by name, or empty: not answered yet
  std::vector<std::string> topics;  ///< slugs
  std::string shown;                ///< a Shown by name, or empty
  std::string licence;
  std::string email;
  bool has_right = false;
};

struct Application {
  ApplicationId id;
  std::string reference;  ///< empty while a draft
  ApplicationState state = ApplicationState::draft;
  std::string address;  ///< as it was pasted
  FeedSnapshot feed;    ///< without its posts: see preview_posts()
  Answers answers;
  std::string proof_word;
  std::optional<sys_seconds> proved;
  std::string proved_by;  ///< "meta", "link", "feed" or empty
  sys_seconds created{};
  std::optional<sys_seconds> sent;
  std::optional<sys_seconds> decided;
  std::string decided_by;
  std::string reason;
  BlogId blog;  ///< once accepted
};

struct NewApplication {
  std::string key;    ///< unguessable; its pages' addresses hold it, the database its hash
  std::string visit;  ///< the cookie of the browser
  std::string address;
  std::string proof_word;
};

ApplicationId start_application(Writer& db, const NewApplication& application, sys_seconds now);
void set_offered_feeds(Writer& db, ApplicationId application, const std::vector<OfferedFeed>& feeds);
std::vector<OfferedFeed> offered_feeds(Reader& db, ApplicationId application);
void set_snapshot(Writer& db, ApplicationId application, const FeedSnapshot& snapshot);
std::vector<PreviewPost> preview_posts(Reader& db, ApplicationId application);
void set_answers(Writer& db, ApplicationId application, const Answers& answers);
void set_proved(Writer& db, ApplicationId application, std::string_view by, sys_seconds now);

/// The draft (or sent application) whose pages `key` opens for this browser.
std::optional<Application> find_own_application(Reader& db, std::string_view key, std::string_view visit);
std::optional<Application> find_application(Reader& db, ApplicationId id);
std::vector<Application> waiting_applications(Reader& db);                     ///< longest waiting first
std::vector<Application> applications_of(Reader& db, std::string_view email);  ///< sent ones, newest first
std::optional<Application> application_of_blog(Reader& db, BlogId blog);
std::int64_t count_waiting_applications(Reader& db);

/// A draft is sent. Errors: conflict when this feed is a member's or another application for it is open; the reference of
/// an application that was sent before is kept.
Result<Done> send_application(Writer& db, ApplicationId application, std::string_view reference, sys_seconds now);

struct Decision {
  ApplicationState to = ApplicationState::declined;  ///< accepted, declined or withdrawn
  std::string by;                                    ///< who, in words
  std::string reason;
};
/// Decides one that waits; accepting makes the blog and its feed, due at once. Errors: conflict when it was decided
/// before (the application then says by whom and when) or when the feed has become a member otherwise.
Result<Done> decide_application(Writer& db, ApplicationId application, const Decision& decision, sys_seconds now);

/// The draft of somebody who has just proved that a blog which is here already is theirs: from now on its e-mail address
/// reaches that blog's pages. Errors: conflict when another address does already, or the feed is no member's.
Result<Done> accept_claim(Writer& db, ApplicationId draft, std::string_view reference, sys_seconds now);

/// Drafts nobody has touched for two days are dropped.
void tidy_applications(Writer& db, sys_seconds now);

}  // namespace voice::store
