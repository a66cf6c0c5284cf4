# Builds what is missing, and runs a class of the benchmarks; for the scripts beside this.
# shellcheck shell=bash

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
gateway=$here/../../sample-gateway/target/intermission-gateway.jar

# run_class CLASS ARGUMENT ...
run_class() {
  local jar=$here/target/intermission-bench.jar class=$1
  shift
  if [ ! -e "$jar" ] || [ ! -e "$gateway" ]; then
    echo "building, which takes a minute the first time ..." >&2
    mvn --quiet --batch-mode --no-transfer-progress --file "$here/../../pom.xml" \
      --projects tools/bench,sample-gateway --also-make package -DskipTests -Dspotless.check.skip
  fi
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar" "dev.intermission.bench.compare.$class" "$@"
}
