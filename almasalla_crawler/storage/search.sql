-- Words of headlines and texts, by their search keys. External content: the keys themselves stand in articles.
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title_key, body_key,
  content="articles", content_rowid="id", tokenize='ascii'
);

-- Every place where a word of the index stands.
CREATE VIRTUAL TABLE articles_words USING fts5vocab(articles_fts, instance);

-- How far articles_fts has got, within a transaction that stores many articles and indexes them together at its end.
CREATE TABLE indexing (
  id INTEGER PRIMARY KEY CHECK (id = 1), -- one row
  until INTEGER -- articles with a greater id wait for the end of the transaction; null: none waits
);
INSERT INTO indexing VALUES (1, NULL);

-- A search asks these of every hit, without touching the texts.
CREATE INDEX articles_facets ON articles(id, date_published_date, publisher, section);
CREATE INDEX articles_publisher ON articles(publisher);
CREATE INDEX articles_section ON articles(section);

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles
WHEN new.id <= ifnull((SELECT until FROM indexing), new.id) BEGIN
  INSERT INTO articles_fts (rowid, title_key, body_key) VALUES (new.id, new.title_key, new.body_key);
END;

CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles
WHEN old.id <= ifnull((SELECT until FROM indexing), old.id) BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title_key, body_key) VALUES ('delete', old.id, old.title_key, old.body_key);
END;

CREATE TRIGGER articles_fts_update AFTER UPDATE OF id, title_key, body_key ON articles
WHEN old.id <= ifnull((SELECT until FROM indexing), old.id)
  AND (old.id <> new.id OR old.title_key IS NOT new.title_key OR old.body_key IS NOT new.body_key) BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title_key, body_key) VALUES ('delete', old.id, old.title_key, old.body_key);
  INSERT INTO articles_fts (rowid, title_key, body_key) VALUES (new.id, new.title_key, new.body_key);
END;
