#include "batch/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "batch/figures.h"
#include "batch/terminal.h"

namespace marrow {
namespace {

constexpr std::size_t kNameWidth = 10;  // of the left column
constexpr std::size_t kLineWidth = 78;  // lists wrap before it
constexpr std::size_t kFlagsShown = 6;

class Page {  // the text being written: rows of a name and what is to say
 public:
  explicit Page(bool colours) : colours_(colours) {}
  void row(std::string_view name, std::string_view text, Colour colour = Colour::plain) {
    out_ += "  " + in_colour(fmt::format("{:<{}}", name, kNameWidth), Colour::dim, colours_) +
            in_colour(text, colour, colours_) + "\n";
  }
  // Items on as many lines as they need.
  void list(std::string_view name, const std::vector<std::string>& items) {
    std::string line;
    for (const std::string& item : items) {
      if (!line.empty() && 2 + kNameWidth + line.size() + item.size() + 2 > kLineWidth) {
        row(name, line);
        name = "";
        line.clear();
      }
      line += (line.empty() ? "" : "  ") + item;
    }
    if (!line.empty()) row(name, line);
  }
  void line(std::string_view text) { out_.append(text).append("\n"); }
  std::string take() { return std::move(out_); }
  bool colours() const { return colours_; }

 private:
  const bool colours_;
  std::string out_;
};

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

// "412 article", most frequent first, names of equal counts in order.
std::vector<std::string> items_of(Counts counts, std::size_t most) {
  std::erase_if(counts, [](const auto& c) { return c.second == 0; });
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> items;
  for (const auto& [name, count] : counts) {
    if (items.size() == most) {
      items.push_back(fmt::format("and {} more", counts.size() - most));
      break;
    }
    items.push_back(thousands(count) + " " + name);
  }
  return items;
}

template <typename Enum, std::size_t N>
Counts named(const std::array<std::uint64_t, N>& counts) {
  Counts out;
  for (std::size_t i = 0; i < N; ++i) out.emplace_back(name_of(static_cast<Enum>(i)), counts[i]);
  return out;
}

void headline(Page& page, const Summary& s) {
  std::string text = fmt::format("{} {}", thousands(s.pages), s.pages == 1 ? "page" : "pages");
  std::string line = in_colour(text, Colour::bold, page.colours());
  if (s.failed)
    line += ", " + in_colour(thousands(s.failed) + " failed", Colour::red, page.colours());
  line += " in " + duration_text(s.seconds);
  if (s.seconds > 0 && s.pages) {
    const double mb = static_cast<double>(s.bytes) / 1e6;
    line +=
        fmt::format("  ({} pages/s, {} MB/s)", rate_text(static_cast<double>(s.pages) / s.seconds),
                    rate_text(mb / s.seconds));
  }
  page.line(line);
  if (s.interrupted)
    page.line(in_colour("interrupted: the pages after these were not done", Colour::yellow,
                        page.colours()));
}

void failures(Page& page, const Summary& s) {
  std::string_view name = "failed";
  for (const Summary::Failure& failure : s.failures) {
    page.row(name, printable(failure.message), Colour::red);
    name = "";
  }
  if (s.failed > s.failures.size())
    page.row("", fmt::format("and {} more", thousands(s.failed - s.failures.size())));
}

}  // namespace

void Summary::add(const Record& record, std::size_t input_bytes) {
  ++pages;
  bytes += input_bytes;
  words += record.quality.words;
  ++kinds[static_cast<std::size_t>(record.kind)];
  related += record.related.size();
  for (const RelatedLink& link : record.related)
    ++related_kinds[static_cast<std::size_t>(link.kind)];
  teasers += record.teasers.size();
  for (const Teaser& teaser : record.teasers) truncated += teaser.truncated ? 1 : 0;
  for (const std::string& flag : record.quality.flags) ++flags[flag];
}

void Summary::fail(std::string_view origin, std::string_view message) {
  ++failed;
  if (failures.size() < kFailuresShown)
    failures.push_back({std::string(origin), std::string(message)});
}

std::string summary_line(const Summary& s) {
  std::string line = thousands(s.pages) + (s.pages == 1 ? " page" : " pages");
  if (s.failed) line += ", " + thousands(s.failed) + " failed";
  return line + " in " + duration_text(s.seconds) + (s.interrupted ? ", interrupted" : "");
}

std::string summary_text(const Summary& s, bool colours) {
  Page page(colours);
  headline(page, s);
  if (s.pages) {
    page.list("kinds", items_of(named<PageKind>(s.kinds), s.kKinds));
    page.row("body", thousands(s.words) + (s.words == 1 ? " word" : " words"));
    std::vector<std::string> related =
        items_of(named<RelatedKind>(s.related_kinds), s.kRelatedKinds);
    related.insert(related.begin(),
                   thousands(s.related) + (related.empty() ? " links" : " links:"));
    page.list("related", related);
    page.row("teasers", s.teasers ? fmt::format("{}, {} of them cut off", thousands(s.teasers),
                                                thousands(s.truncated))
                                  : "0");
    page.list("flags", items_of(Counts(s.flags.begin(), s.flags.end()), kFlagsShown));
  }
  failures(page, s);
  for (const std::string& output : s.outputs) page.row("written", printable(output));
  return page.take();
}

}  // namespace marrow
