-- Counts the changes of what the overview shows; each is committed in the order of its number.
CREATE TABLE change_counter (
  newest  INTEGER NOT NULL,
  -- the last change in which a catalog was applied
  catalog INTEGER NOT NULL
) STRICT;

INSERT INTO change_counter (newest, catalog) VALUES (1, 1);

-- The number of the newest change of the proxy, 0 if that was older than these numbers.
ALTER TABLE api_proxy ADD COLUMN change INTEGER NOT NULL DEFAULT 0;

CREATE INDEX api_proxy_change ON api_proxy (change);

-- Who made the deployment that is in force, since when the proxy has been closed or open by its
-- deployments, and by whom; NULL for what was deployed last before these columns came.
ALTER TABLE deployment_status ADD COLUMN deploy_username TEXT;
ALTER TABLE deployment_status ADD COLUMN state_since INTEGER;
ALTER TABLE deployment_status ADD COLUMN state_username TEXT;
