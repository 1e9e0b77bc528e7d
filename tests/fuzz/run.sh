#!/usr/bin/env bash
# tests/fuzz/run.sh [MINUTES] [TARGET...] - libFuzzer under ASan and UBSan, one target after the other; all of them by default.
#
# New inputs are kept under build/fuzz/corpus/TARGET, so runs build on one another; a finding is written to
# build/fuzz/findings and belongs, reduced, into tests/fuzz/corpus/TARGET before its fix.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
minutes=${1:-1}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for program in build/fuzz/tests/fuzz/fuzz_*; do [ -f "$program" ] && [ -x "$program" ] && targets+=("${program##*/fuzz_}"); done
fi
mkdir -p build/fuzz/findings
failed=()
for target in "${targets[@]}"; do
  mkdir -p "build/fuzz/corpus/$target"
  log="build/fuzz/$target.log"
  printf '%-12s ' "$target"
  if nice -n 19 "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time=$((minutes * 60)) -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
      -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$target-" \
      "build/fuzz/corpus/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
    awk '/number_of_executed_units/ {n = $2} /cov:/ {for (i = 1; i < NF; i++) if ($i == "cov:") c = $(i + 1)} END {printf "ok, %d inputs, coverage %d\n", n, c}' "$log"
  else
    echo "FOUND SOMETHING, see $log"
    failed+=("$target")
  fi
done
[ ${#failed[@]} -eq 0 ]
