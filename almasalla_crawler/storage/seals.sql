-- What a row and those that belong to it hold, as a hash that is written with them. If it no longer fits, the disk changed them.
CREATE TABLE seals (
  kind TEXT NOT NULL, -- article, page, mentions, address, reject: see storage/seals.py; "schema NAME": how a table is defined
  id INTEGER NOT NULL, -- of the article, page or reject; 0 for the schema
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

-- What was only seen again is not written: last_seen_at of pages and rejects has no seal.
-- ON CONFLICT, not OR IGNORE: the words of the statement that fires a trigger override the latter, an upsert's too.
CREATE TRIGGER seal_articles_insert AFTER INSERT ON articles BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_articles_update AFTER UPDATE ON articles BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.id), ('article', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_articles_delete AFTER DELETE ON articles BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_authors_insert AFTER INSERT ON authors BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_authors_update AFTER UPDATE ON authors BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id), ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_authors_delete AFTER DELETE ON authors BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_keywords_insert AFTER INSERT ON keywords BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_keywords_update AFTER UPDATE ON keywords BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id), ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_keywords_delete AFTER DELETE ON keywords BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_facts_insert AFTER INSERT ON facts BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_facts_update AFTER UPDATE ON facts BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id), ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_facts_delete AFTER DELETE ON facts BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_revisions_insert AFTER INSERT ON revisions BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_revisions_update AFTER UPDATE ON revisions BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id), ('article', NEW.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_revisions_delete AFTER DELETE ON revisions BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pairs_insert AFTER INSERT ON pairs BEGIN
  INSERT INTO unsealed VALUES ('article', NEW.article_a) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pairs_update AFTER UPDATE ON pairs BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_a), ('article', NEW.article_a) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pairs_delete AFTER DELETE ON pairs BEGIN
  INSERT INTO unsealed VALUES ('article', OLD.article_a) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_captures_insert AFTER INSERT ON captures BEGIN
  INSERT INTO unsealed VALUES ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_captures_update AFTER UPDATE ON captures BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id), ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_captures_delete AFTER DELETE ON captures BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_appearances_insert AFTER INSERT ON appearances BEGIN
  INSERT INTO unsealed VALUES ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_appearances_update AFTER UPDATE ON appearances BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id), ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_appearances_delete AFTER DELETE ON appearances BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_lines_insert AFTER INSERT ON lines BEGIN
  INSERT INTO unsealed VALUES ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_lines_update AFTER UPDATE ON lines BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id), ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_lines_delete AFTER DELETE ON lines BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_urls_insert AFTER INSERT ON urls BEGIN
  INSERT INTO unsealed VALUES ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_urls_update AFTER UPDATE ON urls BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id), ('page', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_urls_delete AFTER DELETE ON urls BEGIN
  INSERT INTO unsealed VALUES ('page', OLD.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_mentions_insert AFTER INSERT ON mentions BEGIN
  INSERT INTO unsealed VALUES ('mentions', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_mentions_update AFTER UPDATE ON mentions BEGIN
  INSERT INTO unsealed VALUES ('mentions', OLD.page_id), ('mentions', NEW.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_mentions_delete AFTER DELETE ON mentions BEGIN
  INSERT INTO unsealed VALUES ('mentions', OLD.page_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pages_insert AFTER INSERT ON pages BEGIN
  INSERT INTO unsealed VALUES ('address', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pages_update AFTER UPDATE OF id, url, outlet, kind, state, discovered_from, crawl_id, first_seen_at, due_at, interval_s,
  leased_by, leased_until, attempts, http_status, gone_at, listed_modified, listed_facts ON pages BEGIN
  INSERT INTO unsealed VALUES ('address', OLD.id), ('address', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_pages_delete AFTER DELETE ON pages BEGIN
  INSERT INTO unsealed VALUES ('address', OLD.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_crawls_insert AFTER INSERT ON crawls BEGIN
  INSERT INTO unsealed VALUES ('crawl', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_crawls_update AFTER UPDATE OF id, spider, outlet, arguments, started_at, finished_at, finish_reason, status, pages,
  articles, mentions, rejects, errors, stats, version ON crawls BEGIN
  INSERT INTO unsealed VALUES ('crawl', OLD.id), ('crawl', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_crawls_delete AFTER DELETE ON crawls BEGIN
  INSERT INTO unsealed VALUES ('crawl', OLD.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_rejects_insert AFTER INSERT ON rejects BEGIN
  INSERT INTO unsealed VALUES ('reject', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_rejects_update AFTER UPDATE OF id, crawl_id, url, stage, reason, detail, first_seen_at, count ON rejects BEGIN
  INSERT INTO unsealed VALUES ('reject', OLD.id), ('reject', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seal_rejects_delete AFTER DELETE ON rejects BEGIN
  INSERT INTO unsealed VALUES ('reject', OLD.id) ON CONFLICT DO NOTHING; END;
