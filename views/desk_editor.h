// views/desk_editor.h - the editors' desk: what needs a decision, and the pages where it is made.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/applications.h"
#include "store/audit.h"
#include "store/featuring.h"
#include "store/membership.h"
#include "store/outbox.h"
#include "views/desk_join.h"
#include "views/desk_page.h"

namespace voice::views {

struct DeskCounts {
  std::int64_t applications = 0;
  std::int64_t guest_posts = 0;
  std::int64_t reports = 0;
  std::int64_t failing_feeds = 0;
  std::int64_t featured = 0;
  std::int64_t letters_stuck = 0;  ///< failed or doubtful
  bool letters_leave = true;       ///< false: no mail server, they are kept here
  bool is_administrator = false;
  std::optional<sys_seconds> oldest_application;
  std::string form_token;
  std::optional<store::AuditLine> last_act;  ///< of whoever looks, where it can be taken back
  bool undone = false;                       ///< it has just been taken back
};
DeskPage dashboard_page(const DeskCounts& counts, sys_seconds now);
/// Somebody else has acted since, or there is nothing to take back.
DeskPage cannot_undo_page();
DeskPage queue_page(const std::vector<store::Application>& waiting, const std::string& done, sys_seconds now);

struct DecisionPage {
  std::string form_token;
  std::string reason;  ///< as typed
  std::vector<Problem> problems;
};
DeskPage application_page(const DecisionPage& page, const store::Application& application,
                          const std::vector<store::PreviewPost>& posts, const std::vector<TopicChoice>& topics,
                          sys_seconds now);
/// For the second of two editors: who decided, when, and how.
DeskPage decided_already_page(const store::Application& application);

DeskPage feeds_page(const std::vector<store::FailingFeed>& failing, const std::vector<store::Blog>& paused);
struct FeedDeskPage {
  std::string form_token;
  std::string done;  ///< what has just been done, in words; empty: nothing
  std::vector<Problem> problems;
};
DeskPage feed_page(const FeedDeskPage& page, const store::Blog& blog, const store::FeedRow& feed);
/// What a feed's fetches came to, as rows; also on /my-blog.
std::vector<SummaryRow> feed_rows(const store::FeedRow& feed);

DeskPage posts_page(const std::string& words, const std::vector<store::PostRow>& posts);
struct PostDeskPage {
  std::string form_token;
  std::string done;
  std::string sentence, days, position, reason;  ///< as typed
  std::vector<Problem> problems;
};
DeskPage post_page(const PostDeskPage& page, const store::PostRow& post, const std::optional<store::Feature>& feature);
std::string fate_in_words(store::PostFate fate);
Tag fate_tag(store::PostFate fate);
std::string title_of(const store::PostRow& post);

struct FeaturedRow {
  store::Feature feature;
  store::PostRow post;
};
DeskPage featured_desk_page(const std::vector<FeaturedRow>& rows);

struct LogPage {
  std::string kind;        ///< the filter
  std::string older_url;   ///< empty: no more
  std::string newest_url;  ///< empty: this is it
  bool is_public = false;
  std::vector<store::AuditLine> lines;
};
DeskPage log_page(const LogPage& page);

DeskPage letters_page(const std::vector<store::Letter>& letters, bool letters_leave);
DeskPage letter_page(const store::Letter& letter, const std::string& form_token);

}  // namespace voice::views
