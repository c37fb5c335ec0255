#!/bin/sh
# The demo: an apparel maker's orders, kept in step with two boards of a local stand-in for monday.com.
# `make demo` runs it; nothing leaves this machine.
set -eu

say() { printf '\n\033[1m# %s\033[0m\n' "$1"; }
run() { printf '\033[2m$ %s\033[0m\n' "$*"; "$@"; }

mkdir -p target
port=${OPUS_DEMO_PORT:-8765}
boards=target/sandbox-$$.json

say 'A stand-in for monday.com, with two boards of an apparel maker'
# monday allows 10,000,000 complexity points a minute; here it is more, so that nobody has to wait for the next minute.
opus-sync sandbox serve --port "$port" --state "$boards" \
    --option complexity_per_minute=1000000000 2> target/sandbox.log &
sandbox=$!
trap 'kill "$sandbox" 2> /dev/null || true' EXIT
waited=0
until grep -q answers target/sandbox.log; do
    waited=$((waited + 1))
    if ! kill -0 "$sandbox" 2> /dev/null || [ "$waited" -gt 120 ]; then
        cat target/sandbox.log
        echo 'The sandbox did not start; OPUS_DEMO_PORT=9000 make demo takes another port.' >&2
        exit 1
    fi
    sleep 0.5
done
cat target/sandbox.log
MONDAY_API_URL=$(sed -n 's/.*answers at \([^ ]*\).*/\1/p' target/sandbox.log)
export MONDAY_API_URL MONDAY_API_TOKEN=demo
if [ -e opus.duckdb ]; then
    mv opus.duckdb "opus-before-demo-$(date +%Y%m%d-%H%M%S).duckdb"
    echo 'Your opus.duckdb was kept, as opus-before-demo-….duckdb'
fi

say 'Pull: the boards, as they are, into opus.duckdb'
run opus-sync pull

say 'dbt build: the orders, what the boards should show, and the difference as staged rows'
run dbt --quiet build --exclude-resource-type unit_test

say 'Meanwhile somebody moves a date on the board that the orders are about to move, too'
run python docs/demo_edit.py

say 'Pull and build again: this time the edit is seen'
run opus-sync pull
run dbt --quiet build --exclude-resource-type unit_test

say 'Plan: what a push would do; nothing is sent'
run opus-sync plan --out target/plan.json || true

say 'Push, live; rows that are invalid or held stay where they are'
run opus-sync push --live || true

say 'The difference is gone, without another pull and after one'
still_to_send() { opus-sync plan | grep -E '^[a-z_]+$|to send'; }
still_to_send
run opus-sync pull
run dbt --quiet build --exclude-resource-type unit_test
still_to_send

kill "$sandbox"
wait "$sandbox" || true
mv "$boards" target/sandbox.json

say 'Where to look'
cat <<EOF
  the boards    make sandbox, in another terminal, then http://127.0.0.1:$port/
  the plan      target/plan.json; as a page: opus-sync plan --output html
  the push      opus-sync status, opus-sync history, opus-sync report --batch ID
  the tables    opus.duckdb, for instance
                  select * from mon_update_audit;          every cell written, old and new
                  select * from mon_conflicts;             the date somebody moved
                  select * from mon_quarantine;            rows that stay, and why
                  select * from staged_planning_items;     what is staged now

To go on, change a value in seeds/orders_unified.csv, and:
  . .venv/bin/activate
  export MONDAY_API_URL=$MONDAY_API_URL MONDAY_API_TOKEN=any
  dbt build --exclude-resource-type unit_test
  opus-sync plan
EOF
