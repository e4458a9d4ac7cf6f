// The part of url.h that knows which query parameters say nothing of the page they lead to.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "base/url_into.h"

namespace marrow {
namespace {

// Set by advertising and mail systems and read by nobody but them; a page is the same without them.
// A final '*' stands for any ending. Collected from the vendors' own documentation.
constexpr std::string_view kTracking[] = {
    "__hsfp",   "__hssc",     "__hstc",   "__s",         "__twitter_impression",
    "_branch_match_id",       "_ga",      "_gl",         "_hsenc",  "_hsmi",
    "_openstat", "at_campaign", "at_medium", "cmpid",    "dclid",   "fb_action_ids",
    "fb_action_types", "fb_ref", "fb_source", "fbclid",  "ftag",    "gad_source",
    "gbraid",   "gclid",      "gclsrc",   "guccounter",  "guce_referrer", "guce_referrer_sig",
    "hsctatracking", "icid",  "igsh",     "igshid",      "intcid",  "itm_*",
    "li_fat_id", "mbid",      "mc_cid",   "mc_eid",      "mkt_tok", "msclkid",
    "mtm_*",    "ns_campaign", "ns_mchannel", "ns_source", "oly_anon_id", "oly_enc_id",
    "pk_campaign", "pk_kwd",  "rb_clickid", "ref_src",   "ref_url", "s_cid",
    "smid",     "smtyp",      "spm",      "srsltid",     "ttclid",  "twclid",
    "utm_*",    "vero_conv",  "vero_id",  "wbraid",      "wickedid", "wt_mc",
    "wt_zmc",   "xtor",       "yclid",    "ysclid",
};

// Mostly tracking, but on some sites they choose what is shown: never dropped from a URL that is
// given out, yet two links that differ in these alone lead to one item.
constexpr std::string_view kMaybeTracking[] = {
    "_ga*", "cid", "cmp", "cmpid*", "fbclid*", "gclid*", "icid*", "intcid*", "mbid*", "mc_*",
    "mod",  "ref", "ref_*", "smid*", "source", "spm*", "src", "trk", "xid*",
};

template <std::size_t N>
bool listed(std::string_view name, const std::string_view (&list)[N]) {
  for (const std::string_view entry : list) {
    const bool open = entry.ends_with('*');
    const std::string_view stem = open ? entry.substr(0, entry.size() - 1) : entry;
    if (name.size() < stem.size() || (!open && name.size() > stem.size())) continue;
    if (iequals_ascii(name.substr(0, stem.size()), stem)) return true;
  }
  return false;
}

std::string_view parameter_name(std::string_view parameter) {
  // "&amp;amp;utm_source=" in the markup leaves "amp;" before the name.
  while (parameter.starts_with("amp;")) parameter.remove_prefix(4);
  return parameter.substr(0, std::min(parameter.find('='), parameter.size()));
}

template <typename Each>
void each_parameter(std::string_view query, Each each) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    if (end > 0) each(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
}

// Escapes decoded, but for "%2F" and "%25", which decoded would read as something else.
void append_decoded(std::string_view path, std::string& out) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const int high = path[i] == '%' && i + 2 < path.size() ? hex_value(path[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(path[i + 2]) : -1;
    const char c = static_cast<char>(high * 16 + low);
    if (low < 0) {
      out += path[i];
    } else if (c == '/' || c == '%') {
      out += c == '/' ? "%2F" : "%25";
      i += 2;
    } else {
      out += c;
      i += 2;
    }
  }
}

}  // namespace

std::string_view strip_tracking(std::string_view url, std::string& out) {
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  if (mark == std::string_view::npos) return url;
  const std::string_view query = url.substr(mark + 1);
  out = url.substr(0, mark);
  bool dropped = false;
  char sign = '?';
  each_parameter(query, [&](std::string_view parameter) {
    if (listed(parameter_name(parameter), kTracking)) {
      dropped = true;
      return;
    }
    out += sign;
    out += parameter;
    sign = '&';
  });
  // A query without tracking stays byte for byte as it was ("?a&&b", "?").
  return dropped ? std::string_view(out) : url;
}

std::string strip_tracking(std::string_view url) {
  std::string out;
  return std::string(strip_tracking(url, out));
}

std::string url_key(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return {};
  std::string key = ascii_lower(host_without_www(parts.host));
  if (!parts.port.empty()) key.append(":").append(parts.port);
  append_decoded(parts.path, key);
  while (key.ends_with('/')) key.pop_back();
  std::vector<std::string_view> kept;
  each_parameter(parts.query, [&](std::string_view parameter) {
    const std::string_view name = parameter_name(parameter);
    if (!listed(name, kTracking) && !listed(name, kMaybeTracking)) kept.push_back(parameter);
  });
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i < kept.size(); ++i) key.append(i == 0 ? "?" : "&").append(kept[i]);
  return key;
}

std::string_view host_without_www(std::string_view host) {
  // "www.de" is a site of its own, not the site "de".
  if (host.size() > 4 && iequals_ascii(host.substr(0, 4), "www.") &&
      host.find('.', 4) != std::string_view::npos)
    host.remove_prefix(4);
  return host;
}

}  // namespace marrow
