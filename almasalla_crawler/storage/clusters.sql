-- Who of a cluster was first is answered by the index alone: the dates stand behind the texts in their rows.
DROP INDEX articles_cluster;
CREATE INDEX articles_cluster
  ON articles(cluster_id, date_published_date, date_published_utc, first_seen_at, publisher) WHERE cluster_id IS NOT NULL;
