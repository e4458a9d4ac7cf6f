#!/usr/bin/env bash
# scripts/show_records: counts, the named record, and nothing of a page that a terminal would obey.
set -euo pipefail
cd "$(dirname "$0")/../.."
fail() { echo "$1"; exit 1; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
record() {
  printf '{"id":"%s","url":null,"title":"%s","author":null,"published":null,"language":"en","kind":"article","body":"%s","related":[{"url":"","text":"Onward","kind":"next"}],"teasers":[{"text":"Cut here...","url":"","truncated":true}],"quality":{"words":2}}\n' "$@"
}
record a 'First' 'one \u001b[31mred\u0007 \u202eflipped' >"$dir/1.jsonl"
record b 'Second' 'old text' >>"$dir/1.jsonl"
record b 'Second again' 'new text' >"$dir/2.jsonl"

said=$(scripts/show_records "$dir/1.jsonl" "$dir/2.jsonl" --pick b)
[[ $said == *"records    2 (2 article)"* && $said == *"Second again"*"new text"*"next"*"Onward"*"cut off"*"Cut here..."* ]] || fail "$said"
[[ $said != *"old text"* ]] || fail "an earlier record of the same id is shown"
said=$(scripts/show_records "$dir/1.jsonl" --pick a)
[[ $said == *"[31mred"* ]] || fail "text lost: $said"
if LC_ALL=C grep -q -e $'\x1b' -e $'\a' -e $'\xe2\x80\xae' <<<"$said"; then fail "a control character reached the terminal"; fi
code=0; scripts/show_records "$dir/1.jsonl" --pick nobody >/dev/null 2>&1 || code=$?
[[ $code == 1 ]] || fail "unknown id: $code"
