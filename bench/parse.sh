#!/usr/bin/env bash
# bench/parse.sh [FEEDS] - runs the parse benchmark; `./dev bench parse` builds it first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec build/bench/bench/parse_bench "$@"
