-- The words of the index by the three letters within them, in the place of FTS5's own list. What is indexed is indexed again.
DROP TABLE search_words;
CREATE VIRTUAL TABLE search_vocabulary USING fts5 (term, tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0);
DELETE FROM search_positions;
