// store/guest_posts.h - posts written here by people without an account, from draft to publication.
//
// A guest post belongs to an e-mail address. Its text is Markdown with a revision number; a save names the revision it
// started from, so that of two savers the second is told instead of winning. Published, it is an entry of the hub's own
// feed (a blog of kind hub) and travels like any other: river, feeds, search, featuring.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/safe_html.h"
#include "store/db.h"

namespace voice::store {

enum class GuestState { draft, submitted, changes_asked, accepted, scheduled, published, declined, withdrawn };
std::string_view name_of(GuestState state);

struct GuestText {
  std::string title;
  std::string markdown;
  std::string byline;
  std::string organisation;
  friend bool operator==(const GuestText&, const GuestText&) = default;
};

struct GuestPost {
  GuestPostId id;
  std::string reference;
  GuestState state = GuestState::draft;
  std::string email;
  GuestText text;
  std::int64_t revision = 1;
  sys_seconds created{};
  sys_seconds updated{};
  std::optional<sys_seconds> submitted;
  std::optional<sys_seconds> publish_at;  ///< when it is scheduled
  std::optional<sys_seconds> published;
  std::string slug;  ///< once published: kept for ever
  std::string note;  ///< what the editor last wrote to the guest
  EntryId entry;     ///< once published
};

GuestPostId start_guest_post(Writer& db, std::string_view email, std::string_view reference, sys_seconds now);
/// The new revision. Errors: conflict when `from_revision` is no longer the newest; nothing is stored then. The same text
/// again is no new revision.
Result<std::int64_t> save_guest_text(Writer& db, GuestPostId post, const GuestText& text, std::int64_t from_revision,
                                     std::string_view saved_by, sys_seconds now);

struct GuestStep {
  GuestState to = GuestState::submitted;
  std::string note;                       ///< to the guest; may be empty
  std::optional<sys_seconds> publish_at;  ///< for scheduled
};
/// Errors: conflict when the post, as it is now, cannot take this step (it then says what it is).
Result<Done> move_guest_post(Writer& db, GuestPostId post, const GuestStep& step, sys_seconds now);

/// Where and under which name the hub publishes.
struct HubFeed {
  std::string title;     ///< of the hub's own blog
  std::string base_url;  ///< without a trailing slash
  std::string tag_date;  ///< for tag: ids, RFC 4151
  std::string language;
};
/// The post's text as it will be read; the caller made it from the text of `revision`.
struct RenderedGuestPost {
  std::int64_t revision = 0;
  content::SafeHtml body;
  std::string excerpt;
  std::int64_t words = 0;
};
/// Publishes, or publishes again after an edit under the address it has. Errors: conflict as in move_guest_post, and when
/// the text has changed since it was rendered.
Result<Done> publish_guest_post(Writer& db, GuestPostId post, const RenderedGuestPost& rendered, const HubFeed& hub,
                                sys_seconds now);
/// Takes it out of every page and feed; its address then says why.
Result<Done> withdraw_guest_post(Writer& db, GuestPostId post, std::string_view reason, sys_seconds now);

std::optional<GuestPost> find_guest_post(Reader& db, GuestPostId id);
std::optional<GuestPost> find_guest_post_by_slug(Reader& db, std::string_view slug);
std::vector<GuestPost> guest_posts_of(Reader& db, std::string_view email);  ///< newest first, without the withdrawn
std::vector<GuestPost> guest_posts_in(Reader& db, GuestState state,
                                      int limit);                       ///< published: newest first; else oldest
std::vector<GuestPostId> due_guest_posts(Reader& db, sys_seconds now);  ///< scheduled, and their time has come
std::int64_t count_guest_posts(Reader& db, GuestState state);

struct GuestRevision {
  std::int64_t revision = 0;
  GuestText text;
  std::string saved_by;
  sys_seconds saved{};
};
std::vector<GuestRevision> guest_revisions(Reader& db, GuestPostId post);  ///< newest first

}  // namespace voice::store
