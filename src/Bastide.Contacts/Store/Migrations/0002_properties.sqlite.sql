-- Properties of clients' own: a JSON object of their XML by their names.
ALTER TABLE address_books ADD COLUMN extra TEXT;
