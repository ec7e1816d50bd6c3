-- What a listing names, the newest last: read whenever the listing changed, to find what it lost.
CREATE INDEX pages_listed ON pages(discovered_from) WHERE discovered_from IS NOT NULL;
