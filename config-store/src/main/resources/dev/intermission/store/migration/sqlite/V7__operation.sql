-- Changes of many proxies at once.
CREATE TABLE operation (
  id          TEXT NOT NULL PRIMARY KEY,
  -- counts up in the order of the commits
  number      INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  username    TEXT NOT NULL,
  description TEXT NOT NULL,
  -- the operation that this one took back, and the one that took this one back
  undoes      TEXT,
  undone_by   TEXT
) STRICT;

CREATE INDEX operation_number ON operation (number);

-- What an operation did to each of its proxies.
CREATE TABLE operation_proxy (
  operation        TEXT NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  project          TEXT NOT NULL,
  proxy            TEXT NOT NULL,
  -- JSON: the saved settings before
  settings_before  TEXT NOT NULL,
  -- of the saved settings after it
  settings_version INTEGER NOT NULL,
  PRIMARY KEY (operation, project, proxy)
) STRICT;

-- What it deployed of them.
CREATE TABLE operation_deployment (
  operation           TEXT NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  project             TEXT NOT NULL,
  proxy               TEXT NOT NULL,
  environment         TEXT NOT NULL,
  -- JSON: the settings in force before
  settings_before     TEXT NOT NULL,
  revision            INTEGER NOT NULL,
  environment_version INTEGER NOT NULL,
  PRIMARY KEY (operation, project, proxy, environment)
) STRICT;

-- The operation that a record, or an entry, is of.
ALTER TABLE deployment ADD COLUMN operation TEXT;
ALTER TABLE audit_entry ADD COLUMN operation TEXT;
