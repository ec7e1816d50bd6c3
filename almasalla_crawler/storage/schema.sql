-- Times are ISO 8601 text in UTC, dates ISO days. Every comment beside a column is also its line in docs/database.md.

-- One run of a spider.
CREATE TABLE crawls (
  id INTEGER PRIMARY KEY,
  spider TEXT NOT NULL, -- name of the spider
  outlet TEXT, -- what was locked while it ran: the outlet, "seeds" for saved pages
  arguments TEXT, -- JSON of the -a arguments
  started_at TEXT NOT NULL, -- when it began
  finished_at TEXT, -- when it ended; null while it runs and after a kill
  finish_reason TEXT, -- finished, shutdown, storage_failed ...; "unfinished" until it ends
  status TEXT NOT NULL, -- ok, partial, failed
  pages INTEGER NOT NULL DEFAULT 0, -- pages stored
  articles INTEGER NOT NULL DEFAULT 0, -- articles new to the database
  mentions INTEGER NOT NULL DEFAULT 0, -- headlines seen on the stored pages
  rejects INTEGER NOT NULL DEFAULT 0, -- pages not kept
  errors INTEGER NOT NULL DEFAULT 0, -- errors logged
  stats TEXT, -- JSON of all Scrapy stats
  version TEXT NOT NULL, -- version of the rules
  seal BLOB, -- SHA-256 of the row, as in seals
  health TEXT, -- ok, warning, failed: compared with the outlet's own past; null while it runs, after a kill, and of reparse
  log_file TEXT -- where its log is, if CRAWL_LOG_DIR is set
);

-- One address; also the crawl frontier.
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE, -- canonical; a file without a url is seed:<directory>/<path>
  outlet TEXT, -- the site it was found on
  kind TEXT NOT NULL DEFAULT 'article', -- article, listing, feed, sitemap, rest, file
  state TEXT NOT NULL, -- discovered, stored, unchanged, rejected, gone
  discovered_from INTEGER REFERENCES pages(id), -- the listing that named it
  crawl_id INTEGER REFERENCES crawls(id), -- crawl that last read it
  first_seen_at TEXT NOT NULL, -- first time it was met
  last_seen_at TEXT NOT NULL, -- last time it was met, changed or not
  due_at TEXT, -- when to look again
  interval_s INTEGER, -- seconds between looks, adapted to how often it changes
  leased_by INTEGER REFERENCES crawls(id), -- crawl that is fetching it
  leased_until TEXT, -- end of that lease
  attempts INTEGER NOT NULL DEFAULT 0, -- failed fetches in a row
  http_status INTEGER, -- of the last fetch
  gone_at TEXT, -- when it was found deleted
  listed_modified TEXT, -- last change that a listing states: ISO UTC, or an ISO day
  listed_facts TEXT, -- JSON of what listings state about it: [field, value, source, raw]
  listed_digest TEXT, -- of the title and text in a list that states no times of change: another one tells an edit
  listed_total INTEGER -- of a REST list: posts that it said it has when all changes since the crawl before were found
);
CREATE INDEX pages_due ON pages(outlet, kind, due_at) WHERE due_at IS NOT NULL;

-- One spelling of an address that led to a page.
CREATE TABLE urls (
  url TEXT PRIMARY KEY, -- as requested, linked or redirected
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page it leads to
  kind TEXT NOT NULL -- canonical, requested, redirect, shortlink, guid, part, record (of its REST door)
);
CREATE INDEX urls_page ON urls(page_id);

-- One door of a page: the latest bytes seen there and our reading of them.
CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page
  door TEXT NOT NULL, -- html, rest, feed, sitemap, warc; for files "file:" and the path
  body_sha256 TEXT NOT NULL, -- of the bytes
  etag TEXT, -- validator, as sent
  last_modified TEXT, -- validator, as sent
  observed_at TEXT, -- when the page looked like this: saved_at, WARC date, fetch time, else the file's time
  saved_at TEXT, -- what "two hours ago" on the page is relative to; null if unknown
  parsed_by TEXT NOT NULL, -- version of the rules that read it
  encoding TEXT, -- the text was decoded with
  replaced_chars INTEGER, -- bytes that could not be decoded
  letter_count INTEGER, -- letters of the visible text, counted without building lines
  line_count INTEGER, -- non-blank lines
  kept_line_count INTEGER, -- lines that are part of an article's title or body
  raw_at TEXT, -- where the bytes are: a file; a record of a WARC file, FILE#OFFSET, with parts #1,2,3, or a post in it, #OFFSET:ID
  lines BLOB, -- zlib JSON of all lines: [number, role, rule, text, article]
  UNIQUE (page_id, door)
);

