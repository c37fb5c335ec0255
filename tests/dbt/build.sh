#!/bin/sh
# Builds the project in an empty warehouse of its own, with every dbt test and unit test.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/profiles.yml" <<PROFILE
opus_sync:
  target: test
  outputs:
    test: {type: duckdb, path: "$folder/test.duckdb", threads: 2}
PROFILE
dbt --quiet build --profiles-dir "$folder" --target-path "$folder/target" --log-path "$folder/logs"
echo "dbt: models built and all tests passed in an empty warehouse"
