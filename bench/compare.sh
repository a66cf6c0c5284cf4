#!/usr/bin/env bash
# Compares Intermission's fronts with other ways to give the same answer; --help says how.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
jar=$here/target/bench.jar

if [ ! -e "$jar" ]; then
  echo "compare.sh: building bench, which takes a minute the first time ..." >&2
  mvn --quiet --batch-mode --no-transfer-progress --file "$here/../pom.xml" \
    --projects bench --also-make package -DskipTests -Dspotless.check.skip
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar" dev.intermission.bench.compare.CompareMain "$@"
