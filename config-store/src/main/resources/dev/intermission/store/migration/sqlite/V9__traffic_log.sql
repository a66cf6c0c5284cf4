-- What of a proxy's traffic is logged in an environment; as snapshots carry it, as JSON.
CREATE TABLE traffic_log (
  project     TEXT    NOT NULL,
  proxy       TEXT    NOT NULL,
  environment TEXT    NOT NULL REFERENCES environment (name),
  -- counts up with each change
  version     INTEGER NOT NULL,
  settings    TEXT    NOT NULL,
  PRIMARY KEY (project, proxy, environment),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
) STRICT;

-- The key of the hashes in the traffic log, 256 bits as hexadecimal digits.
INSERT INTO secret (name, value)
VALUES ('traffic_log_salt', lower(hex(randomblob(32))));

-- JSON, where an entry is about the traffic log
ALTER TABLE audit_entry ADD COLUMN traffic_log_before TEXT;
ALTER TABLE audit_entry ADD COLUMN traffic_log_after TEXT;
