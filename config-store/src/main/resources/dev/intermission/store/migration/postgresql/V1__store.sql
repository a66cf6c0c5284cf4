-- The same tables as in sqlite/V1__store.sql, which says what they are for. Names are ordered by
-- code point, whatever the database's own order is.

CREATE TABLE project (
  name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  present BOOLEAN          NOT NULL
);

CREATE TABLE environment (
  name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  present BOOLEAN          NOT NULL,
  version BIGINT           NOT NULL
);

CREATE TABLE api_proxy (
  project          TEXT COLLATE "C" NOT NULL REFERENCES project (name),
  name             TEXT COLLATE "C" NOT NULL,
  present          BOOLEAN          NOT NULL,
  definition       TEXT             NOT NULL,
  enabled          BOOLEAN          NOT NULL,
  http_status_code INTEGER          NOT NULL,
  content_type     TEXT COLLATE "C" NOT NULL,
  message          BYTEA            NOT NULL,
  settings_version BIGINT           NOT NULL,
  last_revision    BIGINT           NOT NULL,
  PRIMARY KEY (project, name)
);

CREATE TABLE deployment (
  project             TEXT COLLATE "C" NOT NULL,
  proxy               TEXT COLLATE "C" NOT NULL,
  revision            BIGINT           NOT NULL,
  environment         TEXT COLLATE "C" NOT NULL REFERENCES environment (name),
  environment_version BIGINT           NOT NULL,
  deployed            BOOLEAN          NOT NULL,
  enabled             BOOLEAN          NOT NULL,
  http_status_code    INTEGER          NOT NULL,
  content_type        TEXT COLLATE "C" NOT NULL,
  message             BYTEA            NOT NULL,
  username            TEXT             NOT NULL,
  time                BIGINT           NOT NULL,
  description         TEXT             NOT NULL,
  persistent          BOOLEAN          NOT NULL,
  PRIMARY KEY (project, proxy, revision),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
);

CREATE TABLE deployment_status (
  environment         TEXT COLLATE "C" NOT NULL REFERENCES environment (name),
  project             TEXT COLLATE "C" NOT NULL,
  proxy               TEXT COLLATE "C" NOT NULL,
  environment_version BIGINT           NOT NULL,
  deployed            BOOLEAN          NOT NULL,
  revision            BIGINT           NOT NULL,
  last_deploy_time    BIGINT           NOT NULL,
  enabled             BOOLEAN          NOT NULL,
  http_status_code    INTEGER          NOT NULL,
  content_type        TEXT COLLATE "C" NOT NULL,
  message             BYTEA            NOT NULL,
  PRIMARY KEY (project, proxy, environment),
  FOREIGN KEY (project, proxy) REFERENCES api_proxy (project, name)
);

CREATE INDEX deployment_status_version ON deployment_status (environment, environment_version);

-- Each admin node listens.
CREATE FUNCTION environment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('intermission_environment', NEW.name);
  RETURN NULL;
END
$$;

CREATE TRIGGER environment_changed AFTER UPDATE OF version ON environment
  FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION environment_changed();

CREATE TABLE user_account (
  name                 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  system_administrator BOOLEAN          NOT NULL,
  password_hash        TEXT
);

CREATE TABLE user_right (
  username   TEXT COLLATE "C" NOT NULL REFERENCES user_account (name) ON DELETE CASCADE,
  project    TEXT COLLATE "C" NOT NULL,
  right_name TEXT             NOT NULL,
  PRIMARY KEY (username, project, right_name)
);

CREATE TABLE user_environment (
  username    TEXT COLLATE "C" NOT NULL REFERENCES user_account (name) ON DELETE CASCADE,
  environment TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (username, environment)
);

CREATE TABLE token (
  id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  username TEXT COLLATE "C" NOT NULL,
  hash     TEXT COLLATE "C" NOT NULL UNIQUE,
  created  BIGINT           NOT NULL,
  expires  BIGINT,
  revoked  BIGINT
);

CREATE TABLE audit_entry (
  id              BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  change_id       TEXT COLLATE "C" NOT NULL,
  number          INTEGER          NOT NULL,
  time            BIGINT           NOT NULL,
  username        TEXT             NOT NULL,
  address         TEXT             NOT NULL,
  correlation_id  TEXT             NOT NULL,
  action          TEXT             NOT NULL,
  project         TEXT COLLATE "C",
  proxy           TEXT COLLATE "C",
  environment     TEXT COLLATE "C",
  revision        BIGINT,
  detail          TEXT             NOT NULL,
  settings_before TEXT,
  settings_after  TEXT,
  UNIQUE (change_id, number)
);

CREATE INDEX audit_entry_proxy ON audit_entry (project, proxy, id);

-- Reports overwrite rows all the time; room in each page keeps that from growing the index.
CREATE TABLE node (
  environment    TEXT COLLATE "C" NOT NULL,
  name           TEXT COLLATE "C" NOT NULL,
  served_version BIGINT           NOT NULL,
  heartbeat      BIGINT           NOT NULL,
  last_seen      BIGINT           NOT NULL,
  address        TEXT             NOT NULL,
  software       TEXT             NOT NULL,
  PRIMARY KEY (environment, name)
) WITH (fillfactor = 50);
