-- Times are milliseconds since 1970-01-01T00:00Z. Rows of the catalog are never removed: what the
-- host gateway lacks is not present, and keeps its settings and its history until it comes back.

CREATE TABLE project (
  name    TEXT    NOT NULL PRIMARY KEY,
  present INTEGER NOT NULL CHECK (present IN (0, 1))
) STRICT;

CREATE TABLE environment (
  name    TEXT    NOT NULL PRIMARY KEY,
  present INTEGER NOT NULL CHECK (present IN (0, 1)),
  -- of the newest snapshot
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE api_proxy (
  project          TEXT    NOT NULL REFERENCES project (name),
  name             TEXT    NOT NULL,
  present          INTEGER NOT NULL CHECK (present IN (0, 1)),
  -- JSON, as the host gateway defines the proxy
  definition       TEXT    NOT NULL,
  -- the saved settings
  enabled          INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  http_status_code INTEGER NOT NULL,
  content_type     TEXT    NOT NULL,
  message          BLOB    NOT NULL,
  settings_version INTEGER NOT NULL,
  -- a revision is not given twice, even when its deployment is deleted
  last_revision    INTEGER NOT NULL,
  PRIMARY KEY (project, name)
) STRICT;

-- The history: a record for each deployment and undeployment.
CREATE TABLE deployment (
  project             TEXT    NOT NULL,
  proxy               TEXT    NOT NULL,
  revision            INTEGER NOT NULL,
  environment         TEXT    NOT NULL REFERENCES environment (name),
  environment_version INTEGER NOT NULL,
  -- false for an undeployment
  deployed            INTEGER NOT NULL CHECK (deployed IN (0, 1)),
  enabled             INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  http_status_code    INTEGER NOT NULL,
  content_type        TEXT    NOT NULL,
  message             BLOB    NOT NULL,
  username            TEXT    NOT NULL,
  time                INTEGER NOT NULL,
  description         TEXT    NOT NULL,
  persistent          INTEGER NOT NULL CHECK (persistent IN (0, 1)),
  PRIMARY KEY (project, proxy, revision),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
) STRICT;

-- How a proxy stands in an environment in which it was ever deployed. It has the settings in force
-- itself, so that what is served does not depend on the history.
CREATE TABLE deployment_status (
  environment         TEXT    NOT NULL REFERENCES environment (name),
  project             TEXT    NOT NULL,
  proxy               TEXT    NOT NULL,
  -- the snapshot version in which anything about this row last changed
  environment_version INTEGER NOT NULL,
  deployed            INTEGER NOT NULL CHECK (deployed IN (0, 1)),
  -- of the last deployment, which stay where an undeployment follows
  revision            INTEGER NOT NULL,
  last_deploy_time    INTEGER NOT NULL,
  enabled             INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  http_status_code    INTEGER NOT NULL,
  content_type        TEXT    NOT NULL,
  message             BLOB    NOT NULL,
  PRIMARY KEY (project, proxy, environment),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
) STRICT;

CREATE INDEX deployment_status_version ON deployment_status (environment, environment_version);

CREATE TABLE user_account (
  name                 TEXT    NOT NULL PRIMARY KEY,
  system_administrator INTEGER NOT NULL CHECK (system_administrator IN (0, 1)),
  password_hash        TEXT
) STRICT;

CREATE TABLE user_right (
  username   TEXT NOT NULL REFERENCES user_account (name) ON DELETE CASCADE,
  project    TEXT NOT NULL,
  right_name TEXT NOT NULL,
  PRIMARY KEY (username, project, right_name)
) STRICT;

-- Whose snapshots a user's nodes may follow.
CREATE TABLE user_environment (
  username    TEXT NOT NULL REFERENCES user_account (name) ON DELETE CASCADE,
  environment TEXT NOT NULL,
  PRIMARY KEY (username, environment)
) STRICT;

-- A token outlives its user's account, which may come back.
CREATE TABLE token (
  id       TEXT    NOT NULL PRIMARY KEY,
  username TEXT    NOT NULL,
  hash     TEXT    NOT NULL UNIQUE,
  created  INTEGER NOT NULL,
  expires  INTEGER,
  revoked  INTEGER
) STRICT;

-- Who changed what. The same change_id is in all entries of one transaction.
CREATE TABLE audit_entry (
  id              INTEGER NOT NULL PRIMARY KEY,
  change_id       TEXT    NOT NULL,
  -- counts from 0 in the transaction
  number          INTEGER NOT NULL,
  time            INTEGER NOT NULL,
  username        TEXT    NOT NULL,
  address         TEXT    NOT NULL,
  correlation_id  TEXT    NOT NULL,
  action          TEXT    NOT NULL,
  project         TEXT,
  proxy           TEXT,
  environment     TEXT,
  revision        INTEGER,
  detail          TEXT    NOT NULL,
  -- JSON
  settings_before TEXT,
  settings_after  TEXT,
  UNIQUE (change_id, number)
) STRICT;

CREATE INDEX audit_entry_proxy ON audit_entry (project, proxy, id);

-- The gateways, as they last reported.
CREATE TABLE node (
  environment    TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  served_version INTEGER NOT NULL,
  -- counts the reports
  heartbeat      INTEGER NOT NULL,
  -- by the database's clock
  last_seen      INTEGER NOT NULL,
  address        TEXT    NOT NULL,
  software       TEXT    NOT NULL,
  PRIMARY KEY (environment, name)
) STRICT;
