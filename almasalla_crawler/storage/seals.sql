-- What a row and those that belong to it hold, as a hash that is written with them. If it no longer fits, the disk changed them.
CREATE TABLE seals (
  kind TEXT NOT NULL, -- article, pairs, change, page, mentions, address, problem, reject, schedule, run: see storage/seals.py; "schema NAME": how a table is defined
  id INTEGER NOT NULL, -- of the article, of the first of a pair, earlier text, page, problem, reject, schedule or run; 0 for the schema
  digest BLOB NOT NULL, -- SHA-256 of the rows
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Rows that were written and have no seal yet; a crawl empties it before it commits, other programs leave it to the next crawl.
CREATE TABLE unsealed (
  kind TEXT NOT NULL, -- as in seals; crawl, schema
  id INTEGER NOT NULL, -- as in seals
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS revisions_article ON revisions(article_id);
