#!/usr/bin/env bash
# ./dev bench poll [FEEDS...] - what a poll costs, beside a bare curl multi loop over the same addresses (bench/poll.py).
set -euo pipefail
exec python3 bench/poll.py --build build/bench "$@"
