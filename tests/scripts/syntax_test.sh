#!/usr/bin/env bash
# Every script parses, is executable, fails on errors, and carries no address of one machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
complain() { echo "$1: $2"; bad=1; }
for file in scripts/* scripts/*/* .ci/run tests/scripts/*; do
  [[ -f $file ]] || continue
  case $(head -n 1 "$file") in
    '#!'*bash)
      bash -n "$file" || complain "$file" "does not parse"
      # One command needs no settings.
      grep -q '^set -euo pipefail' "$file" || [[ $(grep -vc '^#\|^$' "$file") == 1 ]] || complain "$file" "lacks set -euo pipefail"
      ;;
    '#!'*python3)
      python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$file" || complain "$file" "does not parse"
      ;;
    *) continue ;;
  esac
  [[ -x $file ]] || complain "$file" "is not executable"
  if grep -nE '/(home|root)/[a-z]' "$file" | grep -v 'grep -nE'; then complain "$file" "names a path of one machine"; fi
done
exit $bad
