#!/usr/bin/env bash
# Builds the solution once, runs the test suites against the local PostgreSQL and sums their results.
#   SUITE=Rules   only this suite; of SUITE=Faults the rest has the feed alone, in small
#   ONLY=Restore  only the classes of that name, with SUITE
#   TEST_SEED=7   the order of the journeys; else another each time, and under CI always the same
# Fails when a test fails, a suite crashes, or a suite has no tests.
set -euo pipefail
cd "$(dirname "$0")/.."

SERVED='Journeys-1 Journeys-2 Journeys-3 Identity Contracts Faults-feed Fuzz' PURE='Rules Tidy'
# Capabilities whose journeys are in Journeys-1 and in Journeys-2; all others' are in Journeys-3.
FIRST='Platform' SECOND='Cases Licences Notifications Observability Statistics Tickets'
ALL="$SERVED $PURE"
SUITES=${SUITE:-$ALL}
[ -n "${SUITE:-}" ] || [ -z "${ONLY:-}" ] || { echo "error: ONLY goes with SUITE" >&2; exit 1; }
RESULTS=artifacts/results
target=OneDoor.slnx
if [ -n "${SUITE:-}" ]; then
  target=tests/$SUITE/Tests.$SUITE.csproj
  [ -f "$target" ] || { echo "error: no suite $SUITE: choose one of Tidy, Rules, Identity, Journeys, Contracts, Fuzz, Faults" >&2; exit 1; }
fi

tools/database.sh up
ConnectionStrings__OneDoor=$(tools/database.sh connection)
export ConnectionStrings__OneDoor

# Outside clients, installed again only when their lock changes; mostly a wait, so beside the build.
for clients in tests/Contracts docs/samples; do
  cmp -s $clients/package-lock.json $clients/node_modules/.installed ||
    (cd $clients && npm ci --no-audit --no-fund && cp package-lock.json node_modules/.installed)
done &
clients=$!
trap 'wait $clients || true' EXIT
dotnet build "$target" --no-restore --configuration Debug --verbosity quiet -nologo
wait $clients
trap - EXIT

# A browser for the pages, with a font for their Chinese; Debian's where there is none.
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'chromium is missing: installing the package'
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium fonts-wqy-microhei; } >.data/apt.log 2>&1 </dev/null ||
    echo 'it could not be installed (see .data/apt.log): the test of the pages will fail' >&2
fi

# Slow clients and clocks that are off, for the one suite that has them.
if [ "$SUITES" = Faults ] && [ -z "${ONLY:-}" ] && ! { command -v slowhttptest && command -v faketime; } >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo 'error: install slowhttptest and faketime' >&2; exit 1; }
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y slowhttptest faketime; } >.data/apt.log 2>&1 </dev/null
fi

count() { sed -n -E "s/.*<assembly [^>]*[[:space:]]$1=\"([0-9]+)\".*/\1/p" "$2"; }

if [ -n "${CI:-}" ]; then seed=${TEST_SEED:-1}; else seed=${TEST_SEED:-$RANDOM}; fi
echo "TEST_SEED=$seed"

rm -rf "$RESULTS"
mkdir -p "$RESULTS"
run() {
  local code=0 started=$SECONDS suite=${1%-*} filters=() capability
  case $1 in
    Journeys-1) for capability in $FIRST; do filters+=(-namespace "OneDoor.$capability"); done ;;
    Journeys-2) for capability in $SECOND; do filters+=(-namespace "OneDoor.$capability"); done ;;
    Journeys-3) for capability in $FIRST $SECOND; do filters+=(-namespace- "OneDoor.$capability"); done ;;
    Faults-feed) filters=(-class '*.Feed*') ;;
    *) if [ -n "${ONLY:-}" ]; then filters=(-class "*.$ONLY"); fi ;;
  esac
  ${2:-} dotnet "artifacts/bin/Tests.$suite/debug/OneDoor.Tests.$suite.dll" ":$seed" -noLogo -noColor ${filters[@]+"${filters[@]}"} -result-xml "$RESULTS/$1.xml" </dev/null \
    | tee "$RESULTS/$1.log" || code=$?
  echo "$code $((SECONDS - started))" >"$RESULTS/$1.end"
}

# Four at a time, the longest first: tests wait more than they compute, and journeys go one by one through one clock, so in thirds that
# take as long as each other. What has no server and no clock computes in what they leave.
lane() {
  local suite
  for suite in $1; do
    mkdir "$RESULTS/$suite.taken" 2>/dev/null || continue
    case " $PURE " in *" $suite "*) run "$suite" "nice -n 10" ;; *) run "$suite" ;; esac >/dev/null
    cat "$RESULTS/$suite.log"
  done
}
if [ "$SUITES" = "$ALL" ]; then
  # Processes that live for minutes do not earn back what it costs to observe their own paths: a fifth of the suites' processor time.
  export DOTNET_TieredPGO=0
  lane "$SERVED" &
  lane "$SERVED" &
  lane "$PURE $SERVED" &
  lane "$SERVED"
  wait
else
  run "$SUITES"
fi

passed=0 failed=0 skipped=0 summary=''
for suite in $SUITES; do
  report=$RESULTS/$suite.xml
  read -r code seconds <"$RESULTS/$suite.end"
  total=0 bad=0 ok=0 left=0
  if [ -s "$report" ]; then
    total=$(count total "$report")
    ok=$(count passed "$report")
    left=$(count skipped "$report")
    bad=$(($(count failed "$report") + $(count errors "$report")))
  fi
  note=''
  if [ "$bad" = 0 ] && [ "$total" = 0 ]; then
    bad=1 note="  no test ran (exit code $code)"
  elif [ "$bad" = 0 ] && [ "$code" != 0 ]; then
    bad=1 note="  stopped with exit code $code"
  fi
  summary=$summary$(printf '%-11s %s of %s in %s s%s' "$suite" "$ok" "$total" "$seconds" "$note")$'\n'
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
done

# What failed, once more where whoever sees only the end of a long log finds it.
failures=$(grep -h -F -A 4 '[FAIL]' "$RESULTS"/*.log | cut -c 1-300 || true)
[ -z "$failures" ] || printf '\n%s\n' "$failures"
printf '\n%s\n%s passed, %s failed, %s skipped\n' "$summary" "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
