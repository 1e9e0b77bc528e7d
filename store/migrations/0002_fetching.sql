-- What the fetcher remembers about a feed between two polls, and what happened to it.

-- Validators go only to the address they came from; validators_url NULL is the feed's own. rejected_*: those of a body that
-- was no feed, so that the next poll is conditional without calling the good entries current; a newer parser drops them.
ALTER TABLE feeds ADD COLUMN validators_url TEXT;
ALTER TABLE feeds ADD COLUMN rejected_etag BLOB;
ALTER TABLE feeds ADD COLUMN rejected_last_modified BLOB;
ALTER TABLE feeds ADD COLUMN rejected_hash BLOB;
ALTER TABLE feeds ADD COLUMN rejected_by INTEGER;
-- What the document itself says: how often to come, in which hours (bits) and on which days (bits) not to, its own id.
ALTER TABLE feeds ADD COLUMN hint_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN document_id TEXT;
ALTER TABLE feeds ADD COLUMN newest_post_at INTEGER;
ALTER TABLE feeds ADD COLUMN body_bytes INTEGER NOT NULL DEFAULT 0;
-- Not even a person's wish or a push is served before this: Retry-After.
ALTER TABLE feeds ADD COLUMN wait_until INTEGER;
-- A permanent redirect that is being watched.
ALTER TABLE feeds ADD COLUMN move_to TEXT;
ALTER TABLE feeds ADD COLUMN move_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN move_since INTEGER;
-- Polls without news since the last line of the history, and when the first of them was.
ALTER TABLE feeds ADD COLUMN quiet_polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN quiet_since INTEGER;

-- One line for each refresh that brought something or failed. outcome: new, unchanged, failed, moved, pushed.
CREATE TABLE fetch_history (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0,
  error_class TEXT,
  sentence TEXT,
  wire_bytes INTEGER NOT NULL DEFAULT 0,
  body_bytes INTEGER NOT NULL DEFAULT 0,
  took_ms INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  quiet_before INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fetch_history_of_feed ON fetch_history (feed_id, id);

-- Subscriptions that were moved, for undo. recheck_at: when the old address is asked again; NULL: no more.
CREATE TABLE feed_moves (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  from_url TEXT NOT NULL,
  to_url TEXT NOT NULL,
  from_host TEXT NOT NULL,
  to_host TEXT NOT NULL,
  reason TEXT NOT NULL,
  recheck_at INTEGER,
  undone_at INTEGER
) STRICT;
CREATE INDEX feed_moves_to_host ON feed_moves (to_host, at);
CREATE INDEX feed_moves_of_feed ON feed_moves (feed_id);

-- A host that asked to be left alone until then.
CREATE TABLE host_pauses (
  host TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Sums for /metrics and the page about our robot: one row a day (UTC midnight).
CREATE TABLE fetch_days (
  day INTEGER PRIMARY KEY,
  polls INTEGER NOT NULL DEFAULT 0,
  not_modified INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  wire_bytes INTEGER NOT NULL DEFAULT 0,
  took_ms INTEGER NOT NULL DEFAULT 0,
  entries_added INTEGER NOT NULL DEFAULT 0
) STRICT;

-- WebSub, as a subscriber: one row for a feed whose hub tells us of news. renew_at: when the hub is (next) asked.
CREATE TABLE push_subscriptions (
  feed_id INTEGER PRIMARY KEY REFERENCES feeds (id) ON DELETE CASCADE,
  hub_url TEXT NOT NULL,
  topic_url TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('wanted', 'asked', 'active', 'refused', 'failed')),
  asked_at INTEGER,
  lease_until INTEGER,
  renew_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  last_push_at INTEGER,
  note TEXT
) STRICT;
CREATE INDEX push_subscriptions_due ON push_subscriptions (renew_at) WHERE renew_at IS NOT NULL;

-- WebSub, as the hub of our own feeds: who has verified that they want to be told. delivered_hash is the fingerprint of the
-- document they have; failures counts deliveries in a row that failed.
CREATE TABLE hub_subscribers (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  callback TEXT NOT NULL,
  secret TEXT NOT NULL DEFAULT '',
  expires_at INTEGER NOT NULL,
  delivered_hash BLOB,
  failures INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (topic, callback)
) STRICT;

-- A request to the hub whose intent waits to be verified.
CREATE TABLE hub_requests (
  id INTEGER PRIMARY KEY,
  mode TEXT NOT NULL CHECK (mode IN ('subscribe', 'unsubscribe')),
  topic TEXT NOT NULL,
  callback TEXT NOT NULL,
  secret TEXT NOT NULL DEFAULT '',
  lease_seconds INTEGER NOT NULL,
  requested_at INTEGER NOT NULL
) STRICT;
