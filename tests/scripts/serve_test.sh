#!/usr/bin/env bash
# The test site as served: pages of three hosts, redirect, 404, conditional requests, gzip; two servers side by side.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v curl >/dev/null || { echo "skipped: no curl"; exit 77; }
command -v nginx >/dev/null || [[ -x /usr/sbin/nginx ]] || { echo "skipped: no nginx"; exit 77; }
fail() { echo "$1"; exit 1; }
dir=$(mktemp -d)
trap 'scripts/serve_site stop "$dir/a"; scripts/serve_site stop "$dir/b"; rm -rf "$dir"' EXIT
port=$(scripts/serve_site start "$dir/a")
second=$(scripts/serve_site start "$dir/b")
[[ $port != "$second" ]] || fail "two servers on one port"

get() { curl -sS --max-time 10 --noproxy '*' "$@"; }
status() { get -o /dev/null -w '%{http_code}' "$@"; }
expect() { local got; got=$(status "${@:2}"); [[ $got == "$1" ]] || fail "${*:2}: $got, not $1"; }

blog=http://tidewater.localhost:$port
expect 200 "$blog/"
expect 200 "$blog/about"
expect 200 "http://courier.localhost:$port/courier-ru-all"
expect 200 "http://almanac.localhost:$second/forum/damp-in-the-log-cupboard"
expect 404 "$blog/no-such-page"
expect 404 "http://elsewhere.localhost:$port/"
[[ $(get -o /dev/null -w '%{http_code} %{redirect_url}' "$blog/moved-about") == "301 $blog/about" ]] || fail "redirect"
[[ $(get "$blog/robots.txt") == *"Disallow: /drafts/"*"Sitemap: $blog/sitemap.xml" ]] || fail "robots.txt"

tag=$(get -I "$blog/about" | tr -d '\r' | sed -n 's/^ETag: //Ip')
[[ -n $tag ]] || fail "no ETag"
expect 304 -H "If-None-Match: $tag" "$blog/about"
[[ $(get -H 'Accept-Encoding: gzip' -D - -o /dev/null "$blog/") == *"gzip"* ]] || fail "no gzip"

# Every URL of the sitemaps is served.
for host in tidewater courier almanac; do
  get "http://$host.localhost:$port/sitemap.xml" | sed -n 's|.*<loc>\(.*\)</loc>.*|\1|p' >"$dir/urls"
  [[ $(wc -l <"$dir/urls") -ge 60 ]] || fail "$host: short sitemap"
  good=$(sed 's|.*|url = "&"\noutput = "/dev/null"|' "$dir/urls" | get -K - -w '%{http_code}\n' | grep -c '^200$' || true)
  [[ $good == $(wc -l <"$dir/urls") ]] || fail "$host: only $good URLs of the sitemap are served"
done

scripts/serve_site stop "$dir/a"
get "http://tidewater.localhost:$second/" >/dev/null || fail "stopping one server ended the other"
if get "$blog/" >/dev/null 2>&1; then fail "still serving after stop"; fi
scripts/serve_site start "$dir/a" --port "$second" 2>/dev/null && fail "started on a port that is taken"
exit 0
