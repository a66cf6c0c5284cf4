-- Tells a process of a node from earlier ones of its name; NULL if it did not tell.
ALTER TABLE node ADD COLUMN run TEXT;
-- The process that counted.
ALTER TABLE node_counts ADD COLUMN run TEXT;
-- Counts up with what that process tells.
ALTER TABLE node_counts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
