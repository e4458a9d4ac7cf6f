#include "sink/format.h"

#include "base/text.h"
#include "record/json.h"

namespace marrow {
namespace {

// One line, every character that Markdown or HTML could take for mark-up escaped.
void append_heading(std::string_view title, std::string& out) {
  constexpr std::string_view kMarkup = "\\`*_[]<>#&|~!";
  std::string line;
  append_without_controls(collapse_spaces(title), line);
  if (line.empty()) return;
  out += "# ";
  for (const char c : line) {
    if (kMarkup.find(c) != kMarkup.npos) out += '\\';
    out += c;
  }
  out += "\n\n";
}

void append_body(std::string_view body, std::string& out) {
  const std::size_t before = out.size();
  append_without_controls(body, out);
  while (out.size() > before && out.back() == '\n') out.pop_back();
  if (out.size() > before) out += '\n';
}

}  // namespace

void append_without_controls(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) continue;
    // C1 is U+0080 to U+009F: C2 80 to C2 9F.
    if (c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) {
      ++at;
      continue;
    }
    out += text[at];
  }
}

void render(const Record& record, Format format, std::string& out) {
  switch (format) {
    case Format::jsonl:
      append_json(record, out);
      if (!out.ends_with('\n')) out += '\n';
      return;
    case Format::markdown:
      append_heading(record.title, out);
      [[fallthrough]];
    case Format::text:
      append_body(record.body, out);
      return;
  }
}

std::string_view suffix_of(Format format) {
  switch (format) {
    case Format::jsonl: return ".json";
    case Format::text: return ".txt";
    case Format::markdown: return ".md";
  }
  return "";
}

}  // namespace marrow
