-- Who takes texts from whom: copies and edits of a cluster, shortened and extended ones, pages that show an article of others.
-- Each text is taken once: from the first of its cluster, or else from the earliest text that is a part of it or has it as one.
CREATE VIEW syndication AS
  WITH firsts(cluster_id, first) AS (SELECT cluster_id, coalesce(first_by_date, first_by_sighting) FROM clusters),
  ordered(earlier, later) AS (
    SELECT iif(two_is_first, two, one), iif(two_is_first, one, two)
    FROM (SELECT one.id AS one, two.id AS two, coalesce(two.date_published_utc < one.date_published_utc,
            two.date_published_date < one.date_published_date, 0) AS two_is_first
          FROM pairs p JOIN articles one ON one.id = p.article_a JOIN articles two ON two.id = p.article_b
          WHERE p.kind IN ('shortened', 'extended'))
  ),
  parts(earlier, later, number) AS (
    SELECT f.id, a.id, row_number() OVER (PARTITION BY a.id ORDER BY coalesce(f.date_published_utc, f.date_published_date), f.id)
    FROM ordered o JOIN articles f ON f.id = o.earlier JOIN articles a ON a.id = o.later
    LEFT JOIN firsts c ON c.cluster_id = a.cluster_id WHERE coalesce(c.first, a.id) = a.id
  ),
  sites(page_id, url, outlet, host) AS NOT MATERIALIZED ( -- its host names a site that no outlet is declared for
    SELECT id, url, outlet, substr(rest, 1, instr(rest || '/', '/') - 1)
    FROM (SELECT id, url, outlet, substr(url, instr(url, '://') + 3) AS rest FROM pages)
  ),
  taken(from_outlet, to_outlet, from_day, from_utc, to_day, to_utc) AS (
    SELECT f.publisher, a.publisher, f.date_published_date, f.date_published_utc, a.date_published_date, a.date_published_utc
    FROM firsts c JOIN articles f ON f.id = c.first JOIN articles a ON a.cluster_id = c.cluster_id WHERE a.publisher <> f.publisher
    UNION ALL
    SELECT f.publisher, a.publisher, f.date_published_date, f.date_published_utc, a.date_published_date, a.date_published_utc
    FROM parts p JOIN articles f ON f.id = p.earlier JOIN articles a ON a.id = p.later
    WHERE p.number = 1 AND a.publisher <> f.publisher
    UNION ALL
    SELECT a.publisher, coalesce(g.outlet, g.host), a.date_published_date, a.date_published_utc,
           p.said ->> '$.date[1][1]', p.said ->> '$.date[1][2]'
    FROM appearances p JOIN articles a ON a.id = p.article_id JOIN sites g ON g.page_id = p.page_id
    LEFT JOIN sites home ON home.url = a.url
    WHERE a.publisher IS NOT NULL AND coalesce(g.outlet <> coalesce(home.outlet, ''), g.host <> home.host)
      AND coalesce(g.outlet, g.host) <> a.publisher
  ),
  delayed AS (
    SELECT from_outlet, to_outlet,
           CASE WHEN from_utc IS NOT NULL AND to_utc IS NOT NULL THEN julianday(to_utc) - julianday(from_utc)
                ELSE julianday(to_day) - julianday(from_day) END * 24 AS hours
    FROM taken
  ),
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY from_outlet, to_outlet ORDER BY hours IS NULL, hours) AS number,
           count(hours) OVER (PARTITION BY from_outlet, to_outlet) AS known
    FROM delayed
  )
  SELECT from_outlet, to_outlet, count(*) AS articles,
         round(avg(hours) FILTER (WHERE number IN ((known + 1) / 2, known / 2 + 1)), 1) AS median_delay_hours
  FROM ranked GROUP BY from_outlet, to_outlet ORDER BY articles DESC, from_outlet, to_outlet;
