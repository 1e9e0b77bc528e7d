#include "store/blogs_in_view.h"

#include "store/blog_rows.h"
#include "store/river_filter.h"

namespace voice::store {
namespace {

// Measured on 200,000 posts by 2,000 blogs: a post of a topic's list is looked up in 3.5 µs, and to ask every blog about a
// topic that none wrote on takes 130 ms, about one that many wrote on 50 ms and less.
constexpr std::int64_t kShortList = 10'000;

std::string blogs_where(const std::string& condition) {
  return "SELECT " + std::string(BlogColumns::kNames) +
         " FROM blogs AS b WHERE b.state IN ('active', 'paused', 'gone') AND " + condition +
         " ORDER BY b.title COLLATE NOCASE, b.id";
}

// Blogs that have a post of which `more` holds; the rest of what makes a post visible is in the blog's own index.
std::string having_a_post(const std::string& more = {}, const std::string& joined = {}) {
  return blogs_where("EXISTS (SELECT 1 FROM entries AS e " + joined +
                     " WHERE e.blog_id = b.id AND e.hidden_at IS NULL AND e.same_as IS NULL AND e.river_at <= :newest" +
                     more + ")");
}

// Blogs of the posts of a short list, which is walked.
std::string of_posts_in(const std::string& list, const std::string& more = {}) {
  return blogs_where("b.id IN (SELECT e.blog_id FROM " + list +
                     " WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND e.river_at <= :newest" + more + ")");
}

std::string sql_for(const AllEntries&) { return having_a_post(); }
std::string sql_for(const OfBlog&) { return having_a_post(" AND b.id = :owner"); }
std::string sql_for(const WrittenHere&) { return having_a_post(" AND b.kind = 'hub'"); }

std::string sql_for(const OfTopic&) {
  return having_a_post(" AND l.topic_id = :owner AND l.river_at = e.river_at AND l.entry_id = e.id",
                       "CROSS JOIN entry_topics AS l");
}

std::string sql_for(const WithoutTopic&) {
  return having_a_post(
      " AND NOT EXISTS (SELECT 1 FROM entry_topics AS t WHERE t.entry_id = e.id AND t.topic_id = :owner)");
}

std::string sql_for(const InConversations&) {
  return having_a_post(" AND c.blog_count > 1",
                       "CROSS JOIN conversation_entries AS l ON l.entry_id = e.id "
                       "CROSS JOIN conversations AS c ON c.id = l.conversation_id");
}

std::string sql_for(const OfPerson&) {
  return of_posts_in("entry_people AS l CROSS JOIN entries AS e ON e.id = l.entry_id", " AND l.person_id = :owner");
}

std::string sql_for(const OfOrganisation&) {
  return of_posts_in("entry_organisations AS l CROSS JOIN entries AS e ON e.id = l.entry_id",
                     " AND l.organisation_id = :owner");
}

std::string sql_for(const OfConversation&) {
  return of_posts_in("conversation_entries AS l CROSS JOIN entries AS e ON e.id = l.entry_id",
                     " AND l.conversation_id = :owner");
}

std::string sql_for(const EverFeatured&) {
  return of_posts_in("featured AS l CROSS JOIN entries AS e ON e.id = l.entry_id", " AND l.starts_at <= :now");
}

std::string sql_for(const OfPeriod&) { return of_posts_in("entries AS e", " AND e.river_at >= :from"); }

std::string sql_for(const Matching&) {
  const auto matches = [](const std::string& table) {
    return "SELECT * FROM (SELECT rowid AS search_row FROM " + table + " WHERE " + table +
           " MATCH :match ORDER BY rowid DESC LIMIT 10000)";
  };
  return of_posts_in("(" + matches("search_english") + " UNION ALL " + matches("search_other") +
                     ") AS l CROSS JOIN search_rows AS r ON r.search_row = l.search_row "
                     "CROSS JOIN entries AS e ON e.id = r.entry_id");
}

bool is_rare(Reader& db, TopicId topic) {
  auto rows = db.query("SELECT post_count FROM topics WHERE id = :topic");
  rows.bind(":topic", topic);
  return rows.step() && rows.integer(0) <= kShortList;
}

std::string statement_for(Reader& db, const RiverFilter& filter) {
  const auto* in = std::get_if<OfTopic>(&filter);
  if (!in || !is_rare(db, in->topic)) return blogs_in_view_sql(filter);
  return of_posts_in("entry_topics AS l CROSS JOIN entries AS e ON e.id = l.entry_id", " AND l.topic_id = :owner");
}

}  // namespace

std::string blogs_in_view_sql(const RiverFilter& filter) {
  return std::visit([](const auto& f) { return sql_for(f); }, filter);
}

std::vector<Blog> blogs_in_view(Reader& db, const RiverFilter& filter, sys_seconds now) {
  auto rows = db.query(statement_for(db, filter));
  bind_filter(rows, filter);
  rows.bind(":newest", newest_of(filter, now));
  if (std::holds_alternative<EverFeatured>(filter)) rows.bind(":now", now);
  std::vector<Blog> blogs;
  while (rows.step()) blogs.push_back(read_blog(rows));
  return blogs;
}

}  // namespace voice::store
