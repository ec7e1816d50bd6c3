-- What an article is found by when a like text arrives.
CREATE TABLE sketches (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, -- the article
  sketch BLOB NOT NULL, -- 32-bit numbers, little-endian; empty for a text too short to be told from others like it
  version INTEGER NOT NULL -- of the rule that made them
);

-- The numbers of the sketches, to look articles up. No foreign key: deleting an article would search all of it.
CREATE TABLE sketch_numbers (
  number INTEGER NOT NULL, -- one number with its place in the sketch
  article_id INTEGER NOT NULL, -- an article that has it
  PRIMARY KEY (number, article_id)
) WITHOUT ROWID;

-- What became of an earlier text or headline: how the next one differs from it.
CREATE TABLE changes (
  revision_id INTEGER PRIMARY KEY REFERENCES revisions(id) ON DELETE CASCADE, -- the earlier one
  changed_at TEXT NOT NULL, -- when a page was first found to show the next one
  page_id INTEGER, -- the page that gives the next one its wording
  title TEXT, -- the next headline
  fingerprint TEXT NOT NULL, -- of the next text
  words_removed INTEGER NOT NULL, -- of the text
  words_added INTEGER NOT NULL, -- to the text
  differences TEXT NOT NULL -- JSON: [words it stands behind, words removed, words added] for each place of the text
);

-- Articles that are one text, and which of them was first.
CREATE VIEW clusters AS
  SELECT c.cluster_id, c.articles, c.publishers, c.first_day,
         (SELECT m.id FROM articles m WHERE m.cluster_id = c.cluster_id AND m.date_published_date = c.first_day AND NOT EXISTS
           (SELECT 1 FROM articles o WHERE o.cluster_id = c.cluster_id AND o.id <> m.id AND o.date_published_date = c.first_day
            AND coalesce(o.date_published_utc <= m.date_published_utc, 1))) AS first_by_date,
         (SELECT m.id FROM articles m WHERE m.cluster_id = c.cluster_id ORDER BY m.first_seen_at, m.id LIMIT 1)
           AS first_by_sighting
  FROM (SELECT cluster_id, count(*) AS articles, count(DISTINCT publisher) AS publishers, min(date_published_date) AS first_day
        FROM articles WHERE cluster_id IS NOT NULL GROUP BY cluster_id) c;

-- Texts and headlines that a page changed after it had published them, the latest first.
CREATE VIEW corrections AS
  SELECT r.article_id, a.publisher, a.url, a.date_published_date, r.changed, r.observed_at AS last_seen_at, c.changed_at,
         r.title AS title_before, c.title AS title_after, c.words_removed, c.words_added,
         (SELECT group_concat(value ->> 1, ' … ') FROM json_each(c.differences) WHERE value ->> 1 <> '') AS removed,
         (SELECT group_concat(value ->> 2, ' … ') FROM json_each(c.differences) WHERE value ->> 2 <> '') AS added
  FROM changes c JOIN revisions r ON r.id = c.revision_id JOIN articles a ON a.id = r.article_id
  WHERE c.page_id = r.page_id ORDER BY c.changed_at DESC, r.article_id, r.id;
