#!/usr/bin/env bash
# Compares the gateway's reverse proxy with other ones; --help says how.
set -euo pipefail

# shellcheck source=run-class.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/run-class.sh"
run_class ProxyMain "$gateway" "$@"
