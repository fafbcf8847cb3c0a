#!/usr/bin/env bash
# Loads the tables of a graph into PostgreSQL and DuckDB by the SQL of the guide, and compares what
# they answer with what the library does.
#
#   .ci/graph_sql.sh FOLDER [GUIDE]
#
# The test `export_sql` writes the folder that MODELWARD_SQL_OUT names.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(cd "$1" && pwd)
guide=${2:-docs/guide/04-supply-graph.md}
ci=target/ci
mkdir -p "$ci"

# Debian keeps the tools of the server out of the path.
server() { ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1; }
[ -n "$(server)" ] || { echo "FAILED: postgresql is not installed" >&2; exit 1; }
tools=$(server)

# A server of our own: it refuses to run as root, listens on a socket alone and is gone at the end.
work=$(mktemp -d)
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
stop() {
  as_postgres "$tools/pg_ctl" -D "$work/data" -m immediate stop > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
cp "$folder"/{nodes,edges}.{csv,jsonl} "$folder/questions.jsonl" "$work"
chmod 755 "$work"; chmod 644 "$work"/*.*
mkdir -m 700 "$work/data" "$work/socket"
[ "$(id -u)" -ne 0 ] || chown -R postgres: "$work"
as_postgres "$tools/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 > "$ci/initdb.log"
as_postgres "$tools/pg_ctl" -D "$work/data" -w -l "$work/server.log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$work/socket' -c fsync=off" start > "$ci/pg_ctl.log" ||
  { cat "$work/server.log"; exit 1; }

python=target/venv-duckdb/bin/python
$python .ci/graph_sql.py "$guide" "$work" python
$python .ci/graph_sql.py "$guide" "$work" duckdb
PATH=$tools:$PATH $python .ci/graph_sql.py "$guide" "$work" postgresql "$work/socket"
