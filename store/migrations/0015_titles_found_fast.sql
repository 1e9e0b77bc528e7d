-- The words of titles alone. "title : council" in search_english walks over every post that says "council" anywhere, 200,000
-- of them for a few hundred; here it walks over those titles only.
CREATE VIRTUAL TABLE search_titles_english USING fts5 (
  title, facets, tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE search_titles_other USING fts5 (
  title, facets, tokenize = "unicode61 remove_diacritics 2"
);

DROP TRIGGER search_rows_gone;
CREATE TRIGGER search_rows_gone AFTER DELETE ON search_rows BEGIN
  DELETE FROM search_english WHERE rowid = OLD.search_row AND OLD.is_english;
  DELETE FROM search_other WHERE rowid = OLD.search_row AND NOT OLD.is_english;
  DELETE FROM search_titles_english WHERE rowid = OLD.search_row AND OLD.is_english;
  DELETE FROM search_titles_other WHERE rowid = OLD.search_row AND NOT OLD.is_english;
END;

-- What is not shown has no words, so that a search counts its matches without looking at each post.
CREATE TRIGGER entries_hidden_or_not AFTER UPDATE OF hidden_at ON entries
WHEN (NEW.hidden_at IS NULL) <> (OLD.hidden_at IS NULL) BEGIN
  UPDATE entries SET indexed_at = NULL WHERE id = NEW.id;
END;

CREATE TRIGGER blogs_in_or_out AFTER UPDATE OF state ON blogs
WHEN (NEW.state IN ('active', 'paused', 'gone')) <> (OLD.state IN ('active', 'paused', 'gone')) BEGIN
  UPDATE entries SET indexed_at = NULL WHERE blog_id = NEW.id AND indexed_at IS NOT NULL;
END;
