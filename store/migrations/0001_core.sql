-- The hub's memory: blogs, the feeds they are read from, and the entries that were in those feeds.
-- Times are UTC seconds; missing is NULL.

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

INSERT INTO counters (name, value) VALUES ('change_number', 1);

-- A blog is a site we carry. What its owner agreed to be shown is here, not with the feed.
CREATE TABLE blogs (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  home_url TEXT,
  description TEXT,
  language TEXT,
  author TEXT,
  organisation TEXT,
  kind TEXT NOT NULL DEFAULT 'practitioner'
    CHECK (kind IN ('practitioner', 'council_team', 'sector_body', 'central_government', 'supplier', 'hub')),
  shown TEXT NOT NULL DEFAULT 'excerpt'
    CHECK (shown IN ('title', 'excerpt', 'full')),
  licence TEXT,
  state TEXT NOT NULL DEFAULT 'active'
    CHECK (state IN ('invited', 'applied', 'active', 'paused', 'gone', 'left')),
  icon_url TEXT,
  created_at INTEGER NOT NULL,
  joined_at INTEGER,
  last_post_at INTEGER,
  post_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX blogs_by_state ON blogs (state, title COLLATE NOCASE);

-- A feed is a document at a URL and what we know of it. etag and last_modified are the bytes as they came, quotes and W/
-- included. last_status 0: no answer came. next_fetch_at NULL: never again by itself. error_* describe the last refresh
-- and are NULL when it went well; failures counts them in a row.
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  url TEXT NOT NULL UNIQUE,
  title TEXT,
  self_url TEXT,
  format TEXT,
  etag BLOB,
  last_modified BLOB,
  body_hash BLOB,
  last_status INTEGER,
  last_fetch_at INTEGER,
  last_success_at INTEGER,
  next_fetch_at INTEGER,
  interval_seconds INTEGER NOT NULL DEFAULT 3600,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  error_class TEXT,
  error_text TEXT,
  error_hint TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX feeds_due ON feeds (next_fetch_at) WHERE next_fetch_at IS NOT NULL;
CREATE INDEX feeds_of_blog ON feeds (blog_id);

-- An entry belongs to (feed, guid); no other feed can take it over. guid is how we know it again, original_id what its feed
-- calls it and what we pass on. river_at is fixed when it is first stored. same_as: the same post by another feed, shown
-- once. hidden_at: an editor hid it, and it stays hidden when it is fetched again. indexed_at NULL: search, links and
-- topics wait for it.
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  guid TEXT NOT NULL,
  original_id TEXT NOT NULL,
  id_is_permalink INTEGER NOT NULL DEFAULT 0,
  url TEXT,
  url_key TEXT,
  title TEXT,
  excerpt TEXT NOT NULL DEFAULT '',
  authors_json TEXT NOT NULL DEFAULT '[]',
  author TEXT,
  tags_json TEXT NOT NULL DEFAULT '[]',
  enclosures_json TEXT NOT NULL DEFAULT '[]',
  image TEXT,
  language TEXT,
  comments_url TEXT,
  rights TEXT,
  licence TEXT,
  words INTEGER NOT NULL DEFAULT 0,
  published_at INTEGER,
  updated_at INTEGER,
  first_seen_at INTEGER NOT NULL,
  river_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  content_hash BLOB NOT NULL,
  same_as INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  hidden_at INTEGER,
  indexed_at INTEGER,
  UNIQUE (feed_id, guid)
) STRICT;

-- Queries must say `hidden_at IS NULL AND same_as IS NULL` for these two to serve.
CREATE INDEX entries_river ON entries (river_at DESC, id DESC) WHERE hidden_at IS NULL AND same_as IS NULL;
CREATE INDEX entries_of_blog ON entries (blog_id, river_at DESC, id DESC) WHERE hidden_at IS NULL AND same_as IS NULL;
CREATE INDEX entries_by_url ON entries (url_key);
CREATE INDEX entries_same_as ON entries (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX entries_waiting ON entries (id) WHERE indexed_at IS NULL;

-- Bodies stand apart, so that a page of the river reads short rows. html holds the text of a SafeHtml and nothing else.
CREATE TABLE entry_bodies (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  html TEXT NOT NULL
) STRICT;
