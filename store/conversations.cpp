#include "store/conversations.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace voice::store {
namespace {

constexpr std::chrono::seconds kWeek{7 * 86400};

std::string select_conversations(std::string_view rest) {
  return R"sql(
    SELECT c.id, c.last_at, c.post_count, c.blog_count,
           (SELECT coalesce(e.title, e.excerpt)
            FROM conversation_entries AS m CROSS JOIN entries AS e ON e.id = m.entry_id
            WHERE m.conversation_id = c.id AND e.hidden_at IS NULL
            ORDER BY e.river_at, e.id
            LIMIT 1)
    FROM conversations AS c )sql" +
         std::string(rest);
}

Conversation read_conversation(const Rows& rows) {
  return {.id = rows.id<ConversationId>(0),
          .last = rows.time(1),
          .post_count = rows.integer(2),
          .blog_count = rows.integer(3),
          .title = rows.text(4)};
}

constexpr std::string_view kLinkedTo = R"sql(
    SELECT e.id, e.title, e.url, b.id, b.title, b.slug, e.river_at
    FROM entry_links AS l CROSS JOIN entries AS e ON e.id = l.to_entry_id CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE l.from_entry_id = :entry AND l.to_entry_id IS NOT NULL AND b.id <> l.blog_id
      AND e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')
    LIMIT :limit)sql";

constexpr std::string_view kLinkedFrom = R"sql(
    SELECT e.id, e.title, e.url, b.id, b.title, b.slug, e.river_at
    FROM entry_links AS l CROSS JOIN entries AS e ON e.id = l.from_entry_id CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE l.to_entry_id = :entry AND e.hidden_at IS NULL AND e.same_as IS NULL
      AND b.state IN ('active', 'paused', 'gone')
    LIMIT :limit)sql";

void add_answers(Reader& db, EntryId entry, Direction direction, int limit, std::vector<Answer>& answers) {
  auto rows = db.query(direction == Direction::replies_to ? kLinkedTo : kLinkedFrom);
  rows.bind(":entry", entry).bind(":limit", limit);
  while (rows.step())
    answers.push_back({.entry = rows.id<EntryId>(0),
                       .direction = direction,
                       .title = rows.text(1),
                       .url = rows.text(2),
                       .blog = rows.id<BlogId>(3),
                       .blog_title = rows.text(4),
                       .blog_slug = rows.text(5),
                       .river_at = rows.time(6)});
}

// Links of one page as they are read, newest first: the first of a blog is its vote.
class Votes {
 public:
  void add(const Rows& rows, sys_seconds now) {
    if (page_.url.empty()) page_.url = rows.text(1);
    const auto text = rows.text_view(2);
    if (text.size() > page_.title.size()) page_.title = text;
    const auto blog = rows.id<BlogId>(3);
    if (std::find(blogs_.begin(), blogs_.end(), blog) != blogs_.end()) return;
    blogs_.push_back(blog);
    page_.entries.push_back(rows.id<EntryId>(5));
    const auto weeks = static_cast<double>((now - rows.time(4)).count()) / static_cast<double>(kWeek.count());
    page_.weight += std::exp2(-std::max(weeks, 0.0));
  }
  SharedPage page(const std::string& key) && {
    page_.key = key;
    page_.blogs = static_cast<std::int64_t>(blogs_.size());
    return std::move(page_);
  }

 private:
  SharedPage page_;
  std::vector<BlogId> blogs_;
};

std::vector<SharedPage> shared_by_several(std::map<std::string, Votes>&& votes, int limit) {
  std::vector<SharedPage> pages;
  for (auto& [key, vote] : votes)
    if (auto page = std::move(vote).page(key); page.blogs > 1) pages.push_back(std::move(page));
  std::stable_sort(pages.begin(), pages.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
  if (pages.size() > static_cast<std::size_t>(limit)) pages.resize(static_cast<std::size_t>(limit));
  return pages;
}

}  // namespace

std::optional<Conversation> find_conversation(Reader& db, ConversationId id) {
  for (int steps = 0; steps < 20; ++steps) {
    auto rows = db.query("SELECT merged_into FROM conversations WHERE id = :id");
    rows.bind(":id", id);
    if (!rows.step()) return std::nullopt;
    if (rows.is_null(0)) break;
    id = rows.id<ConversationId>(0);
  }
  auto rows = db.query(select_conversations("WHERE c.id = :id AND c.blog_count > 1"));
  rows.bind(":id", id);
  if (!rows.step()) return std::nullopt;
  return read_conversation(rows);
}

std::optional<Conversation> conversation_of(Reader& db, EntryId entry) {
  ConversationId id;
  {
    auto rows = db.query("SELECT conversation_id FROM conversation_entries WHERE entry_id = :entry");
    rows.bind(":entry", entry);
    if (!rows.step()) return std::nullopt;
    id = rows.id<ConversationId>(0);
  }
  return find_conversation(db, id);
}

