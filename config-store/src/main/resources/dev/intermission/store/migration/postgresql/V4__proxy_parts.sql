-- What snapshots carry of a proxy beside its deployments, as JSON.
ALTER TABLE api_proxy ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';
