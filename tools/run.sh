#!/usr/bin/env bash
# Starts identity and the API in the development environment and stays until Ctrl-C or until one of them stops.
#   DASHBOARD=1          starts the Aspire dashboard as well, and has both send it their telemetry
#   tools/run.sh ports   only check that their ports are free
set -euo pipefail
cd "$(dirname "$0")/.."

api=http://localhost:${API_PORT:-5080}
identity=http://localhost:${IDENTITY_PORT:-5081}
logs=$PWD/.data
dashboard=http://localhost:${DASHBOARD_PORT:-18888}
collector=http://localhost:${OTLP_PORT:-4317}
patience=60

die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Prints the HTTP status of a path on a local port; nothing when nobody listens.
status() {
  local line=''
  { exec 3<>"/dev/tcp/localhost/$1"; } 2>/dev/null || return 0
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  IFS= read -r -t 5 line <&3 || true
  exec 3>&-
  printf %s "$line" | awk '{ print $2 }'
}

ports=("${api##*:}" "${identity##*:}")
[ -z "${DASHBOARD:-}" ] || ports+=("${dashboard##*:}" "${collector##*:}")
for port in "${ports[@]}"; do
  if (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null; then
    die "port $port is taken by another program: choose others with make run API_PORT=… IDENTITY_PORT=… DASHBOARD_PORT=… OTLP_PORT=…"
  fi
done

[ "${1:-}" != ports ] || exit 0

api_pid='' identity_pid='' dashboard_pid=''

stop() {
  local pid waited=0
  trap - EXIT
  trap '' INT TERM
  for pid in $api_pid $identity_pid $dashboard_pid; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $api_pid $identity_pid $dashboard_pid; do
    while kill -0 "$pid" 2>/dev/null; do
      [ "$waited" -lt 300 ] || kill -KILL "$pid" 2>/dev/null || true
      sleep 0.1
      waited=$((waited + 1))
    done
  done
}
trap stop EXIT
trap 'printf "\nstopping\n"; exit 0' INT TERM HUP

# Says how the process $2 ended; told from outside to stop, a server ends with exit code 0.
died() {
  local code=0 how
  wait "$2" || code=$?
  how="exit code $code"
  [ "$code" -le 128 ] || how="signal $(kill -l $((code - 128)))"
  tail -n 20 "$logs/$1.log" >&2
  die "$1 ended with $how (see .data/$1.log)"
}

ConnectionStrings__OneDoor=$(tools/database.sh connection)
export ConnectionStrings__OneDoor ASPNETCORE_ENVIRONMENT=Development

if [ -n "${DASHBOARD:-}" ]; then
  dotnet restore tools/Dashboard.csproj --verbosity quiet || die 'the dashboard cannot be fetched from NuGet'
  program=$(dotnet msbuild tools/Dashboard.csproj -t:Where -getProperty:Program)
  (cd "${program%/*}" && ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS=$dashboard ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=$collector \
    Dashboard__Frontend__AuthMode=Unsecured Dashboard__Otlp__AuthMode=Unsecured \
    exec "$program" >"$logs/dashboard.log" 2>&1 </dev/null) &
  dashboard_pid=$!
  export OTEL_EXPORTER_OTLP_ENDPOINT=$collector
fi

(cd artifacts/bin/Identity/release && ASPNETCORE_URLS=$identity Identity__Issuer=$identity \
  Identity__PlaygroundAddress=$api/playground \
  exec dotnet OneDoor.Identity.dll >"$logs/identity.log" 2>&1 </dev/null) &
identity_pid=$!
(cd artifacts/bin/Api/release && ASPNETCORE_URLS=$api Authentication__Authority=$identity \
  exec dotnet OneDoor.Api.dll >"$logs/api.log" 2>&1 </dev/null) &
api_pid=$!

alive() {
  kill -0 "$identity_pid" 2>/dev/null || died identity "$identity_pid"
  kill -0 "$api_pid" 2>/dev/null || died api "$api_pid"
  [ -z "$dashboard_pid" ] || kill -0 "$dashboard_pid" 2>/dev/null || died dashboard "$dashboard_pid"
}

started=$SECONDS
for port in "${identity##*:}" "${api##*:}"; do
  until [ "$(status "$port" /health/ready)" = 200 ]; do
    alive
    [ $((SECONDS - started)) -lt $patience ] ||
      die "port $port is not ready after $patience seconds (see .data/identity.log and .data/api.log)"
    sleep 0.2
  done
done

cat <<BANNER

OneDoor is ready. Ctrl-C stops it.

  Start      $api   leads to everything
  App        $api/app   for citizens and enterprises
  API        $api   REST under /v1, reference at /docs, GraphQL at /graphql and /playground
  Identity   $identity   discovery at /.well-known/openid-configuration
  Clients    sandbox-tax sandbox-social-security sandbox-medical-insurance sandbox-customs sandbox-fire
             sandbox-public-security sandbox-market-regulation sandbox-planning sandbox-construction
             sandbox-ecology sandbox-state-security sandbox-housing-fund sandbox-service-office sandbox-kiosk sandbox-app
                                                         each with the secret sandbox-secret
             playground mobile kiosk                     public, without a secret
  Users      citizen enterprise clerk supervisor auditor      each with the password sandbox
             clerk and supervisor: market regulation, hall airport
             second factor of the last three: shown on its page, or TOTP of ONEDOORSANDBOXSECONDFACTOR234567
  Halls      open on working days, 08:30-12:00 and 13:00-17:30 China time; at other times
             Tickets__OutOfHours=true make run has them give numbers all the same
  Documents  drawn with $(tools/fonts.sh name)
  Logs       .data/api.log .data/identity.log
  Telemetry  $([ -z "$dashboard_pid" ] && echo 'make run DASHBOARD=1 shows traces, metrics and logs' || echo "$dashboard")

README.md shows a first case, call by call; docs/APPS.md an app that people sign in to.
BANNER

while alive; do sleep 1; done
