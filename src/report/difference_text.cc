// A Difference as text for people and as JSON for programs.
#include <fmt/format.h>

#include "base/text.h"
#include "batch/terminal.h"
#include "record/json.h"
#include "report/difference.h"

namespace marrow {
namespace {

constexpr std::size_t kTextShown = 90;  // bytes of a block or link: a line

std::string first_of(const std::string& text) {
  const std::string_view cut = utf8_prefix(text, kTextShown);
  return printable(cut) + (cut.size() < text.size() ? "..." : "");
}

struct Counts {
  std::size_t changed = 0, fresh = 0, gone = 0;
  explicit Counts(const std::vector<Difference::Change>& changes) {
    for (const Difference::Change& c : changes) ++(c.before == kNone ? fresh : c.after == kNone ? gone : changed);
  }
};

std::string counts_of(const std::vector<Difference::Change>& changes, std::size_t all, const char* what) {
  const Counts counts(changes);
  std::string out = fmt::format("{} of {} {} changed verdict", counts.changed, all, what);
  if (counts.fresh) out += fmt::format(", {} new", counts.fresh);
  if (counts.gone) out += fmt::format(", {} gone", counts.gone);
  return out;
}

void append_changes(const char* name, const std::vector<Difference::Change>& changes, const std::vector<Snapshot::Item>& before,
                    const std::vector<Snapshot::Item>& after, std::string& out) {
  if (changes.empty()) return;
  out += std::string("\n") + name + "\n";
  for (const Difference::Change& c : changes) {
    const Snapshot::Item& item = c.after == kNone ? before[c.before] : after[c.after];
    const Id number = c.after == kNone ? c.before : c.after;
    const std::string was = c.before == kNone ? "(new)" : before[c.before].verdict, now = c.after == kNone ? "(gone)" : item.verdict;
    out += fmt::format("{:>5}  {} -> {}  {}\n       {}\n       {}\n", number, was, now, c.after == kNone ? "" : printable(item.by), first_of(item.text),
                       printable(item.path));
    if (c.before != kNone && c.after != kNone) out += "       it was decided by " + printable(before[c.before].by) + "\n";
  }
}

void append_member(const char* key, std::string_view value, std::string& out) {
  if (out.back() != '{') out += ',';
  append_json_string(key, out);
  out += ':';
  append_json_string(value, out);
}

void append_json_changes(const char* name, const std::vector<Difference::Change>& changes, const std::vector<Snapshot::Item>& before,
                         const std::vector<Snapshot::Item>& after, std::string& out) {
  out += std::string(",\"") + name + "\":[";
  for (const Difference::Change& c : changes) {
    out += out.back() == '[' ? "{" : ",{";
    out += "\"before\":" + (c.before == kNone ? std::string("null") : std::to_string(c.before));
    out += ",\"after\":" + (c.after == kNone ? std::string("null") : std::to_string(c.after));
    if (c.before != kNone) append_member("was", before[c.before].verdict, out);
    if (c.before != kNone) append_member("was_by", before[c.before].by, out);
    if (c.after != kNone) append_member("now", after[c.after].verdict, out);
    if (c.after != kNone) append_member("now_by", after[c.after].by, out);
    const Snapshot::Item& item = c.after == kNone ? before[c.before] : after[c.after];
    append_member("path", item.path, out);
    append_member("text", item.text, out);
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string difference_line(const Snapshot& before, const Snapshot& after, const Difference& d) {
  if (d.empty()) return "nothing changed";
  return counts_of(d.blocks, std::max(before.blocks.size(), after.blocks.size()), "blocks") + "; " +
         counts_of(d.links, std::max(before.links.size(), after.links.size()), "links");
}

std::string difference_text(const Snapshot& before, const Snapshot& after, const Difference& d) {
  std::string out = printable(after.record.id.empty() ? after.record.url : after.record.id) + ": " + difference_line(before, after, d) + "\n";
  for (const Difference::Field& field : d.fields)
    out += fmt::format("  {:<11} {} -> {}\n", field.name, field.was.empty() ? "(none)" : printable(field.was), field.now.empty() ? "(none)" : printable(field.now));
  append_changes("Blocks", d.blocks, before.blocks, after.blocks, out);
  append_changes("Links", d.links, before.links, after.links, out);
  return out;
}

std::string difference_json(const Snapshot& before, const Snapshot& after, const Difference& d) {
  std::string out = "{";
  append_member("id", after.record.id, out);
  append_member("url", after.record.url, out);
  append_member("rules_before", before.record.rules, out);
  append_member("rules_after", after.record.rules, out);
  out += ",\"fields\":[";
  for (const Difference::Field& field : d.fields) {
    out += out.back() == '[' ? "{" : ",{";
    append_member("field", field.name, out);
    append_member("was", field.was, out);
    append_member("now", field.now, out);
    out += '}';
  }
  out += ']';
  append_json_changes("blocks", d.blocks, before.blocks, after.blocks, out);
  append_json_changes("links", d.links, before.links, after.links, out);
  return out + "}\n";
}

}  // namespace marrow
