-- Blogs' own small pictures, as they came, checked to be ones; mark: a fingerprint for the address they are shown under.
CREATE TABLE blog_icons (
  blog_id INTEGER PRIMARY KEY REFERENCES blogs (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  mark TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
