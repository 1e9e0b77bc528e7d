-- The feed of picked posts says of each why it was picked.
CREATE INDEX featured_by_entry ON featured (entry_id, id);
