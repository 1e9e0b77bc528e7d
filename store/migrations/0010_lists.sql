-- What lists of blogs, months and topics are read from, so that a page of them costs what it shows.

CREATE INDEX blogs_by_posts ON blogs (post_count DESC, id) WHERE state IN ('active', 'paused', 'gone');

-- How many posts that can be seen stand in each hour of the river. London's days begin on the hour, so days, months and
-- years are sums of these. hour: river_at / 3600.
CREATE TABLE post_hours (
  hour INTEGER PRIMARY KEY,
  posts INTEGER NOT NULL
) STRICT;

INSERT INTO post_hours (hour, posts)
SELECT e.river_at / 3600, count(*)
FROM entries AS e JOIN blogs AS b ON b.id = e.blog_id
WHERE e.hidden_at IS NULL AND e.same_as IS NULL AND b.state IN ('active', 'paused', 'gone')
GROUP BY 1;

CREATE TRIGGER post_hours_more AFTER INSERT ON entries
WHEN NEW.hidden_at IS NULL AND NEW.same_as IS NULL
  AND (SELECT state FROM blogs WHERE id = NEW.blog_id) IN ('active', 'paused', 'gone') BEGIN
  INSERT INTO post_hours (hour, posts) VALUES (NEW.river_at / 3600, 1)
  ON CONFLICT (hour) DO UPDATE SET posts = posts + 1;
END;

CREATE TRIGGER post_hours_fewer AFTER DELETE ON entries
WHEN OLD.hidden_at IS NULL AND OLD.same_as IS NULL
  AND (SELECT state FROM blogs WHERE id = OLD.blog_id) IN ('active', 'paused', 'gone') BEGIN
  UPDATE post_hours SET posts = posts - 1 WHERE hour = OLD.river_at / 3600;
END;

CREATE TRIGGER post_hours_shown_or_not AFTER UPDATE OF hidden_at, same_as ON entries
WHEN (NEW.hidden_at IS NULL AND NEW.same_as IS NULL) <> (OLD.hidden_at IS NULL AND OLD.same_as IS NULL)
  AND (SELECT state FROM blogs WHERE id = NEW.blog_id) IN ('active', 'paused', 'gone') BEGIN
  INSERT INTO post_hours (hour, posts)
  VALUES (NEW.river_at / 3600, iif(NEW.hidden_at IS NULL AND NEW.same_as IS NULL, 1, -1))
  ON CONFLICT (hour) DO UPDATE SET posts = posts + excluded.posts;
END;

CREATE TRIGGER post_hours_of_blog AFTER UPDATE OF state ON blogs
WHEN (NEW.state IN ('active', 'paused', 'gone')) <> (OLD.state IN ('active', 'paused', 'gone')) BEGIN
  INSERT INTO post_hours (hour, posts)
  SELECT river_at / 3600, iif(NEW.state IN ('active', 'paused', 'gone'), 1, -1) * count(*)
  FROM entries
  WHERE blog_id = NEW.id AND hidden_at IS NULL AND same_as IS NULL
  GROUP BY 1
  ON CONFLICT (hour) DO UPDATE SET posts = posts + excluded.posts;
END;

-- What the program's own list of topics said when it was last taken over: what an editor took away since is not put back by
-- the next version, and what a later version drops goes.
CREATE TABLE topic_seeds (
  slug TEXT NOT NULL,
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (slug, kind, term)
) STRICT, WITHOUT ROWID;

INSERT INTO topic_seeds (slug, kind, term)
SELECT t.slug, r.kind, r.term FROM topic_terms AS r JOIN topics AS t ON t.id = r.topic_id;

-- What a blogger said when joining that the blog is about: all its posts are.
CREATE TABLE blog_topics (
  blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
  topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  PRIMARY KEY (blog_id, topic_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blog_topics_of_topic ON blog_topics (topic_id);

CREATE TRIGGER blog_topics_more AFTER INSERT ON blog_topics BEGIN
  UPDATE entries SET indexed_at = NULL WHERE blog_id = NEW.blog_id AND indexed_at IS NOT NULL;
END;

CREATE TRIGGER blog_topics_fewer AFTER DELETE ON blog_topics BEGIN
  UPDATE entries SET indexed_at = NULL WHERE blog_id = OLD.blog_id AND indexed_at IS NOT NULL;
END;

INSERT OR IGNORE INTO blog_topics (blog_id, topic_id)
SELECT a.blog_id, t.id
FROM applications AS a JOIN topics AS t ON ' ' || a.topics || ' ' LIKE '% ' || t.slug || ' %'
WHERE a.state = 'accepted' AND a.blog_id IS NOT NULL AND t.is_kind_of_post = 0;
