#include "report/shell.h"

#include "base/sha256.h"
#include "report/assets.h"
#include "report/escape.h"

namespace marrow {
namespace {

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// SHA-256 as hash sources write it: base64 (RFC 4648, 4).
std::string hash_source(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256_hex(text);
  std::string out = "'sha256-";
  for (std::size_t i = 0; i < hex.size(); i += 6) {  // three bytes, four characters
    unsigned bits = 0;
    for (std::size_t k = i; k < i + 6; ++k) bits = bits << 4 | static_cast<unsigned>(k < hex.size() ? digit(hex[k]) : 0);
    const std::size_t characters = i + 6 <= hex.size() ? 4 : (hex.size() - i) / 2 + 1;
    for (std::size_t k = 0; k < 4; ++k) out += k < characters ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out + "'";
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::string_view name : names) out += asset(name);
  return out;
}

}  // namespace

std::string whole_page(const Shell& shell, std::string_view body, std::string_view data_json) {
  const std::string style = joined(shell.styles), script = joined(shell.scripts);
  std::string out;
  out.reserve(body.size() + data_json.size() + style.size() + script.size() + 2000);
  out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"";
  std::string policy = "default-src 'none'; style-src " + hash_source(style);
  policy += "; script-src " + (script.empty() ? std::string("'none'") : hash_source(script));
  policy += "; connect-src " + std::string(shell.connect) + "; base-uri 'none'; form-action 'none'";
  append_escaped(policy, out);
  out += "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
  append_escaped(shell.title, out);
  out += "</title>\n<style>" + style + "</style>\n</head>\n<body>\n";
  out += body;
  if (!data_json.empty()) {
    out += "<script type=\"application/json\" id=\"data\">";
    append_script_json(data_json, out);
    out += "</script>\n";
  }
  if (!script.empty()) out += "<script>" + script + "</script>\n";
  out += "</body>\n</html>\n";
  return out;
}

}  // namespace marrow
