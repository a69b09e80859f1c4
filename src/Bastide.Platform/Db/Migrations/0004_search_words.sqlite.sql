-- The words of the index, to find those that hold a text within.
CREATE VIRTUAL TABLE search_words USING fts5vocab('search_text', 'row');
