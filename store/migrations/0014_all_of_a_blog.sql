-- All posts of a blog, hidden and doubled ones too: a blogger sees the fate of each, a blog that changes its name has all of
-- them indexed again, and one that leaves takes all along. What readers see of a blog is found in the same index, whose last
-- two columns spare a look at the row.
DROP INDEX entries_of_blog;
CREATE INDEX entries_of_blog ON entries (blog_id, river_at DESC, id DESC, hidden_at, same_as);
