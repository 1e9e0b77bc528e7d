#!/usr/bin/env bash
# What a request costs beside nginx, and what a crowd does to a newcomer. ./dev bench serve [--posts N] [--seconds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec python3 bench/serve.py "$@"