-- One news text.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  url TEXT UNIQUE, -- on its publisher's own site; null if unknown
  publisher TEXT, -- whoever wrote it, also when an aggregator shows it
  title TEXT, -- headline; null if the page dropped it
  title_source TEXT, -- rule that found the title
  body TEXT NOT NULL, -- blocks separated by one blank line
  block_roles TEXT NOT NULL, -- JSON: role of each block
  title_key TEXT, -- search key of the title
  body_key TEXT NOT NULL, -- search key of the body
  paragraph_count INTEGER NOT NULL, -- paragraphs and list items, no sub-headings
  word_count INTEGER NOT NULL, -- words of the body
  date_published_raw TEXT, -- the date as the page writes it
  date_published_date TEXT, -- ISO day as the page states it
  date_published_utc TEXT, -- the instant; null at day precision
  date_published_precision TEXT, -- day, minute, second
  date_published_rule TEXT, -- rule that read it; "in_the_future:" if it was not believed
  date_modified_utc TEXT, -- last change its publisher states
  dateline_place TEXT, -- بغداد of "بغداد/المسلة:"
  dateline_agency TEXT, -- المسلة of "بغداد/المسلة:"
  credit TEXT, -- line of names and desks under the text
  section TEXT, -- section of the outlet
  language TEXT, -- BCP 47
  image_url TEXT, -- lead image
  fingerprint TEXT NOT NULL, -- hash of the dedup key of the body without dateline
  cluster_id INTEGER, -- articles that are one text share it
  first_seen_at TEXT NOT NULL, -- when it was first stored
  observed_at TEXT NOT NULL, -- when a page showed the current text: its own site the last time, others the first time
  text_rank INTEGER NOT NULL, -- of the page that gives the wording: 3 its own site, 2 main article elsewhere, 1 related article
  text_page_id INTEGER, -- that page
  text_title TEXT -- headline that page gives it
);
CREATE INDEX articles_fingerprint ON articles(fingerprint);
CREATE INDEX articles_title ON articles(replace(title_key, ' ', '')) WHERE title_key IS NOT NULL;
CREATE INDEX articles_date ON articles(date_published_date);
CREATE INDEX articles_cluster ON articles(cluster_id) WHERE cluster_id IS NOT NULL;

-- One person who wrote an article.
CREATE TABLE authors (
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  position INTEGER NOT NULL, -- from 0
  name TEXT NOT NULL, -- as written
  PRIMARY KEY (article_id, position)
);

-- One keyword of an article.
CREATE TABLE keywords (
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  position INTEGER NOT NULL, -- from 0
  keyword TEXT NOT NULL, -- as written
  kind TEXT NOT NULL, -- tag, category
  PRIMARY KEY (article_id, position)
);

-- One candidate value of a field and where it came from; all of them are kept, whichever was taken.
CREATE TABLE facts (
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page that gives it
  field TEXT NOT NULL, -- column it is a candidate for; author, keyword; url, page_type; problem: markup that could not be read, a selector of the outlet that finds nothing
  value TEXT NOT NULL, -- the value; of dates in ISO once they are read
  raw TEXT, -- as the page writes it
  source TEXT NOT NULL, -- rule of the text, or place in the markup: json-ld:headline, og:title, microdata:author, html:lang ...
  chosen INTEGER NOT NULL -- 1 if this is the page's value of the field
);
CREATE INDEX facts_article ON facts(article_id);

-- One article seen on one page.
CREATE TABLE appearances (
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  role TEXT NOT NULL, -- main, related
  position INTEGER NOT NULL, -- among the articles of its role, from 0
  title TEXT, -- headline it has on this page
  fingerprint TEXT NOT NULL, -- of the text it has on this page
  first_line INTEGER NOT NULL, -- number of its first line
  last_line INTEGER NOT NULL, -- number of its last line
  first_seen_at TEXT NOT NULL, -- when the page was first seen with it
  last_seen_at TEXT NOT NULL, -- when the page was last seen with it
  crawl_id INTEGER REFERENCES crawls(id), -- crawl that last read it
  capture_id INTEGER REFERENCES captures(id) ON DELETE SET NULL, -- reading that last showed it
  said TEXT NOT NULL, -- JSON of the values the page gives: name -> [when observed, value]; the article's are the strongest
  UNIQUE (page_id, article_id, role)
);
CREATE INDEX appearances_article ON appearances(article_id);

