-- Two more orders that posts are read in.

-- When readers could first see a post: when we first saw it, or the moment that a post dated ahead waited for. Neither ever
-- changes, so archives are cut along it. All posts stand in the index, hidden and doubled ones too: each keeps its place.
-- A column of its own and none that is generated: SQLite would look at the row of each post that is only counted.
ALTER TABLE entries ADD COLUMN appeared_at INTEGER NOT NULL DEFAULT 0;
UPDATE entries SET appeared_at = max(first_seen_at, river_at);
CREATE INDEX entries_appeared ON entries (appeared_at, id);

-- Posts of all conversations in river order. river_at is the entry's, which is fixed when it is first stored.
ALTER TABLE conversation_entries ADD COLUMN river_at INTEGER;
UPDATE conversation_entries
SET river_at = (SELECT e.river_at FROM entries AS e WHERE e.id = conversation_entries.entry_id);
CREATE INDEX conversation_entries_by_time ON conversation_entries (river_at DESC, entry_id DESC);

CREATE TRIGGER conversation_entries_more AFTER INSERT ON conversation_entries BEGIN
  UPDATE conversation_entries
  SET river_at = (SELECT e.river_at FROM entries AS e WHERE e.id = NEW.entry_id)
  WHERE entry_id = NEW.entry_id;
END;
