-- How far the node's clock is ahead of the admin node's, in milliseconds; NULL if it did not tell.
ALTER TABLE node ADD COLUMN clock_offset BIGINT;