-- One headline on a page that names an article without its text.
CREATE TABLE mentions (
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page
  position INTEGER NOT NULL, -- among the mentions of the page, from 0
  kind TEXT NOT NULL, -- similar, read_also, link (in a body)
  title TEXT NOT NULL, -- headline or link text
  title_key TEXT NOT NULL, -- search key of it
  url TEXT, -- where it links to
  article_id INTEGER REFERENCES articles(id) ON DELETE SET NULL, -- the article it names; null until known
  PRIMARY KEY (page_id, position)
);
CREATE INDEX mentions_title ON mentions(replace(title_key, ' ', ''));
CREATE INDEX mentions_url ON mentions(url) WHERE url IS NOT NULL;
CREATE INDEX mentions_article ON mentions(article_id) WHERE article_id IS NOT NULL;

-- A text or headline an article had at another time, or a text on another page; the current one, the latest, is in articles.
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  crawl_id INTEGER REFERENCES crawls(id), -- crawl that found the change
  observed_at TEXT NOT NULL, -- when a page showed this text: its own site the last time, others the first time
  title TEXT, -- its headline there
  body TEXT NOT NULL, -- its text
  block_roles TEXT NOT NULL, -- JSON: role of each block
  fingerprint TEXT NOT NULL, -- of that text
  rank INTEGER NOT NULL, -- of the page that gives the wording: 3 its own site, 2 main article elsewhere, 1 related article
  page_id INTEGER, -- that page
  changed TEXT NOT NULL -- text; title: the text stayed, the page gave it another headline later
);
CREATE UNIQUE INDEX revisions_text ON revisions(article_id, fingerprint) WHERE changed = 'text';
CREATE UNIQUE INDEX revisions_title ON revisions(article_id, page_id, fingerprint, title) WHERE changed = 'title';
CREATE INDEX revisions_fingerprint ON revisions(fingerprint);

-- Two articles that are one text.
CREATE TABLE pairs (
  article_a INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the one with the lower id
  article_b INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the other
  kind TEXT NOT NULL, -- what the other is of it: copy, edited, shortened, extended
  similarity REAL NOT NULL, -- share of the words of both that both have, 0 to 1
  PRIMARY KEY (article_a, article_b)
);
CREATE INDEX pairs_b ON pairs(article_b);

-- One line that is evidence; all lines of a page are in captures.lines.
CREATE TABLE lines (
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE, -- the page
  number INTEGER NOT NULL, -- among its non-blank lines, from 1
  role TEXT NOT NULL, -- source, credit, disclaimer, author_box, marker, keywords, byline, date
  rule TEXT NOT NULL, -- what decided
  text TEXT NOT NULL, -- the line
  PRIMARY KEY (page_id, number)
);

-- Something that was not kept.
CREATE TABLE rejects (
  id INTEGER PRIMARY KEY,
  crawl_id INTEGER REFERENCES crawls(id), -- crawl that first met it
  url TEXT NOT NULL, -- page, file or line of an index
  stage TEXT NOT NULL, -- fetch, read, split, pipeline, store
  reason TEXT NOT NULL, -- one word, listed in docs/database.md
  detail TEXT, -- what exactly
  first_seen_at TEXT NOT NULL, -- first time
  last_seen_at TEXT NOT NULL, -- last time
  count INTEGER NOT NULL DEFAULT 1, -- times it was met with something new to say; an unchanged reject only moves last_seen_at
  UNIQUE (url, stage, reason)
);

-- Main articles with the page that shows them, newest first.
CREATE VIEW main_articles AS
  SELECT a.id, a.date_published_date, a.publisher, a.title, substr(a.body, 1, 200) AS lead, a.word_count, a.language,
         g.url AS page_url, p.last_seen_at
  FROM articles a JOIN appearances p ON p.article_id = a.id JOIN pages g ON g.id = p.page_id
  WHERE p.role = 'main' ORDER BY a.date_published_date DESC, a.id DESC;

-- How many articles each publisher published on each day.
CREATE VIEW articles_by_day AS
  SELECT date_published_date AS day, publisher, count(*) AS articles, sum(word_count) AS words
  FROM articles GROUP BY day, publisher ORDER BY day DESC, articles DESC;

