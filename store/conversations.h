// store/conversations.h - posts that answer one another, found by the links between them.
//
// A link from a member's post to another member's post is an answer. Posts that answers join, directly or by others, are one
// conversation, known by a number that stays: when two turn out to be one, the older number is kept and the other leads on.
// Two things keep a small field from becoming one big knot: a round-up (a post that links to many members at once) answers
// each of them but joins none, and editors can join and part. Votes are counted by blogs, never by posts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "content/links.h"
#include "store/db.h"
#include "store/river.h"

namespace voice::store {

constexpr int kRoundUp = 4;  ///< a post that links to so many posts of other blogs is a round-up

struct Conversation {
  ConversationId id;
  sys_seconds last{};  ///< when its newest post was posted
  std::int64_t post_count = 0;
  std::int64_t blog_count = 0;
  std::string title;  ///< of its oldest post; may be empty
};

/// By id, following merges: compare the id that comes back to know that the address has changed.
std::optional<Conversation> find_conversation(Reader& db, ConversationId id);
std::optional<Conversation> conversation_of(Reader& db, EntryId entry);
/// Newest post first; strictly after `before` where that is given.
std::vector<Conversation> conversations(Reader& db, const std::optional<Conversation>& before, int limit);

/// The conversation whose list of `limit` older ones ends just before `first`; nothing where those are the newest.
std::optional<Conversation> conversation_before_page(Reader& db, const Conversation& first, int limit);

enum class Direction { replies_to, answered_by };
struct Answer {
  EntryId entry;  ///< the other post
  Direction direction = Direction::answered_by;
  std::string title;
  std::string url;
  BlogId blog;
  std::string blog_title;
  std::string blog_slug;
  sys_seconds river_at{};
};
/// The visible posts of other blogs that a post links to and that link to it, oldest first; at most `limit` each way.
std::vector<Answer> answers_of(Reader& db, EntryId entry, int limit);

/// A page outside that several blogs link to.
struct SharedPage {
  std::string url;
  std::string key;    ///< the address as it is compared
  std::string title;  ///< the longest text that a link to it had
  std::int64_t blogs = 0;
  double weight = 0;             ///< one a blog, halved by every week since it linked
  std::vector<EntryId> entries;  ///< newest first, one a blog
};
/// What members discuss now: pages that at least two blogs linked to in the last four weeks, heaviest first.
std::vector<SharedPage> shared_pages(Reader& db, sys_seconds now, int limit);
/// Pages of a post that other blogs link to as well, most blogs first.
std::vector<SharedPage> also_discussing(Reader& db, EntryId entry, int limit);

/// For the line under each post of a list: what there is to say about it, in one query an entry.
struct TalkLine {
  ConversationId conversation;  ///< none: it stands alone
  std::int64_t posts = 0;       ///< in that conversation, this one included
  std::int64_t answers = 0;     ///< posts of other blogs that link to it
};
TalkLine talk_line(Reader& db, EntryId entry);

/// An editor's word: these two belong together, or this one stands alone. False when there was nothing to do.
bool join_conversation(Writer& db, EntryId entry, EntryId other);
bool leave_conversation(Writer& db, EntryId entry);

/// `from` redirects to `to`: links to either mean the same page.
void add_redirect(Writer& db, std::string_view from, std::string_view to);
/// `from` redirects no more: what was linked to under it is counted under it again.
void remove_redirect(Writer& db, std::string_view from);
/// A stored post has another address than before (both as url_key): the old one leads there, unless it is another post's by
/// now or never was one post's alone. The first twenty addresses of a post are known.
void post_moved(Writer& db, std::string_view from_key, std::string_view to_key);

/// The links of one post, as found when it is indexed.
struct Linking {
  EntryId entry;
  BlogId blog;
  sys_seconds river_at{};
  std::string url_key;      ///< the post's own
  std::string original_id;  ///< often another address of it
  std::string home_url;     ///< of its blog
  std::vector<content::Link> links;
};
/// Replaces a post's links, finds the posts they lead to and that lead to it, and puts it into its conversation.
void put_links(Writer& db, const Linking& post);

}  // namespace voice::store
