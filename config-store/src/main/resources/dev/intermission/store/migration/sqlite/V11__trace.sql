-- The saved trace settings, as JSON; NULL where nothing was saved.
ALTER TABLE api_proxy ADD COLUMN trace TEXT;
-- counts up with each change
ALTER TABLE api_proxy ADD COLUMN trace_version INTEGER NOT NULL DEFAULT 0;
-- whose requests they record; NULL while they record none
ALTER TABLE api_proxy ADD COLUMN trace_environment TEXT;
-- Counts up each time that recording is asked for: the next deployment begins the window.
ALTER TABLE api_proxy ADD COLUMN trace_asked INTEGER NOT NULL DEFAULT 0;

-- What of them is in force, NULL for nothing.
ALTER TABLE deployment_status ADD COLUMN trace TEXT;
-- What was asked for last that was deployed here, and when it was deployed for the first time. They
-- stay when it is in force no longer, so that it does not begin once more.
ALTER TABLE deployment_status ADD COLUMN trace_asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deployment_status ADD COLUMN trace_since INTEGER;

-- JSON, where an entry is about the trace settings
ALTER TABLE audit_entry ADD COLUMN trace_before TEXT;
ALTER TABLE audit_entry ADD COLUMN trace_after TEXT;
