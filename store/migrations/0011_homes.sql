-- Home pages of members: looked at once after a blog joins and then once a month, for a hub that the feed itself does not name.
CREATE TABLE home_visits (
  blog_id INTEGER PRIMARY KEY REFERENCES blogs (id) ON DELETE CASCADE,
  visited_at INTEGER NOT NULL
) STRICT;
-- 1: the hub was named by the blog's home page; a feed that names none does not end the subscription.
ALTER TABLE push_subscriptions ADD COLUMN from_page INTEGER NOT NULL DEFAULT 0;
