#include "cli/help.h"

#include <algorithm>

namespace marrow::cli {
namespace {

constexpr unsigned kIndent = 2;
constexpr unsigned kMaxTerm = 26;  // a longer term puts its explanation on the next line
constexpr unsigned kMinText = 20;  // columns an explanation gets in the narrowest window

struct Row {
  std::string term, says;
};

unsigned width_of_terms(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows)
    if (row.term.size() <= kMaxTerm) width = std::max(width, row.term.size());
  return static_cast<unsigned>(width);
}

std::string table(const std::vector<Row>& rows, unsigned columns) {
  const unsigned indent = kIndent + width_of_terms(rows) + 2;
  std::string out;
  for (const Row& row : rows) {
    std::string head(kIndent, ' ');
    head += row.term;
    const std::string says = wrapped(row.says, std::max(columns, indent + kMinText), indent);
    if (head.size() + 2 <= indent && !says.empty())
      out += head + std::string(indent - head.size(), ' ') + says.substr(indent);
    else
      out += head + "\n" + says;
  }
  return out;
}

std::string help_of(const Option& option) {
  std::string text = option.help;
  if (!option.initial.empty()) text += " [" + option.initial + "]";
  return text;
}

std::string option_tables(const Options& options, unsigned columns) {
  std::string out;
  std::vector<std::string> groups;
  for (const Option& option : options.all())
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end())
      groups.push_back(option.group);
  for (const std::string& group : groups) {
    std::vector<Row> rows;
    for (const Option& option : options.all())
      if (option.group == group) rows.push_back({option_head(option), help_of(option)});
    out += "\n" + group + ":\n" + table(rows, columns);
  }
  return out;
}

std::string examples(const std::vector<Example>& list) {
  if (list.empty()) return {};
  std::string out = "\nExamples:\n";
  for (const Example& example : list)
    out += "  # " + example.says + "\n  " + example.command + "\n";
  return out;
}

}  // namespace

std::string wrapped(std::string_view text, unsigned columns, unsigned indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    std::string_view paragraph = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    std::string line(indent, ' ');
    while (!paragraph.empty()) {
      const std::size_t space = std::min(paragraph.find_first_of(" \n"), paragraph.size());
      const std::string_view word = paragraph.substr(0, space);
      paragraph.remove_prefix(std::min(space + 1, paragraph.size()));
      if (line.size() > indent && line.size() + 1 + word.size() > columns) {
        out += line + "\n";
        line.assign(indent, ' ');
      }
      if (line.size() > indent) line += ' ';
      line += word;
    }
    out += line + "\n";
    if (!text.empty()) out += "\n";
  }
  return out;
}

std::string program_help(const Outline& o, unsigned columns) {
  std::string out = o.name + " " + o.tagline + "\n\nUsage: " + o.name + " VERB [OPTIONS] ...\n\n" +
                    wrapped(o.details, columns, 0) + "\nVerbs:\n";
  std::vector<Row> rows;
  for (const Outline::Entry& entry : o.verbs) {
    rows.push_back({entry.text.name, entry.text.summary});
  }
  out += table(rows, columns);
  out += option_tables(o.common, columns);
  out += "\nAbout the program:\n" +
         table({{"-h, --help", "This help; after a verb, the help of the verb."},
                {"    --version", "Versions of the program and its libraries."}},
               columns);
  out += examples(o.examples);
  out += "\n'" + o.name + " VERB --help' says more of one verb, 'man " + o.name + "' of all.\n";
  return out;
}

std::string group_help(const Outline& o, const std::string& group, unsigned columns) {
  std::string out;
  for (const Outline::Group& g : o.groups)
    if (g.name == group) out += g.summary + "\n\n";
  out += "Usage: " + o.name + " " + group + " VERB [OPTIONS] ...\n\nVerbs:\n";
  std::vector<Row> rows;
  for (const Outline::Entry& entry : o.verbs)
    if (entry.text.name.starts_with(group + " "))
      rows.push_back({entry.text.name, entry.text.summary});
  return out + table(rows, columns);
}

std::string verb_help(const Outline& o, const Outline::Entry& entry, unsigned columns) {
  std::string out = entry.text.summary + "\n\nUsage: " + usage_line(o, entry) + "\n";
  if (!entry.text.details.empty()) out += "\n" + wrapped(entry.text.details, columns, 0);
  if (!entry.options.positional().empty()) {
    std::vector<Row> rows;
    for (const Operand& operand : entry.options.positional())
      rows.push_back({operand.name, operand.help});
    out += "\nArguments:\n" + table(rows, columns);
  }
  out += option_tables(entry.options, columns);
  out += option_tables(o.common, columns);
  out += examples(entry.text.examples);
  return out;
}

}  // namespace marrow::cli
