#include <cstdio>
#include <utility>

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
  void texts(const char* key, const std::vector<std::string>& values) {
    std::string& out = member(key) += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i) out += ", ";
      append_json_string(values[i], out);
    }
    out += ']';
  }
  void json(const char* key, const std::string& value) { member(key) += value; }
  std::string finish() && { return std::move(out_) + "\n}\n"; }

 private:
  std::string& member(const char* key) {
    out_ += out_.size() > 1 ? ",\n  " : "\n  ";
    append_json_string(key, out_);
    return out_ += ": ";
  }
  std::string out_ = "{";
};

std::string counts_json(const std::map<std::string, std::uint64_t>& counts) {
  std::string out = "{";
  for (const auto& [name, count] : counts) {
    if (out.size() > 1) out += ", ";
    append_json_string(name, out);
    out += ": " + std::to_string(count);
  }
  return out + "}";
}

std::string hosts_json(const RunSummary& summary) {
  std::string out = "{";
  for (const auto& [name, host] : summary.by_host) {
    out += out.size() > 1 ? ",\n    " : "\n    ";
    append_json_string(name, out);
    out += ": {\"fetched\": " + std::to_string(host.fetched) + ", \"unchanged\": " + std::to_string(host.unchanged) +
           ", \"cleaned\": " + std::to_string(host.cleaned) + ", \"failed\": " + std::to_string(host.failed) +
           ", \"bytes\": " + std::to_string(host.bytes) + ", \"reasons\": " + counts_json(host.reasons) + "}";
  }
  return out + (out.size() > 1 ? "\n  }" : "}");
}

std::string slowest_json(const RunSummary& summary) {
  std::string out = "[";
  for (const SlowPage& page : summary.slowest) {
    out += out.size() > 1 ? ",\n    {\"url\": " : "\n    {\"url\": ";
    append_json_string(page.url, out);
    char text[48];
    std::snprintf(text, sizeof text, ", \"seconds\": %.4f}", page.seconds);
    out += text;
  }
  return out + (out.size() > 1 ? "\n  ]" : "]");
}

std::string stages_json(const RunSummary& summary) {
  std::string out = "{";
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    char text[64];
    std::snprintf(text, sizeof text, "%s\"%s\": %.3f", stage ? ", " : "", std::string(name_of(static_cast<Stage>(stage))).c_str(),
                  summary.stage_seconds[stage]);
    out += text;
  }
  return out + "}";
}

std::string symptom_json(const DriftSymptom& symptom) {
  std::string out = "{\"what\": ";
  append_json_string(symptom.what, out);
  out += ", \"rule\": ";
  if (symptom.rule.empty()) out += "null";
  else append_json_string(symptom.rule, out);
  out += ", \"kind\": ";
  append_json_string(symptom.kind, out);
  char text[96];
  std::snprintf(text, sizeof text, ", \"pages\": %llu, \"was\": %.3f, \"now\": %.3f}", static_cast<unsigned long long>(symptom.pages),
                symptom.was, symptom.now);
  return out + text;
}

std::string alarms_json(const RunSummary& summary) {
  std::string out = "[";
  for (const DriftAlarm& alarm : summary.alarms) {
    out += out.size() > 1 ? ",\n    {\"host\": " : "\n    {\"host\": ";
    append_json_string(alarm.host, out);
    out += ", \"says\": ";
    append_json_string(sentence_of(alarm), out);
    out += ", \"symptoms\": [";
    for (std::size_t i = 0; i < alarm.symptoms.size(); ++i) out += (i ? ", " : "") + symptom_json(alarm.symptoms[i]);
    out += "]}";
  }
  return out + (out.size() > 1 ? "\n  ]" : "]");
}

}  // namespace

std::string report_json(const RunSummary& summary) {
  Object out;
  out.number("run", summary.run);
  out.text("started", summary.started);
  out.text("ended", summary.ended);
  out.number("urls", summary.urls);
  out.number("not_due", summary.not_due);
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
  out.flag("out_of_time", summary.out_of_time);
  out.texts("outputs", summary.outputs);
  out.text("manifest", summary.manifest);
  out.number("held", summary.held);
  out.json("alarms", alarms_json(summary));
  out.json("by_host", hosts_json(summary));
  out.json("stages", stages_json(summary));
  out.counts("rules_hit", summary.rules_hit);
  out.json("slowest", slowest_json(summary));
  return std::move(out).finish();
}

}  // namespace marrow
