-- What of a proxy's traffic is logged in an environment; as snapshots carry it, as JSON.
CREATE TABLE traffic_log (
  project     TEXT COLLATE "C" NOT NULL,
  proxy       TEXT COLLATE "C" NOT NULL,
  environment TEXT COLLATE "C" NOT NULL REFERENCES environment (name),
  -- counts up with each change
  version     BIGINT           NOT NULL,
  settings    TEXT             NOT NULL,
  PRIMARY KEY (project, proxy, environment),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
);

-- The key of the hashes in the traffic log, 256 bits as hexadecimal digits.
INSERT INTO secret (name, value)
VALUES ('traffic_log_salt', encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'));

-- JSON, where an entry is about the traffic log
ALTER TABLE audit_entry ADD COLUMN traffic_log_before TEXT;
ALTER TABLE audit_entry ADD COLUMN traffic_log_after TEXT;
