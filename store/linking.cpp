// The writing half of store/conversations.h: links are stored, and posts that they join are put together.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "base/url.h"
#include "store/conversations.h"

namespace voice::store {
namespace {

constexpr std::size_t kMostLinks = 100;  // of one post; what has more is a list of links, not a conversation

constexpr std::int64_t kMostAddresses = 20;  // of one post; some feeds make a new link at every request

// Pages that everybody links to without discussing them: buttons for sharing, licences, a site's front page.
bool is_furniture(std::string_view key) {
  static constexpr std::array<std::string_view, 12> kFurniture = {"twitter.com/intent",
                                                                  "twitter.com/share",
                                                                  "facebook.com/sharer",
                                                                  "linkedin.com/share",
                                                                  "wa.me/",
                                                                  "addtoany.com/",
                                                                  "creativecommons.org/licenses",
                                                                  "nationalarchives.gov.uk/doc/open-government-licence",
                                                                  "pinterest.com/pin/create",
                                                                  "feedburner.google.com/",
                                                                  "gravatar.com/",
                                                                  "wordpress.org/"};
  if (key.find('/') == std::string_view::npos && key.find('?') == std::string_view::npos) return true;
  return std::any_of(kFurniture.begin(), kFurniture.end(), [&](auto start) { return key.starts_with(start); });
}

std::string_view host_of(std::string_view key) { return key.substr(0, key.find_first_of("/?:")); }

std::string followed(Reader& db, std::string key) {
  for (int steps = 0; steps < 5; ++steps) {
    auto rows = db.query("SELECT leads_to FROM url_aliases WHERE url_key = :key");
    rows.bind(":key", key);
    if (!rows.step()) return key;
    key = rows.text(0);
  }
  return key;
}

struct Target {
  EntryId entry;
  BlogId blog;
};

Target post_at(Reader& db, const std::string& key) {
  auto rows = db.query("SELECT id, blog_id FROM entries WHERE url_key = :key AND same_as IS NULL ORDER BY id LIMIT 1");
  rows.bind(":key", key);
  return rows.step() ? Target{.entry = rows.id<EntryId>(0), .blog = rows.id<BlogId>(1)} : Target{};
}

void store_link(Writer& db, const Linking& post, const content::Link& link, std::string key) {
  key = followed(db, std::move(key));
  if (key.empty() || key == post.url_key || is_furniture(key)) return;
  const auto target = post_at(db, key);
  // A blog's links to itself are its navigation. On a shared host another member may still be meant.
  if (target.entry ? target.blog == post.blog : host_of(key) == host_of(url_key(post.home_url))) return;
  db.change(R"sql(
    INSERT OR IGNORE INTO entry_links (from_entry_id, url_key, url, link_text, blog_id, linked_at, to_entry_id)
    VALUES (:from, :key, :url, :text, :blog, :at, :to))sql")
      .bind(":from", post.entry)
      .bind(":key", key)
      .bind(":url", link.url)
      .bind(":text", utf8_prefix(link.text, 200))
      .bind(":blog", post.blog)
      .bind(":at", post.river_at)
      .bind(":to", target.entry)
      .run();
}

void claim_links_to(Writer& db, const Linking& post) {
  if (post.url_key.empty()) return;
  // Its guid is often its other address ("?p=2055"), which old posts link to.
  if (const auto other = parse_url(post.original_id); other && other->is_web()) {
    const auto key = url_key(post.original_id);
    if (key != post.url_key && host_of(key) == host_of(post.url_key) && !is_furniture(key) && !post_at(db, key).entry)
      add_redirect(db, post.original_id, "https://" + post.url_key);
  }
  db.change(R"sql(
    UPDATE entry_links
    SET to_entry_id = :entry
    WHERE url_key = :key AND to_entry_id IS NULL AND blog_id <> :blog)sql")
      .bind(":entry", post.entry)
      .bind(":key", post.url_key)
      .bind(":blog", post.blog)
      .run();
}

bool is_round_up(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT count(*) FROM entry_links WHERE from_entry_id = :entry AND to_entry_id IS NOT NULL");
  rows.bind(":entry", entry);
  return rows.step() && rows.integer(0) >= kRoundUp;
}

bool stands_alone(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT 1 FROM conversation_rulings WHERE entry_id = :entry AND other_entry_id IS NULL");
  rows.bind(":entry", entry);
  return rows.step();
}

void add_ids(Rows rows, std::vector<EntryId>& ids) {
  while (rows.step()) ids.push_back(rows.id<EntryId>(0));
}

// The posts that a post is joined with, by links in either direction or by an editor.
std::vector<EntryId> neighbours_of(Reader& db, EntryId entry) {
  std::vector<EntryId> linked, joined;
  if (stands_alone(db, entry)) return joined;
  if (!is_round_up(db, entry)) {
    auto to = db.query("SELECT to_entry_id FROM entry_links WHERE from_entry_id = :entry AND to_entry_id IS NOT NULL");
    to.bind(":entry", entry);
    add_ids(std::move(to), linked);
  }
  {
    auto from = db.query("SELECT from_entry_id FROM entry_links WHERE to_entry_id = :entry");
    from.bind(":entry", entry);
    std::vector<EntryId> answers;
    add_ids(std::move(from), answers);
    for (const auto id : answers)
      if (!is_round_up(db, id)) linked.push_back(id);
  }
  for (const auto id : linked)
    if (!stands_alone(db, id)) joined.push_back(id);
  auto ruled = db.query(R"sql(
    SELECT other_entry_id FROM conversation_rulings WHERE entry_id = :entry AND other_entry_id IS NOT NULL
    UNION ALL
    SELECT entry_id FROM conversation_rulings WHERE other_entry_id = :entry)sql");
  ruled.bind(":entry", entry);
  add_ids(std::move(ruled), joined);
  return joined;
}

// Everything that can be reached from a post. A field of a few thousand posts a year makes threads of tens, so this is
// walked anew whenever a post of it changes; the bound is for the day somebody finds a way to make one that is not.
constexpr std::size_t kMostPosts = 500;

std::set<EntryId> thread_of(Reader& db, EntryId start) {
  std::set<EntryId> thread = {start};
  std::vector<EntryId> to_walk = {start};
  while (!to_walk.empty() && thread.size() < kMostPosts) {
    const auto entry = to_walk.back();
    to_walk.pop_back();
    for (const auto next : neighbours_of(db, entry))
      if (thread.insert(next).second) to_walk.push_back(next);
  }
  return thread;
}

ConversationId number_of(Reader& db, EntryId entry) {
  auto rows = db.query("SELECT conversation_id FROM conversation_entries WHERE entry_id = :entry");
  rows.bind(":entry", entry);
  return rows.step() ? rows.id<ConversationId>(0) : ConversationId{};
}

std::vector<EntryId> members_of(Reader& db, ConversationId conversation) {
  auto rows = db.query("SELECT entry_id FROM conversation_entries WHERE conversation_id = :id");
  rows.bind(":id", conversation);
  std::vector<EntryId> members;
  add_ids(std::move(rows), members);
  return members;
}

void put_into(Writer& db, ConversationId conversation, EntryId entry) {
  db.change(R"sql(
    INSERT INTO conversation_entries (entry_id, conversation_id) VALUES (:entry, :conversation)
    ON CONFLICT (entry_id) DO UPDATE SET conversation_id = excluded.conversation_id)sql")
      .bind(":entry", entry)
      .bind(":conversation", conversation)
      .run();
}

void count_posts(Writer& db, ConversationId conversation) {
  db.change(R"sql(
    UPDATE conversations
    SET (post_count, blog_count, last_at) =
        (SELECT count(*), count(DISTINCT e.blog_id), coalesce(max(e.river_at), 0)
         FROM conversation_entries AS c CROSS JOIN entries AS e ON e.id = c.entry_id
         WHERE c.conversation_id = :id)
    WHERE id = :id)sql")
      .bind(":id", conversation)
      .run();
}

ConversationId new_number(Writer& db) {
  db.change("INSERT INTO conversations (last_at) VALUES (0)").run();
  return ConversationId{db.last_id()};
}

// The oldest number among those its posts have, else a new one.
ConversationId number_for(Writer& db, const std::set<EntryId>& thread, const std::set<ConversationId>& taken) {
  ConversationId oldest;
  for (const auto entry : thread)
    if (const auto number = number_of(db, entry); number && !taken.contains(number) && (!oldest || number < oldest))
      oldest = number;
  return oldest ? oldest : new_number(db);
}

ConversationId settle_thread(Writer& db, const std::set<EntryId>& thread, const std::set<ConversationId>& taken) {
  const auto number = number_for(db, thread, taken);
  std::set<ConversationId> emptied;
  for (const auto entry : thread) {
    if (const auto had = number_of(db, entry); had && had != number) emptied.insert(had);
    put_into(db, number, entry);
  }
  for (const auto old : emptied) {
    if (members_of(db, old).empty() && !taken.contains(old))
      db.change("UPDATE conversations SET merged_into = :number WHERE id = :old")
          .bind(":number", number)
          .bind(":old", old)
          .run();
    count_posts(db, old);
  }
  count_posts(db, number);
  return number;
}

// Puts a post and everything it was or is together with into the right conversations.
void regroup(Writer& db, EntryId entry) {
  std::vector<EntryId> affected = {entry};
  const auto had = number_of(db, entry);
  if (had) affected = members_of(db, had);
  if (had && affected.front() != entry)
    std::swap(affected.front(), *std::find(affected.begin(), affected.end(), entry));
  std::vector<std::set<EntryId>> threads;
  std::set<EntryId> placed;
  for (const auto id : affected) {
    if (placed.contains(id)) continue;
    threads.push_back(thread_of(db, id));
    placed.insert(threads.back().begin(), threads.back().end());
  }
  // What falls apart: the number stays with the part that has the oldest post.
  std::sort(threads.begin(), threads.end(), [](const auto& a, const auto& b) { return *a.begin() < *b.begin(); });
  std::set<ConversationId> taken;
  for (const auto& thread : threads) {
    if (thread.size() > 1) {
      taken.insert(settle_thread(db, thread, taken));
      continue;
    }
    db.change("DELETE FROM conversation_entries WHERE entry_id = :entry").bind(":entry", *thread.begin()).run();
  }
  if (had) count_posts(db, had);
}

}  // namespace

void add_redirect(Writer& db, std::string_view from, std::string_view to) {
  const auto key = url_key(from), own = url_key(to);
  if (key.empty() || own.empty() || key == own) return;
  auto target = followed(db, own);
  if (target == key) {
    // What once moved from there has moved back: the newer word counts.
    db.change("DELETE FROM url_aliases WHERE url_key = :key").bind(":key", own).run();
    target = own;
  }
  db.change(R"sql(
    INSERT INTO url_aliases (url_key, leads_to) VALUES (:key, :target)
    ON CONFLICT (url_key) DO UPDATE SET leads_to = excluded.leads_to)sql")
      .bind(":key", key)
      .bind(":target", target)
      .run();
  // Links that were stored under the old address mean the new one.
  db.change("UPDATE OR IGNORE entry_links SET url_key = :target WHERE url_key = :key")
      .bind(":key", key)
      .bind(":target", target)
      .run();
}

void remove_redirect(Writer& db, std::string_view from) {
  const auto key = url_key(from);
  const auto target = followed(db, key);
  if (target == key) return;
  db.change("DELETE FROM url_aliases WHERE url_key = :key").bind(":key", key).run();
  std::vector<std::pair<EntryId, std::string>> written_so;
  {
    auto rows = db.query("SELECT from_entry_id, url FROM entry_links WHERE url_key = :target");
    rows.bind(":target", target);
    while (rows.step())
      if (url_key(rows.text_view(1)) == key) written_so.emplace_back(rows.id<EntryId>(0), rows.text(1));
  }
  for (const auto& [entry, url] : written_so)
    db.change("UPDATE OR IGNORE entry_links SET url_key = :key WHERE from_entry_id = :entry AND url_key = :target")
        .bind(":key", key)
        .bind(":entry", entry)
        .bind(":target", target)
        .run();
}

void post_moved(Writer& db, std::string_view from_key, std::string_view to_key) {
  if (is_furniture(from_key) || post_at(db, std::string(from_key)).entry) return;
  // The post is where it is now, wherever that address led before, and so is whatever led to where it was.
  db.change("DELETE FROM url_aliases WHERE url_key = :key").bind(":key", to_key).run();
  db.change("UPDATE url_aliases SET leads_to = :to WHERE leads_to = :from")
      .bind(":to", to_key)
      .bind(":from", from_key)
      .run();
  auto known = db.query("SELECT count(*) FROM url_aliases WHERE leads_to = :to");
  known.bind(":to", to_key);
  if (known.step() && known.integer(0) >= kMostAddresses) return;
  add_redirect(db, "https://" + std::string(from_key), "https://" + std::string(to_key));
}

void put_links(Writer& db, const Linking& post) {
  db.change("DELETE FROM entry_links WHERE from_entry_id = :entry").bind(":entry", post.entry).run();
  std::set<std::string> seen;  // a post may name a page in every paragraph
  for (std::size_t i = 0; i < std::min(post.links.size(), kMostLinks); ++i)
    if (auto key = url_key(post.links[i].url); seen.insert(key).second)
      store_link(db, post, post.links[i], std::move(key));
  claim_links_to(db, post);
  if (number_of(db, post.entry) || !neighbours_of(db, post.entry).empty()) regroup(db, post.entry);
}

bool join_conversation(Writer& db, EntryId entry, EntryId other) {
  if (entry == other) return false;
  for (const auto id : {entry, other})
    db.change("DELETE FROM conversation_rulings WHERE entry_id = :entry AND other_entry_id IS NULL")
        .bind(":entry", id)
        .run();
  db.change("INSERT OR IGNORE INTO conversation_rulings (entry_id, other_entry_id) VALUES (:entry, :other)")
      .bind(":entry", std::min(entry, other))
      .bind(":other", std::max(entry, other))
      .run();
  if (db.rows_changed() == 0) return false;
  regroup(db, entry);
  bump_change_number(db);
  return true;
}

bool leave_conversation(Writer& db, EntryId entry) {
  if (stands_alone(db, entry)) return false;
  db.change("DELETE FROM conversation_rulings WHERE :entry IN (entry_id, other_entry_id)").bind(":entry", entry).run();
  db.change("INSERT INTO conversation_rulings (entry_id) VALUES (:entry)").bind(":entry", entry).run();
  regroup(db, entry);
  bump_change_number(db);
  return true;
}

}  // namespace voice::store