std::vector<Conversation> conversations(Reader& db, const std::optional<Conversation>& before, int limit) {
  auto rows = db.query(select_conversations(R"sql(
    WHERE c.merged_into IS NULL AND c.blog_count > 1 AND (c.last_at, c.id) < (:last, :id)
    ORDER BY c.last_at DESC, c.id DESC
    LIMIT :limit)sql"));
  rows.bind(":last", before ? unix_seconds(before->last) : INT64_MAX)
      .bind(":id", before ? before->id.value : INT64_MAX)
      .bind(":limit", limit);
  std::vector<Conversation> all;
  while (rows.step()) all.push_back(read_conversation(rows));
  return all;
}

std::optional<Conversation> conversation_before_page(Reader& db, const Conversation& first, int limit) {
  auto rows = db.query(select_conversations(R"sql(
    WHERE c.merged_into IS NULL AND c.blog_count > 1 AND (c.last_at, c.id) > (:last, :id)
    ORDER BY c.last_at, c.id
    LIMIT 1 OFFSET :limit)sql"));
  rows.bind(":last", first.last).bind(":id", first.id).bind(":limit", limit);
  if (!rows.step()) return std::nullopt;
  return read_conversation(rows);
}

std::vector<Answer> answers_of(Reader& db, EntryId entry, int limit) {
  std::vector<Answer> answers;
  add_answers(db, entry, Direction::replies_to, limit, answers);
  add_answers(db, entry, Direction::answered_by, limit, answers);
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& a, const auto& b) { return a.river_at < b.river_at; });
  return answers;
}

std::vector<SharedPage> shared_pages(Reader& db, sys_seconds now, int limit) {
  auto rows = db.query(R"sql(
    SELECT l.url_key, l.url, l.link_text, l.blog_id, l.linked_at, l.from_entry_id
    FROM entry_links AS l CROSS JOIN entries AS e ON e.id = l.from_entry_id CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE l.to_entry_id IS NULL AND l.linked_at > :since AND l.linked_at <= :now
      AND e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')
    ORDER BY l.linked_at DESC)sql");
  rows.bind(":since", now - 4 * kWeek).bind(":now", now);
  std::map<std::string, Votes> votes;
  while (rows.step()) votes[rows.text(0)].add(rows, now);
  return shared_by_several(std::move(votes), limit);
}

std::vector<SharedPage> also_discussing(Reader& db, EntryId entry, int limit) {
  // Fading is for what is discussed now; under a post of 2012 its own time counts.
  auto rows = db.query(R"sql(
    SELECT l.url_key, l.url, l.link_text, l.blog_id, l.linked_at, l.from_entry_id, own.linked_at
    FROM entry_links AS own
      CROSS JOIN entry_links AS l ON l.url_key = own.url_key
      CROSS JOIN entries AS e ON e.id = l.from_entry_id CROSS JOIN blogs AS b ON b.id = e.blog_id
    WHERE own.from_entry_id = :entry AND own.to_entry_id IS NULL AND l.blog_id <> own.blog_id
      AND e.hidden_at IS NULL AND b.state IN ('active', 'paused', 'gone')
    LIMIT 400)sql");
  rows.bind(":entry", entry);
  std::map<std::string, Votes> votes;
  while (rows.step()) votes[rows.text(0)].add(rows, rows.time(6));
  std::vector<SharedPage> pages;
  pages.reserve(votes.size());
  for (auto& [key, vote] : votes) pages.push_back(std::move(vote).page(key));
  std::stable_sort(pages.begin(), pages.end(), [](const auto& a, const auto& b) { return a.blogs > b.blogs; });
  if (pages.size() > static_cast<std::size_t>(limit)) pages.resize(static_cast<std::size_t>(limit));
  return pages;
}

TalkLine talk_line(Reader& db, EntryId entry) {
  auto rows = db.query(R"sql(
    SELECT c.id, c.post_count,
           (SELECT count(DISTINCT l.blog_id)
            FROM entry_links AS l CROSS JOIN blogs AS b ON b.id = l.blog_id
            WHERE l.to_entry_id = :entry AND b.state IN ('active', 'paused', 'gone'))
    FROM (SELECT :entry AS entry_id) AS own
      LEFT JOIN conversation_entries AS m ON m.entry_id = own.entry_id
      LEFT JOIN conversations AS c ON c.id = m.conversation_id AND c.blog_count > 1)sql");
  rows.bind(":entry", entry);
  if (!rows.step()) return {};
  return {.conversation = rows.id<ConversationId>(0), .posts = rows.integer(1), .answers = rows.integer(2)};
}

}  // namespace voice::store
