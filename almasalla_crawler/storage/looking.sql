-- What scrapy inspect counts and lists is answered by an index, so that no page reads the texts of all articles.

DROP INDEX IF EXISTS articles_publisher; -- the one below begins as it does
CREATE INDEX articles_by_publisher ON articles(publisher, date_published_date, word_count);
CREATE INDEX pages_outlet ON pages(outlet, state);
CREATE INDEX rejects_reason ON rejects(stage, reason);

-- As in schema.sql, but from article to page whatever SQLite thinks: so the first rows need no sorting of all.
DROP VIEW main_articles;
CREATE VIEW main_articles AS
  SELECT a.id, a.date_published_date, a.publisher, a.title, substr(a.body, 1, 200) AS lead, a.word_count, a.language,
         g.url AS page_url, p.last_seen_at
  FROM articles a CROSS JOIN appearances p ON p.article_id = a.id CROSS JOIN pages g ON g.id = p.page_id
  WHERE p.role = 'main' ORDER BY a.date_published_date DESC, a.id DESC;
