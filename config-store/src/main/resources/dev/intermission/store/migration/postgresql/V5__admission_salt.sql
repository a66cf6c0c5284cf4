-- What only admin nodes and gateways know, 128 random bits each as hexadecimal digits. The salt of
-- admission decides which clients are admitted to closed APIs.
CREATE TABLE secret (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  value VARCHAR(200) NOT NULL
);
INSERT INTO secret (name, value)
VALUES ('admission_salt', substr(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 1, 32));
