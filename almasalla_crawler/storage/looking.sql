-- What scrapy inspect counts and lists is answered by an index, so that no page reads the texts of all articles.

DROP INDEX IF EXISTS articles_publisher; -- the one below begins as it does
CREATE INDEX articles_by_publisher ON articles(publisher, date_published_date, word_count);
CREATE INDEX pages_outlet ON pages(outlet, state);
CREATE INDEX rejects_reason ON rejects(stage, reason);
