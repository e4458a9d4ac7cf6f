#!/usr/bin/env bash
# scripts/demo PROGRAM: every page of the site arrives, a second run repeats nothing, nothing is left running.
set -euo pipefail
program=$1
cd "$(dirname "$0")/../.."
command -v nginx >/dev/null || [[ -x /usr/sbin/nginx ]] || { echo "skipped: no nginx"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export TMPDIR=$dir
fail() { echo "$1"; cat "$dir"/said* 2>/dev/null || true; exit 1; }

(cd / && "$OLDPWD/scripts/demo" --program "$program" --out "$dir/out") >"$dir/said1" 2>&1 || fail "the demo failed: $?"
pages=$(wc -l <fixtures/site.truth.jsonl)
records=$(cat "$dir"/out/records-*.jsonl | wc -l)
[[ $records -ge $pages && $records -le $((pages + 1)) ]] || fail "$records records of $pages pages"
grep -q 'What are the symptoms of gastroenteritis?' "$dir/said1" || fail "the sample's previous title is not shown"
grep -q 'Is hepatic vascular tumor contagious?' "$dir/said1" || fail "the sample's next title is not shown"

scripts/demo --program "$program" --out "$dir/out" >"$dir/said2" 2>&1 || fail "the second demo failed: $?"
[[ $(cat "$dir"/out/records-*.jsonl | wc -l) == "$records" ]] || fail "the second run wrote records again"
[[ -z $(ls -d "$dir"/marrow-demo.* 2>/dev/null) ]] || fail "a server's folder is left behind"
# Processes come and go while they are looked at: what cannot be read is gone.
for line in $(grep -lsF "$dir" /proc/[0-9]*/cmdline 2>/dev/null || true); do
  if { tr '\0' ' ' <"$line"; } 2>/dev/null | grep -q '^nginx'; then echo "a server is left running"; exit 1; fi
done
exit 0
