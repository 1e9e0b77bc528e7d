-- rssCloud (RSS 2.0's <cloud>): where a feed's server may be asked to ping us. ask_at: when it is asked (again); failures: in a
-- row. What it forgets by itself after a day needs no ending.
CREATE TABLE cloud_registrations (
  feed_id INTEGER PRIMARY KEY REFERENCES feeds (id) ON DELETE CASCADE,
  cloud_url TEXT NOT NULL,
  ask_at INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX cloud_registrations_due ON cloud_registrations (ask_at);
