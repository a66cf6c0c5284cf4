-- What gateways recorded of requests: what a list tells.
CREATE TABLE trace_record (
  -- counts up in the order in which they came
  number      INTEGER NOT NULL PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  project     TEXT    NOT NULL,
  proxy       TEXT    NOT NULL,
  environment TEXT    NOT NULL,
  node        TEXT    NOT NULL,
  -- when the request came, by the gateway's clock
  time        INTEGER NOT NULL,
  method      TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  status      INTEGER NOT NULL,
  result      TEXT    NOT NULL,
  target      TEXT,
  millis      INTEGER NOT NULL,
  -- from when its age counts: the earlier one of the request's time and the store's
  aged_from   INTEGER NOT NULL,
  -- the bytes that count for it
  size        INTEGER NOT NULL
) STRICT;

CREATE INDEX trace_record_proxy ON trace_record (project, proxy, time, number);
CREATE INDEX trace_record_age ON trace_record (aged_from, number);

-- All of a record. A table of its own, so that a list reads little.
CREATE TABLE trace_document (
  number   INTEGER NOT NULL PRIMARY KEY REFERENCES trace_record (number) ON DELETE CASCADE,
  -- JSON, compressed in the format of zlib
  document BLOB    NOT NULL
) STRICT;

-- One row. Who changes records locks it first.
CREATE TABLE trace_total (
  -- the number of the newest record
  newest INTEGER NOT NULL,
  -- the sum of the sizes
  bytes  INTEGER NOT NULL
) STRICT;

INSERT INTO trace_total VALUES (0, 0);

-- The records up to this number are deleted, and are removed bit by bit.
CREATE TABLE trace_deletion (
  project TEXT    NOT NULL,
  proxy   TEXT    NOT NULL,
  number  INTEGER NOT NULL,
  PRIMARY KEY (project, proxy)
) STRICT;

-- How many requests of a proxy a process of a gateway did not record, as it said last.
CREATE TABLE trace_told (
  environment TEXT    NOT NULL,
  node        TEXT    NOT NULL,
  run         TEXT    NOT NULL,
  project     TEXT    NOT NULL,
  proxy       TEXT    NOT NULL,
  dropped     INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  PRIMARY KEY (environment, node, run, project, proxy)
) STRICT;

-- How many of these came new in an hour.
CREATE TABLE trace_dropped (
  project TEXT    NOT NULL,
  proxy   TEXT    NOT NULL,
  -- since 1970-01-01T00:00Z
  hour    INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  PRIMARY KEY (project, proxy, hour)
) STRICT;
