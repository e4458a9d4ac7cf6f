#include <cstdio>

#include "batch/run.h"
#include "record/json.h"

namespace marrow {
namespace {

// One JSON object, a key a line: people read reports, too.
class Object {
 public:
  void number(const char* key, std::uint64_t value) { member(key) += std::to_string(value); }
  void real(const char* key, double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    member(key) += text;
  }
  void flag(const char* key, bool value) { member(key) += value ? "true" : "false"; }
  void text(const char* key, const std::string& value) {
    if (value.empty())
      member(key) += "null";
    else
      append_json_string(value, member(key));
  }
  void counts(const char* key, const std::map<std::string, std::uint64_t>& counts) {
    std::string& out = member(key) += '{';
    const char* comma = "";
    for (const auto& [name, count] : counts) {
      out += comma;
      append_json_string(name, out);
      out += ": " + std::to_string(count);
      comma = ", ";
    }
    out += '}';
  }
  std::string finish() && { return std::move(out_) + "\n}\n"; }

 private:
  std::string& member(const char* key) {
    out_ += out_.size() > 1 ? ",\n  " : "\n  ";
    append_json_string(key, out_);
    return out_ += ": ";
  }
  std::string out_ = "{";
};

}  // namespace

std::string report_json(const RunSummary& summary) {
  Object out;
  out.number("run", summary.run);
  out.number("urls", summary.urls);
  out.number("earlier", summary.earlier);
  out.number("fetched", summary.fetched);
  out.number("unchanged", summary.unchanged);
  out.number("cleaned", summary.cleaned);
  out.number("recleaned", summary.recleaned);
  out.number("written", summary.written);
  out.number("failed", summary.failed);
  out.number("not_reached", summary.not_reached);
  out.number("problems", summary.problems);
  out.counts("reasons", summary.reasons);
  out.counts("hosts", summary.hosts);
  out.number("bytes", summary.bytes);
  out.number("received", summary.received);
  out.real("seconds", summary.seconds);
  out.real("clean_seconds", summary.clean_seconds);
  out.flag("interrupted", summary.interrupted);
  out.number("exit_code", static_cast<std::uint64_t>(summary.exit_code()));
  out.text("output", summary.output);
  out.text("warc", summary.warc);
  out.text("rules", summary.rules);
  return std::move(out).finish();
}

}  // namespace marrow
