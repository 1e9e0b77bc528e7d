-- What readers find posts by: topics, organisations, people, words, and which post answers which. All of it is made from
-- the entries by store/indexing.cpp and can be made again: setting entries.indexed_at to NULL queues an entry.

-- The hub's own list of topics. Seeded from config/topics.toml, then the editors'. weeknotes is a kind of post more than a
-- subject, and readers may leave such a topic out.
CREATE TABLE topics (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  is_kind_of_post INTEGER NOT NULL DEFAULT 0,
  post_count INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A tag (as bloggers write it, folded) or a phrase in title or text that puts a post under a topic.
CREATE TABLE topic_terms (
  topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('tag', 'words')),
  term TEXT NOT NULL,
  PRIMARY KEY (kind, term, topic_id)
) STRICT, WITHOUT ROWID;

-- river_at is the entry's, so that a topic's page is read in order from this index alone.
CREATE TABLE entry_topics (
  topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  river_at INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  given_by TEXT NOT NULL DEFAULT 'rule' CHECK (given_by IN ('rule', 'editor')),
  PRIMARY KEY (topic_id, river_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_topics_of_entry ON entry_topics (entry_id, topic_id);

-- Councils (from config/councils.csv, by their three-letter code) and other bodies that a member named (no code).
CREATE TABLE organisations (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  code TEXT UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  nation TEXT,
  started_on TEXT,
  ended_on TEXT,
  successors TEXT NOT NULL DEFAULT '',
  post_count INTEGER NOT NULL DEFAULT 0,
  blog_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX organisations_by_name ON organisations (name_key);
CREATE INDEX organisations_in_use ON organisations (name COLLATE NOCASE) WHERE blog_count > 0;

-- People change council: an affiliation has dates, and a post belongs to the body its blog was with on its day.
-- NULL since: for as long as we know; NULL until: still.
CREATE TABLE affiliations (
  id INTEGER PRIMARY KEY,
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  organisation_id INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT '',
  since_at INTEGER,
  until_at INTEGER
) STRICT;
CREATE INDEX affiliations_of_blog ON affiliations (blog_id);
CREATE INDEX affiliations_of_organisation ON affiliations (organisation_id);

CREATE TABLE entry_organisations (
  organisation_id INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  river_at INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (organisation_id, river_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_organisations_of_entry ON entry_organisations (entry_id);

-- Somebody who writes a blog of their own, by the name they gave it. Bylines elsewhere are added to people who are here
-- already; they never make one, because nobody is listed who did not put their name to a member's blog.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  post_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE entry_people (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  river_at INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, river_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_people_of_entry ON entry_people (entry_id);

-- Words. Two tables because English is found by its stems ("councils" by "council") and every other language is not: the
-- English stemmer would join Welsh words that have nothing in common. rowid is the entry's id, which also orders matches
-- by age without a sort. facets holds what a search can be narrowed by, as words ("xblog12", "xyear2025").
CREATE VIRTUAL TABLE search_english USING fts5 (
  title, excerpt, body, tags, facets, tokenize = "porter unicode61 remove_diacritics 2", detail = full
);
CREATE VIRTUAL TABLE search_other USING fts5 (
  title, excerpt, body, tags, facets, tokenize = "unicode61 remove_diacritics 2", detail = full
);

-- Where a post points: one row a page it links to, by url_key. to_entry_id: that page is a post we carry.
CREATE TABLE entry_links (
  from_entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  url_key TEXT NOT NULL,
  url TEXT NOT NULL,
  link_text TEXT NOT NULL DEFAULT '',
  blog_id INTEGER NOT NULL,
  linked_at INTEGER NOT NULL,
  to_entry_id INTEGER REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (from_entry_id, url_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_links_by_url ON entry_links (url_key, blog_id);
CREATE INDEX entry_links_to ON entry_links (to_entry_id) WHERE to_entry_id IS NOT NULL;
CREATE INDEX entry_links_by_time ON entry_links (linked_at) WHERE to_entry_id IS NULL;

-- Addresses that lead to another: a post that moved is still the post that was linked to.
CREATE TABLE url_aliases (
  url_key TEXT PRIMARY KEY,
  leads_to TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Posts of different blogs that answer one another. Two that turn out to be one are merged; the old number leads on.
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  last_at INTEGER NOT NULL,
  post_count INTEGER NOT NULL DEFAULT 0,
  blog_count INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES conversations (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX conversations_by_time ON conversations (last_at DESC, id DESC) WHERE merged_into IS NULL AND blog_count > 1;

CREATE TABLE conversation_entries (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX conversation_entries_of ON conversation_entries (conversation_id, entry_id);

CREATE INDEX blogs_by_last_post ON blogs (last_post_at DESC, id) WHERE state IN ('active', 'paused', 'gone');

CREATE INDEX entries_by_author ON entries (author) WHERE author IS NOT NULL;
