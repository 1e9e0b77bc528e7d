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

CREATE TRIGGER entry_topics_more AFTER INSERT ON entry_topics BEGIN
  UPDATE topics SET post_count = post_count + 1 WHERE id = NEW.topic_id;
END;

CREATE TRIGGER entry_topics_fewer AFTER DELETE ON entry_topics BEGIN
  UPDATE topics SET post_count = post_count - 1 WHERE id = OLD.topic_id;
END;

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
CREATE INDEX organisations_by_key ON organisations (name_key);
CREATE INDEX organisations_by_name ON organisations (name COLLATE NOCASE);
CREATE INDEX organisations_in_use ON organisations (name COLLATE NOCASE) WHERE blog_count > 0;
CREATE INDEX organisations_existing ON organisations (name COLLATE NOCASE, id) WHERE ended_on IS NULL;

-- People change council: an affiliation has dates, and a post belongs to the body its blog was with on its day.
-- NULL since: for as long as we know; NULL until: still. said: the blog's own words that it was made from; NULL: an editor's.
CREATE TABLE affiliations (
  id INTEGER PRIMARY KEY,
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  organisation_id INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT '',
  said TEXT,
  since_at INTEGER,
  until_at INTEGER
) STRICT;
CREATE INDEX affiliations_of_blog ON affiliations (blog_id);
CREATE INDEX affiliations_of_organisation ON affiliations (organisation_id);

-- An organisation counts the blogs that can be seen and ever were with it.
CREATE TRIGGER affiliations_more AFTER INSERT ON affiliations BEGIN
  UPDATE organisations
  SET blog_count = (SELECT count(DISTINCT a.blog_id) FROM affiliations AS a JOIN blogs AS b ON b.id = a.blog_id
                    WHERE a.organisation_id = NEW.organisation_id AND b.state IN ('active', 'paused', 'gone'))
  WHERE id = NEW.organisation_id;
END;

CREATE TRIGGER affiliations_fewer AFTER DELETE ON affiliations BEGIN
  UPDATE organisations
  SET blog_count = (SELECT count(DISTINCT a.blog_id) FROM affiliations AS a JOIN blogs AS b ON b.id = a.blog_id
                    WHERE a.organisation_id = OLD.organisation_id AND b.state IN ('active', 'paused', 'gone'))
  WHERE id = OLD.organisation_id;
END;

CREATE TRIGGER blogs_seen_or_not AFTER UPDATE OF state ON blogs WHEN NEW.state <> OLD.state BEGIN
  UPDATE organisations
  SET blog_count = (SELECT count(DISTINCT a.blog_id) FROM affiliations AS a JOIN blogs AS b ON b.id = a.blog_id
                    WHERE a.organisation_id = organisations.id AND b.state IN ('active', 'paused', 'gone'))
  WHERE id IN (SELECT organisation_id FROM affiliations WHERE blog_id = NEW.id);
END;

-- What a blog says of itself is found with each of its posts.
CREATE TRIGGER blogs_say_otherwise AFTER UPDATE OF title, author, language, kind, home_url ON blogs
WHEN NEW.title IS NOT OLD.title OR NEW.author IS NOT OLD.author OR NEW.language IS NOT OLD.language
  OR NEW.kind IS NOT OLD.kind OR NEW.home_url IS NOT OLD.home_url BEGIN
  UPDATE entries SET indexed_at = NULL WHERE blog_id = NEW.id AND indexed_at IS NOT NULL;
END;

