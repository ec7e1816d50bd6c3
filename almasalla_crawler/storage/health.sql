-- One thing that was not as an outlet's own past, or a declared minimum, lets expect: from the crawl that met it to the one that found it gone.
CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  spider TEXT NOT NULL, -- name of the spider
  outlet TEXT NOT NULL, -- the outlet, "seeds" for saved pages
  monitor TEXT NOT NULL, -- what is watched: listed in docs/health.md
  level TEXT NOT NULL, -- warning, failed: the worst so far
  value REAL, -- measured by the latest crawl that met it; null where nothing is measured
  expected REAL, -- what its past or the minimum let expect
  text TEXT NOT NULL, -- both in words
  since_at TEXT NOT NULL, -- when it was first met
  crawl_id INTEGER REFERENCES crawls(id), -- first crawl that met it; null if the crawl never began
  last_crawl_id INTEGER REFERENCES crawls(id), -- latest crawl that met it; likewise
  crawls INTEGER NOT NULL DEFAULT 1, -- how many crawls met it
  over_crawl_id INTEGER REFERENCES crawls(id) -- crawl that found it gone; null while it is open
);
CREATE UNIQUE INDEX problems_open ON problems(outlet, spider, monitor) WHERE over_crawl_id IS NULL;

-- From where on an outlet is compared with itself, because somebody said that it is meant to be as it is now.
CREATE TABLE baselines (
  outlet TEXT PRIMARY KEY, -- the outlet
  crawl_id INTEGER NOT NULL -- later crawls are its past
);

-- One target that was told of one problem.
CREATE TABLE alerts (
  problem_id INTEGER NOT NULL REFERENCES problems(id) ON DELETE CASCADE, -- the problem
  target TEXT NOT NULL, -- digest of the address that was told: addresses hold secrets
  told_at TEXT NOT NULL, -- when it was told of the problem
  told_over_at TEXT, -- when it was told that it is over
  PRIMARY KEY (problem_id, target)
);

CREATE INDEX crawls_outlet ON crawls(outlet, spider, id);
CREATE INDEX crawls_started ON crawls(started_at);

-- The latest crawls with what they cost and brought.
CREATE VIEW crawl_health AS
  SELECT id, spider, outlet, status, health, finish_reason, started_at,
         round((julianday(finished_at) - julianday(started_at)) * 86400, 1) AS seconds, pages, articles, mentions, rejects, errors
  FROM crawls ORDER BY id DESC;
