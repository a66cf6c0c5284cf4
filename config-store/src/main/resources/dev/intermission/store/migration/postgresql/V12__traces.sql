-- What gateways recorded of requests: what a list tells.
CREATE TABLE trace_record (
  -- counts up in the order in which they came
  number      BIGINT  NOT NULL PRIMARY KEY,
  id          TEXT COLLATE "C" NOT NULL UNIQUE,
  project     TEXT COLLATE "C" NOT NULL,
  proxy       TEXT COLLATE "C" NOT NULL,
  environment TEXT COLLATE "C" NOT NULL,
  node        TEXT COLLATE "C" NOT NULL,
  -- when the request came, by the gateway's clock
  time        BIGINT  NOT NULL,
  method      TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  status      INTEGER NOT NULL,
  result      TEXT    NOT NULL,
  target      TEXT,
  millis      BIGINT  NOT NULL,
  -- from when its age counts: the earlier one of the request's time and the store's
  aged_from   BIGINT  NOT NULL,
  -- the bytes that count for it
  size        BIGINT  NOT NULL
);

CREATE INDEX trace_record_proxy ON trace_record (project, proxy, time, number);
CREATE INDEX trace_record_age ON trace_record (aged_from, number);

-- All of a record. A table of its own, so that a list reads little.
CREATE TABLE trace_document (
  number   BIGINT  NOT NULL PRIMARY KEY REFERENCES trace_record (number) ON DELETE CASCADE,
  -- JSON, compressed in the format of zlib
  document BYTEA   NOT NULL
);

-- One row. Who changes records locks it first.
CREATE TABLE trace_total (
  -- the number of the newest record
  newest BIGINT  NOT NULL,
  -- the sum of the sizes
  bytes  BIGINT  NOT NULL
);

INSERT INTO trace_total VALUES (0, 0);

-- The records up to this number are deleted, and are removed bit by bit.
CREATE TABLE trace_deletion (
  project TEXT COLLATE "C" NOT NULL,
  proxy   TEXT COLLATE "C" NOT NULL,
  number  BIGINT  NOT NULL,
  PRIMARY KEY (project, proxy)
);

-- How many requests of a proxy a process of a gateway did not record, as it said last.
CREATE TABLE trace_told (
  environment TEXT COLLATE "C" NOT NULL,
  node        TEXT COLLATE "C" NOT NULL,
  run         TEXT COLLATE "C" NOT NULL,
  project     TEXT COLLATE "C" NOT NULL,
  proxy       TEXT COLLATE "C" NOT NULL,
  dropped     BIGINT  NOT NULL,
  time        BIGINT  NOT NULL,
  PRIMARY KEY (environment, node, run, project, proxy)
);

-- How many of these came new in an hour.
CREATE TABLE trace_dropped (
  project TEXT COLLATE "C" NOT NULL,
  proxy   TEXT COLLATE "C" NOT NULL,
  -- since 1970-01-01T00:00Z
  hour    BIGINT  NOT NULL,
  dropped BIGINT  NOT NULL,
  PRIMARY KEY (project, proxy, hour)
);

-- It is compressed already.
ALTER TABLE trace_document ALTER COLUMN document SET STORAGE EXTERNAL;