CREATE TABLE entry_organisations (
  organisation_id INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  river_at INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (organisation_id, river_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_organisations_of_entry ON entry_organisations (entry_id);

CREATE TRIGGER entry_organisations_more AFTER INSERT ON entry_organisations BEGIN
  UPDATE organisations SET post_count = post_count + 1 WHERE id = NEW.organisation_id;
END;

CREATE TRIGGER entry_organisations_fewer AFTER DELETE ON entry_organisations BEGIN
  UPDATE organisations SET post_count = post_count - 1 WHERE id = OLD.organisation_id;
END;

-- Other names a body goes by: Welsh ones, short ones, those that members wrote.
CREATE TABLE organisation_aliases (
  name_key TEXT PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_aliases_of ON organisation_aliases (organisation_id);

-- Somebody who writes here under a name. A name is somebody on one blog only (person_names): that the same name elsewhere
-- is the same person is said by an address in a byline or by an editor, never guessed.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  post_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX people_by_name ON people (name COLLATE NOCASE, id) WHERE post_count > 0;

CREATE TABLE person_names (
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  name_key TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (blog_id, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_names_of ON person_names (person_id);
CREATE INDEX person_names_by_name ON person_names (name_key);

-- Addresses of people who were one person with somebody here: they lead on.
CREATE TABLE person_slugs (
  slug TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_people (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  river_at INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, river_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_people_of_entry ON entry_people (entry_id);

CREATE TRIGGER entry_people_more AFTER INSERT ON entry_people BEGIN
  UPDATE people SET post_count = post_count + 1 WHERE id = NEW.person_id;
END;

CREATE TRIGGER entry_people_fewer AFTER DELETE ON entry_people BEGIN
  UPDATE people SET post_count = post_count - 1 WHERE id = OLD.person_id;
END;

-- Words. Two tables because English is found by its stems ("councils" by "council") and every other language is not: the
-- English stemmer would join Welsh words that have nothing in common. Rows are numbered in river order (search_row =
-- seconds * 16 and up), so that the newest matches of a common word are read first and the rest not at all. facets holds
-- what a search can be narrowed by, as words ("xblog12", "xyear2025").
CREATE VIRTUAL TABLE search_english USING fts5 (
  title, excerpt, body, tags, facets, tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE search_other USING fts5 (
  title, excerpt, body, tags, facets, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE search_rows (
  search_row INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL UNIQUE REFERENCES entries (id) ON DELETE CASCADE,
  is_english INTEGER NOT NULL
) STRICT;

CREATE TRIGGER search_rows_gone AFTER DELETE ON search_rows BEGIN
  DELETE FROM search_english WHERE rowid = OLD.search_row AND OLD.is_english;
  DELETE FROM search_other WHERE rowid = OLD.search_row AND NOT OLD.is_english;
END;

-- A double is not indexed. When the post it doubled goes, it takes its place.
CREATE TRIGGER entries_no_double AFTER UPDATE OF same_as ON entries
WHEN NEW.same_as IS NULL AND OLD.same_as IS NOT NULL BEGIN
  UPDATE entries SET indexed_at = NULL WHERE id = NEW.id;
END;

-- Where a post points: one row a page it links to, by url_key. to_entry_id: that page is a post we carry.
CREATE TABLE entry_links (
  from_entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  url_key TEXT NOT NULL,
  url TEXT NOT NULL,
  link_text TEXT NOT NULL DEFAULT '',
  blog_id INTEGER NOT NULL,
  linked_at INTEGER NOT NULL,
  to_entry_id INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  PRIMARY KEY (from_entry_id, url_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_links_by_url ON entry_links (url_key, blog_id);
CREATE INDEX entry_links_to ON entry_links (to_entry_id) WHERE to_entry_id IS NOT NULL;
CREATE INDEX entry_links_by_time ON entry_links (linked_at, url_key, blog_id) WHERE to_entry_id IS NULL;

-- Addresses that lead to another: a post that moved is still the post that was linked to.
CREATE TABLE url_aliases (
  url_key TEXT PRIMARY KEY,
  leads_to TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Posts of different blogs that answer one another: those that links join, directly or by others. Two that turn out to be
-- one are merged; the old number leads on.
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  last_at INTEGER NOT NULL,
  post_count INTEGER NOT NULL DEFAULT 0,
  blog_count INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES conversations (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX conversations_by_time ON conversations (last_at DESC, id DESC) WHERE merged_into IS NULL;
CREATE INDEX conversations_merged ON conversations (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE conversation_entries (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX conversation_entries_of ON conversation_entries (conversation_id, entry_id);

CREATE TRIGGER conversation_entries_fewer AFTER DELETE ON conversation_entries BEGIN
  UPDATE conversations
  SET post_count = post_count - 1,
      blog_count = (SELECT count(DISTINCT e.blog_id)
                    FROM conversation_entries AS c CROSS JOIN entries AS e ON e.id = c.entry_id
                    WHERE c.conversation_id = OLD.conversation_id)
  WHERE id = OLD.conversation_id;
END;

-- What editors decided against the links: two posts belong together (joined), or one does not belong (apart, other is NULL).
CREATE TABLE conversation_rulings (
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  other_entry_id INTEGER REFERENCES entries (id) ON DELETE CASCADE,
  UNIQUE (entry_id, other_entry_id)
) STRICT;
CREATE INDEX conversation_rulings_of_other ON conversation_rulings (other_entry_id) WHERE other_entry_id IS NOT NULL;

CREATE INDEX blogs_by_last_post ON blogs (last_post_at DESC, id) WHERE state IN ('active', 'paused', 'gone');
CREATE INDEX blogs_by_title ON blogs (title COLLATE NOCASE, id) WHERE state IN ('active', 'paused', 'gone');
