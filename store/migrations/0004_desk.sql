-- What people do at the hub: who may sign in, who asked to join, guest posts, letters, and who did what.

-- Editors and administrators. Bloggers and guests have no account: a letter proves their address each time.
CREATE TABLE users (
  id            INTEGER PRIMARY KEY,
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,        -- lower case: one account an address
  name          TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('editor', 'administrator')),
  password_hash TEXT,                        -- argon2id; NULL: signs in by letter only
  created_at    INTEGER NOT NULL,
  disabled_at   INTEGER
) STRICT;

-- A browser that has proved something. Only the hash of its cookie is kept: a stolen copy of the file opens no door.
CREATE TABLE sessions (
  id          INTEGER PRIMARY KEY,
  token_hash  BLOB NOT NULL UNIQUE,
  scope       TEXT NOT NULL CHECK (scope IN ('member', 'editor')),
  email       TEXT NOT NULL,
  email_key   TEXT NOT NULL,
  user_id     INTEGER REFERENCES users (id) ON DELETE CASCADE,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Links in letters. Each works once, for one purpose, until it expires.
CREATE TABLE links (
  id          INTEGER PRIMARY KEY,
  token_hash  BLOB NOT NULL UNIQUE,
  purpose     TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'editor', 'member')),
  email       TEXT NOT NULL,                 -- '' for the first administrator, who has none yet
  target      TEXT NOT NULL,                 -- the path to go to once it is used
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER
) STRICT;
CREATE INDEX links_by_expiry ON links (expires_at);

-- Form tokens that have been used: the second click of a button finds its token here.
CREATE TABLE form_uses (
  token_hash  BLOB PRIMARY KEY,
  used_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_uses_by_time ON form_uses (used_at);

-- What is counted to slow guessing and flooding: by what, by whom (an account, a network), when.
CREATE TABLE attempts (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_subject ON attempts (kind, subject, at);
CREATE INDEX attempts_by_time ON attempts (at);

CREATE TABLE audit (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  user_id       INTEGER REFERENCES users (id) ON DELETE SET NULL,
  actor         TEXT NOT NULL,               -- the name as it was then; 'the hub' where it acted by itself
  act           TEXT NOT NULL,               -- 'application.accepted', 'post.hidden' ...
  subject       TEXT NOT NULL,               -- what it was done to, in words
  subject_path  TEXT,                        -- where that is, on this site
  reason        TEXT,
  is_public     INTEGER NOT NULL DEFAULT 0   -- 1: also in the public log
) STRICT;
CREATE INDEX audit_by_act ON audit (act, id);
CREATE INDEX audit_public ON audit (id) WHERE is_public = 1;

CREATE TABLE letters (
  id           INTEGER PRIMARY KEY,
  message_id   TEXT NOT NULL UNIQUE,
  once_key     TEXT UNIQUE,                  -- what this letter is for, where a second one would be a mistake
  recipient    TEXT NOT NULL,
  subject      TEXT NOT NULL,
  text_body    TEXT,                         -- NULL once it has been sent: links in it are nobody else's business
  html_body    TEXT,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'doubtful')),
  tries        INTEGER NOT NULL DEFAULT 0,
  next_try_at  INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  sent_at      INTEGER,
  last_error   TEXT
) STRICT;
CREATE INDEX letters_due ON letters (next_try_at) WHERE state = 'waiting';

