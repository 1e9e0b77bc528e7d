-- What was missing between hubs and us: subscriptions that end are ended at the hub too, and a hub that keeps silent is noticed.

-- A poll found news that the hub should have told us of; the hub is not relied on until it speaks again.
ALTER TABLE push_subscriptions ADD COLUMN missed_at INTEGER;

-- Subscriptions that are over. ask_at: when the hub is told so (again); tries: how often it was.
CREATE TABLE push_endings (
  token TEXT PRIMARY KEY,
  hub_url TEXT NOT NULL,
  topic_url TEXT NOT NULL,
  ask_at INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX push_endings_due ON push_endings (ask_at);

-- However a subscription ends (its feed is removed, moves to another hub, drops its hub), the hub may still push.
CREATE TRIGGER push_subscriptions_removed AFTER DELETE ON push_subscriptions WHEN OLD.state IN ('asked', 'active') BEGIN
  INSERT OR REPLACE INTO push_endings (token, hub_url, topic_url) VALUES (OLD.token, OLD.hub_url, OLD.topic_url);
END;
CREATE TRIGGER push_subscriptions_replaced AFTER UPDATE OF token ON push_subscriptions
WHEN OLD.token <> NEW.token AND OLD.state IN ('asked', 'active') BEGIN
  INSERT OR REPLACE INTO push_endings (token, hub_url, topic_url) VALUES (OLD.token, OLD.hub_url, OLD.topic_url);
END;
-- Who pauses or leaves is not told about any more; whoever comes back is subscribed again when their feed is next read.
CREATE TRIGGER blogs_push_ends AFTER UPDATE OF state ON blogs WHEN NEW.state <> 'active' BEGIN
  DELETE FROM push_subscriptions WHERE feed_id IN (SELECT id FROM feeds WHERE blog_id = NEW.id);
END;
DELETE FROM push_subscriptions
WHERE feed_id IN (SELECT f.id FROM feeds AS f JOIN blogs AS b ON b.id = f.blog_id WHERE b.state <> 'active');
