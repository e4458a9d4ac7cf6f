#include "batch/run_memory.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace marrow {
namespace {

constexpr const char* kOrigin = "the site memory in the state file";

}  // namespace

Result<SiteMemory> load_memory(State& state) {
  SiteMemory memory;
  std::optional<Error> fault;
  const auto add = [&](const std::string& host, const std::string& bytes) {
    const auto one = SiteMemory::decode(bytes, kOrigin + (" (" + host) + ")");
    if (one) memory.merge(*one);
    else if (!fault) fault = one.error();
  };
  if (Status status = state.each_memory(add); !status) return status.error();
  if (fault) return *fault;
  return memory;
}

Status learn_from_run(State& state) {
  std::map<std::string, SiteMemory> learned;  // by host of the page that was asked for
  std::optional<Error> fault;
  const auto add = [&](const PageChange& change) {
    if (change.summary.empty()) return;
    const auto one = SiteMemory::decode(change.summary, kOrigin);
    if (one) learned[change.host].merge(*one);
    else if (!fault) fault = one.error();
  };
  if (Status status = state.each_change(add); !status) return status;
  if (fault) return *fault;
  for (auto& [host, memory] : learned) {
    const auto old = state.memory(host);
    if (!old) return old.error();
    if (!old->empty()) {
      const auto known = SiteMemory::decode(*old, kOrigin);
      if (!known) return known.error();
      memory.merge(*known);
    }
    if (Status status = state.save_memory(host, memory.encode()); !status) return status;
  }
  return Ok{};
}

}  // namespace marrow
