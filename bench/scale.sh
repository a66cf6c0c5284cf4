#!/usr/bin/env bash
# Measures how many gateway nodes one admin node holds; --help says how.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
jar=$here/target/bench.jar
gateway=$here/../sample-gateway/target/sample-gateway.jar

if [ ! -e "$jar" ] || [ ! -e "$gateway" ]; then
  echo "scale.sh: building, which takes a minute the first time ..." >&2
  mvn --quiet --batch-mode --no-transfer-progress --file "$here/../pom.xml" \
    --projects bench,sample-gateway --also-make package -DskipTests -Dspotless.check.skip
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar" \
  dev.intermission.bench.compare.ScaleMain "$@" "$gateway"