-- A blog that asks to join: its answers while they are being given (draft), then what was decided.
CREATE TABLE applications (
  id            INTEGER PRIMARY KEY,
  key_hash      BLOB NOT NULL UNIQUE,        -- of the unguessable part of its pages' addresses
  visit_hash    BLOB NOT NULL,               -- of the browser that is filling it in
  reference     TEXT UNIQUE,                 -- given when it is sent
  state         TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'accepted', 'declined', 'withdrawn')),
  address       TEXT NOT NULL,               -- as it was pasted
  home_url      TEXT,
  feed_url      TEXT,
  feed_key      TEXT,                        -- url_key(feed_url)
  feed_title    TEXT,
  feed_language TEXT,
  report        TEXT,                        -- what is wrong with the feed, a sentence a line
  title         TEXT,
  writer        TEXT,
  organisation  TEXT,
  kind          TEXT,                        -- as in blogs
  topics        TEXT,                        -- slugs, separated by spaces
  shown         TEXT,                        -- as in blogs
  licence       TEXT,
  email         TEXT,
  email_key     TEXT,
  has_right     INTEGER NOT NULL DEFAULT 0,
  proof_word    TEXT NOT NULL,
  proved_at     INTEGER,
  proved_by     TEXT,                        -- 'meta', 'link' or 'feed'
  created_at    INTEGER NOT NULL,
  sent_at       INTEGER,
  decided_at    INTEGER,
  decided_by    TEXT,
  reason        TEXT,
  blog_id       INTEGER REFERENCES blogs (id) ON DELETE SET NULL
) STRICT;
-- One open application a feed, whoever sends it and however often the button is pressed.
CREATE UNIQUE INDEX applications_open ON applications (feed_key) WHERE state = 'waiting';
CREATE INDEX applications_by_state ON applications (state, sent_at);
CREATE INDEX applications_by_email ON applications (email_key);
CREATE INDEX applications_by_blog ON applications (blog_id);

-- The feeds its address offered, best first.
CREATE TABLE application_feeds (
  application_id  INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  position        INTEGER NOT NULL,
  url             TEXT NOT NULL,
  type            TEXT NOT NULL,
  title           TEXT NOT NULL,
  PRIMARY KEY (application_id, position)
) STRICT, WITHOUT ROWID;

-- Its newest posts, for the preview.
CREATE TABLE application_posts (
  application_id  INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  position        INTEGER NOT NULL,
  title           TEXT NOT NULL,
  url             TEXT NOT NULL,
  author          TEXT NOT NULL,
  excerpt         TEXT NOT NULL,
  published_at    INTEGER,
  PRIMARY KEY (application_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE guest_posts (
  id             INTEGER PRIMARY KEY,
  reference      TEXT NOT NULL UNIQUE,
  state          TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'changes-asked', 'accepted', 'scheduled',
                                                'published', 'declined', 'withdrawn')),
  email          TEXT NOT NULL,
  email_key      TEXT NOT NULL,
  title          TEXT NOT NULL DEFAULT '',
  markdown       TEXT NOT NULL DEFAULT '',
  byline         TEXT NOT NULL DEFAULT '',
  organisation   TEXT NOT NULL DEFAULT '',
  revision       INTEGER NOT NULL DEFAULT 1,  -- goes up with each saved text; a save names the one it started from
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  submitted_at   INTEGER,
  publish_at     INTEGER,                     -- when it is scheduled
  published_at   INTEGER,
  slug           TEXT UNIQUE,                 -- given at publication and kept for ever
  note           TEXT,                        -- what the editor last wrote to the guest
  entry_id       INTEGER REFERENCES entries (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX guest_posts_by_email ON guest_posts (email_key);
CREATE INDEX guest_posts_by_state ON guest_posts (state, submitted_at);
CREATE INDEX guest_posts_scheduled ON guest_posts (publish_at) WHERE state = 'scheduled';
CREATE INDEX guest_posts_by_entry ON guest_posts (entry_id);

-- Every text that was saved.
CREATE TABLE guest_revisions (
  guest_post_id  INTEGER NOT NULL REFERENCES guest_posts (id) ON DELETE CASCADE,
  revision       INTEGER NOT NULL,
  title          TEXT NOT NULL,
  markdown       TEXT NOT NULL,
  byline         TEXT NOT NULL,
  organisation   TEXT NOT NULL,
  saved_by       TEXT NOT NULL,
  saved_at       INTEGER NOT NULL,
  PRIMARY KEY (guest_post_id, revision)
) STRICT, WITHOUT ROWID;

-- Posts editors picked, with one sentence of why.
CREATE TABLE featured (
  id          INTEGER PRIMARY KEY,
  entry_id    INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  sentence    TEXT NOT NULL,
  position    INTEGER NOT NULL,              -- 1 is first
  starts_at   INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL,
  user_id     INTEGER REFERENCES users (id) ON DELETE SET NULL,
  ended_at    INTEGER                        -- set when an editor took it down early
) STRICT;
CREATE UNIQUE INDEX featured_once ON featured (entry_id) WHERE ended_at IS NULL;
CREATE INDEX featured_by_start ON featured (starts_at);
