#include "rules/scope.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

std::string_view primary_language(std::string_view tag) {
  tag = tag.substr(0, tag.find_first_of("-_ ,;"));
  return tag.size() == 2 || tag.size() == 3 ? tag : std::string_view();
}

void ActiveScopes::set(const CompiledRules& rules, std::string_view url, std::string_view language) {
  stamps_.resize(rules.scopes.size(), 0);
  ++stamp_;
  list_.clear();
  UrlParts parts;
  const bool split = split_url(url, &parts);
  const std::string_view path = !split ? std::string_view() : parts.path.empty() ? std::string_view("/") : parts.path;
  const std::string_view primary = primary_language(language);
  for (Id scope : rules.siteless) consider(rules, scope, true, path, primary);
  if (split && !rules.site_scopes.empty()) {
    const std::string_view host = host_without_www(parts.host);
    for (std::size_t at = 0; at != std::string_view::npos && at < host.size();) {
      const std::string_view name = host.substr(at);
      host_ = name;
      if (const auto found = rules.site_scopes.find(host_); found != rules.site_scopes.end()) {
        for (Id scope : found->second) {
          const Scope& s = rules.scopes[scope];
          consider(rules, scope, at == 0 ? contains(s.hosts, name) : contains(s.domains, name), path, primary);
        }
      }
      const std::size_t dot = host.find('.', at);
      at = dot == std::string_view::npos ? dot : dot + 1;
    }
  }
  std::sort(list_.begin(), list_.end());
}

void ActiveScopes::set_all(const CompiledRules& rules) {
  ++stamp_;
  stamps_.assign(rules.scopes.size(), stamp_);
  list_.clear();
  for (Id scope = 0; scope < rules.scopes.size(); ++scope) list_.push_back(scope);
}

void ActiveScopes::consider(const CompiledRules& rules, Id scope, bool by_host, std::string_view path,
                            std::string_view language) {
  const Scope& s = rules.scopes[scope];
  if (!by_host || stamps_[scope] == stamp_) return;
  if (!s.language.empty() && !language.empty() && !iequals_ascii(s.language, language)) return;
  if (s.url_path && !s.url_path->matches(path)) return;
  stamps_[scope] = stamp_;
  list_.push_back(scope);
}

}  // namespace marrow
