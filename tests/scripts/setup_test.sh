#!/usr/bin/env bash
# scripts/setup: lists, refuses what it does not know, says what to do where it cannot install.
set -euo pipefail
cd "$(dirname "$0")/../.."
fail() { echo "$1"; exit 1; }

[[ $(scripts/setup --list core | grep -c .) -ge 20 ]] || fail "core lists too few packages"
[[ $(scripts/setup --list all | sort | uniq -d) == "" ]] || fail "a package is listed twice"
[[ $(scripts/setup --list) == "$(scripts/setup --list core test)" ]] || fail "the default is not core and test"

code=0; message=$(scripts/setup nonsense 2>&1) || code=$?
[[ $code == 2 && $message == *"no group 'nonsense'"*core* ]] || fail "unknown group: $code, $message"
[[ $(MARROW_NO_SETUP=1 scripts/setup) == *skipped* ]] || fail "MARROW_NO_SETUP is not heeded"

# A machine without apt-get, played by a PATH that lacks it.
bin=$(mktemp -d); trap 'rm -rf "$bin"' EXIT
for tool in bash env sed id mktemp dirname; do ln -s "$(command -v $tool)" "$bin/$tool"; done
code=0; message=$(env PATH="$bin" scripts/setup core 2>&1) || code=$?
[[ $code == 1 && $message == *"no apt-get"*libgumbo-dev* ]] || fail "no apt-get: $code, $message"

# Nothing installed, no root, no sudo: the command to run is named and nothing is tried.
printf '#!/bin/sh\nexit 1\n' >"$bin/dpkg-query"; printf '#!/bin/sh\necho tried >&2; exit 1\n' >"$bin/apt-get"
rm "$bin/id"; printf '#!/bin/sh\necho 1000\n' >"$bin/id"; chmod +x "$bin"/dpkg-query "$bin"/apt-get "$bin"/id
code=0; message=$(env PATH="$bin" scripts/setup core 2>&1) || code=$?
[[ $code == 1 && $message == *"needs root or sudo"*"apt-get install -y"*cmake* && $message != *tried* ]] || fail "no sudo: $code, $message"

# Everything installed: says so and touches nothing.
printf '#!/bin/sh\necho installed\n' >"$bin/dpkg-query"
message=$(env PATH="$bin" scripts/setup core 2>&1)
[[ $message == *"packages are there (core)" ]] || fail "all there: $message"

# An install: lists are refreshed once, no service starts, failure shows what apt-get said.
printf '#!/bin/sh\nexit 1\n' >"$bin/dpkg-query"
printf '#!/bin/sh\necho 0\n' >"$bin/id"
printf '#!/bin/sh\necho "  Candidate: 1.0"\n' >"$bin/apt-cache"; chmod +x "$bin/apt-cache"
for tool in rm tail tee chmod; do ln -s "$(command -v $tool)" "$bin/$tool"; done
printf '#!/bin/sh\necho "apt-get $*" >>%s/calls; case "$*" in *install*) echo "E: broken mirror"; exit 100;; esac\n' "$bin" >"$bin/apt-get"
code=0; message=$(env PATH="$bin" TMPDIR="$bin" scripts/setup test 2>&1) || code=$?
[[ $code == 1 && $message == *"E: broken mirror"* ]] || fail "broken install: $code, $message"
[[ $(grep -c ' update' "$bin/calls") == 1 && $(grep -c ' install ' "$bin/calls") == 2 ]] || fail "calls: $(cat "$bin/calls")"
