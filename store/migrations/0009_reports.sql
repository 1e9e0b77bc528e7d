-- What readers tell the editors about a post. Reports need no account; whoever wants an answer leaves an address.
CREATE TABLE reports (
  id         INTEGER PRIMARY KEY,
  entry_id   INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  words      TEXT NOT NULL,
  email      TEXT,                           -- NULL once the report is closed
  sent_at    INTEGER NOT NULL,
  closed_at  INTEGER
) STRICT;
CREATE INDEX reports_open ON reports (sent_at, id) WHERE closed_at IS NULL;
CREATE INDEX reports_of_entry ON reports (entry_id);
