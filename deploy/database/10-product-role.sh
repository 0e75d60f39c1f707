#!/bin/sh
# Run once by the database image on an empty volume. The image's own user is a superuser, who passes every wall
# between networks; the product gets an ordinary role that owns its database and nothing else.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=password="${GPF_DATABASE_PASSWORD:?}" <<'SQL'
CREATE ROLE gpf LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE gpf OWNER gpf;
REVOKE ALL ON DATABASE gpf FROM PUBLIC;
SQL
