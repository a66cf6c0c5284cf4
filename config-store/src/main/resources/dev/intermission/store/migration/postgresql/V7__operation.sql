-- Changes of many proxies at once.
CREATE TABLE operation (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  -- counts up in the order of the commits
  number      BIGINT NOT NULL,
  time        BIGINT NOT NULL,
  username    TEXT NOT NULL,
  description TEXT NOT NULL,
  -- the operation that this one took back, and the one that took this one back
  undoes      TEXT COLLATE "C",
  undone_by   TEXT COLLATE "C"
);

CREATE INDEX operation_number ON operation (number);

-- What an operation did to each of its proxies.
CREATE TABLE operation_proxy (
  operation        TEXT COLLATE "C" NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  project          TEXT COLLATE "C" NOT NULL,
  proxy            TEXT COLLATE "C" NOT NULL,
  -- JSON: the saved settings before
  settings_before  TEXT NOT NULL,
  -- of the saved settings after it
  settings_version BIGINT NOT NULL,
  PRIMARY KEY (operation, project, proxy)
);

-- What it deployed of them.
CREATE TABLE operation_deployment (
  operation           TEXT COLLATE "C" NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
  project             TEXT COLLATE "C" NOT NULL,
  proxy               TEXT COLLATE "C" NOT NULL,
  environment         TEXT COLLATE "C" NOT NULL,
  -- JSON: the settings in force before
  settings_before     TEXT NOT NULL,
  revision            BIGINT NOT NULL,
  environment_version BIGINT NOT NULL,
  PRIMARY KEY (operation, project, proxy, environment)
);

-- The operation that a record, or an entry, is of.
ALTER TABLE deployment ADD COLUMN operation TEXT;
ALTER TABLE audit_entry ADD COLUMN operation TEXT;
