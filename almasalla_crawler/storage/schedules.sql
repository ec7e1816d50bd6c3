-- A recurring crawl of crawls.toml, and where it stands.
CREATE TABLE schedules (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- of its entry in crawls.toml
  timing TEXT NOT NULL, -- its `every`, or its `cron` with time zone; when that is edited, due_at is found anew
  due_at TEXT NOT NULL, -- when it is to run; moved on when a run begins, and further after failures
  retry_at TEXT, -- not before this moment: somebody else was crawling the outlet
  failures INTEGER NOT NULL DEFAULT 0, -- failed runs in a row
  paused_at TEXT -- since when `scrapy schedule pause` holds it back; null if nothing does
);

-- One run of a recurring crawl: one process of `scrapy crawl`.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  schedule_id INTEGER NOT NULL REFERENCES schedules(id), -- what was due
  spider TEXT NOT NULL, -- name of the spider
  outlet TEXT NOT NULL, -- what its crawl locks
  due_at TEXT NOT NULL, -- when it was due; what was missed until it began is this one run
  started_at TEXT NOT NULL, -- when it began
  ended_at TEXT, -- when it ended; null while it runs
  status TEXT NOT NULL, -- running, ok, partial, failed; busy: the outlet was being crawled; stopped, lost: the scheduler ended or died
  exit_status INTEGER, -- of the process, negative: the signal that killed it; null if nobody was there to see it
  reason TEXT, -- why it was ended from outside: time_limit, scheduler_stopped; not_started: the system refused
  pid INTEGER, -- of the process
  last_crawl_id INTEGER NOT NULL, -- crawl before it, of whatever outlet; 0 for none
  crawl_id INTEGER REFERENCES crawls(id), -- crawl that it was; null if it came to none
  said TEXT -- the end of what it printed, if it was not ok
);
CREATE INDEX runs_schedule ON runs(schedule_id, id);
CREATE INDEX runs_running ON runs(id) WHERE status = 'running';
