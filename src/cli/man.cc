// marrow man: the manual page; the build installs what it prints.

#include "cli/man.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

// Text as roff shows it: no character of it may be taken for a request or be made typographic.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool line_start = i == 0 || text[i - 1] == '\n';
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

class ManPage {
 public:
  void raw(std::string_view line) { out_.append(line).append("\n"); }
  void section(std::string_view name) { raw(".SH " + std::string(name)); }
  void sub_section(std::string_view name) { raw(".SS \"" + roff(name) + "\""); }
  void term(std::string_view head, std::string_view says) {
    raw(".TP");
    raw(head);
    text(says);
  }
  // Paragraphs, the first without a break before it.
  void text(std::string_view paragraphs) {
    while (!paragraphs.empty()) {
      const std::size_t end = std::min(paragraphs.find("\n\n"), paragraphs.size());
      raw(roff(paragraphs.substr(0, end)));
      paragraphs.remove_prefix(std::min(end + 2, paragraphs.size()));
      if (!paragraphs.empty()) raw(".PP");
    }
  }
  void example(const Example& example, bool first) {
    if (!first) raw(".PP");
    std::string says = example.says;
    if (!says.empty())
      says[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(says[0])));
    raw(roff(says) + ":");
    raw(".PP");
    raw(".nf");
    raw(".RS");
    raw(roff(example.command));
    raw(".RE");
    raw(".fi");
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string head_of(const Option& option) {
  std::string head = option.short_name.empty() ? "" : bold("-" + option.short_name) + ", ";
  head += bold(option.name());
  if (!option.value.empty()) head += " " + italic(option.value);
  return head;
}

void options(ManPage& page, const Options& options) {
  for (const Option& option : options.all()) {
    std::string says = option.help;
    if (!option.initial.empty()) says += " Default: " + option.initial + ".";
    page.term(head_of(option), says);
  }
}

void verb(ManPage& page, const Outline& outline, const Outline::Entry& entry) {
  page.sub_section(usage_line(outline, entry));
  page.text(entry.text.summary + ".");
  if (!entry.text.details.empty()) {
    page.raw(".PP");
    page.text(entry.text.details);
  }
  for (const Operand& operand : entry.options.positional())
    page.term(italic(operand.name), operand.help);
  options(page, entry.options);
}

void terms(ManPage& page, std::string_view section, const std::vector<Outline::Term>& list) {
  if (list.empty()) return;
  page.section(section);
  for (const Outline::Term& term : list) page.term(bold(term.term), term.says);
}

void examples(ManPage& page, const Outline& outline) {
  page.section("EXAMPLES");
  bool first = true;
  auto add = [&](const std::vector<Example>& list) {
    for (const Example& example : list) page.example(example, std::exchange(first, false));
  };
  add(outline.examples);
  for (const Outline::Entry& entry : outline.verbs) add(entry.text.examples);
}

class Man final : public Verb {
 public:
  explicit Man(const Outline& outline) : outline_(outline) {}
  VerbText text() const override {
    return {"man",
            "Print the manual page, as roff",
            "The installed page is made by this verb; use it where the program was not installed.",
            {{"marrow man | man -l -", "read the manual"}}};
  }
  void options(Options&) override {}
  int run(Context& context) override { return write_out(context.terminal, man_page(outline_)); }

 private:
  const Outline& outline_;
};

}  // namespace

std::string man_page(const Outline& outline) {
  ManPage page;
  page.raw(".TH MARROW 1 " MARROW_RELEASE_DATE " \"marrow " + outline.version +
           "\" \"User Commands\"");
  page.section("NAME");
  page.raw("marrow \\- " + roff(outline.tagline));
  page.section("SYNOPSIS");
  page.raw(bold(outline.name) + " " + italic("VERB") + " [" + italic("OPTIONS") + "] ...");
  page.section("DESCRIPTION");
  page.text(outline.details);
  page.section("VERBS");
  for (const Outline::Entry& entry : outline.verbs) verb(page, outline, entry);
  page.section("OPTIONS OF EVERY VERB");
  options(page, outline.common);
  page.term(bold("-h") + ", " + bold("--help"), "Say how the program or the verb is used.");
  page.term(bold("--version"), "Print the versions of the program and its libraries.");
  terms(page, "FILES", outline.files);
  terms(page, "ENVIRONMENT", outline.environment);
  terms(page, "EXIT STATUS", outline.exit_codes);
  examples(page, outline);
  return page.take();
}

std::unique_ptr<Verb> man_verb(const Outline& outline) { return std::make_unique<Man>(outline); }

}  // namespace marrow::cli
