-- What admin nodes tell each other of the counts of gateway nodes.
CREATE TABLE node_counts (
  environment TEXT NOT NULL,
  name        TEXT NOT NULL,
  -- another one with each change
  stamp       INTEGER NOT NULL,
  -- JSON
  counts      TEXT NOT NULL,
  PRIMARY KEY (environment, name)
) STRICT;
