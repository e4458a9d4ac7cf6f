#include "record/markdown.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "record/body.h"
#include "record/inline_markdown.h"
#include "record/markdown_table.h"

namespace marrow {
namespace {

constexpr std::size_t kMaxNesting = 12;  // lists and quotes around a block; deeper ones are flattened
constexpr std::uint32_t kMaxOrdinal = 999999999;  // CommonMark reads nine digits

// A list item or a block quote around a block.
struct Container {
  Id element = kNone;
  Id list = kNone;  // kNone = a block quote
};

std::uint32_t start_of(const Document& doc, Id list) {
  const std::string_view text = doc.attr(list, "start");
  std::uint32_t start = 1;
  std::from_chars(text.data(), text.data() + text.size(), start);
  return std::min(start, kMaxOrdinal);
}

// A name of a language for the fence: class "language-x", "lang-x", "highlight-source-x", data-lang.
std::string language_named(const Document& doc, Id element) {
  std::string_view found = doc.attr(element, "data-lang");
  if (found.empty()) found = doc.attr(element, "data-language");
  const std::string_view cls = doc.elements[element].cls;
  for (std::string_view prefix : {"language-", "lang-", "highlight-source-", "brush:"})
    if (const auto at = cls.find(prefix); found.empty() && at != std::string_view::npos) found = trim(cls.substr(at + prefix.size()));
  std::string out;
  for (char c : found) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '#' || c == '-' || c == '.';
    if (!good || out.size() == 30) break;
    out += c;
  }
  return out == "none" || out == "text" ? std::string() : out;
}

class Writer {
 public:
  Writer(const Document& doc, const Labels& labels, const MarkdownOptions& options, std::string& out)
      : doc_(doc), labels_(labels), options_(options), out_(out) {}

  void write() {
    std::size_t image = 0;
    for (Id id = 0; id < doc_.blocks.size(); ++id) {
      if (!is_body(id)) continue;
      const Block& block = doc_.blocks[id];
      const Surroundings around = surroundings_of(doc_, block);
      const auto containers = containers_of(block);
      if (options_.images) write_images(image, id, containers);
      if (around.table != kNone && is_data(around.table)) {
        const Id end = doc_.elements[around.table].end_block;
        paragraph(table_lines(doc_, labels_, around.table), containers);
        id = end - 1;
      } else if (around.pre != kNone || block.pre) {
        id = write_code(id, around.pre, containers);
      } else {
        write_block(block, containers);
      }
    }
  }

 private:
  bool is_body(Id id) const { return labels_.blocks[id].label == Label::body; }

  bool is_data(Id table) {
    if (table != judged_table_) {
      judged_table_ = table;
      judged_ = is_data_table(doc_, labels_, table);
    }
    return judged_;
  }

  // Outermost first.
  std::vector<Container> containers_of(const Block& block) const {
    std::vector<Container> out;
    Id item = kNone;
    for (Id e = block.element; e != kNone; e = doc_.elements[e].parent) {
      const Tag tag = doc_.elements[e].tag;
      if (tag == Tag::blockquote_) out.push_back({e, kNone});
      if (tag == Tag::li_) item = e;
      if ((tag == Tag::ul_ || tag == Tag::ol_ || tag == Tag::menu_) && item != kNone) {
        out.push_back({item, e});
        item = kNone;
      }
    }
    if (out.size() > kMaxNesting) out.erase(out.begin() + kMaxNesting, out.end());
    std::reverse(out.begin(), out.end());
    return out;
  }

  void write_block(const Block& block, const std::vector<Container>& containers) {
    const auto size = static_cast<std::uint32_t>(block.text.size());
    if (block.heading_level) {
      std::string line(block.heading_level, '#');
      line += ' ';
      append_inline(doc_, block, 0, size, {Breaks::space, false}, line);
      return paragraph({line}, containers);
    }
    // Two line breaks in a row are a new paragraph.
    for (std::uint32_t begin = 0; begin < size;) {
      auto end = static_cast<std::uint32_t>(std::min<std::size_t>(block.text.find("\n\n", begin), size));
      std::string text;
      append_inline(doc_, block, begin, end, {}, text);
      if (!text.empty()) paragraph(lines_of(text), containers);
      while (end < size && block.text[end] == '\n') ++end;
      begin = end;
    }
  }

  static std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (true) {
      const auto end = text.find('\n');
      lines.emplace_back(text.substr(0, end));
      if (end == std::string_view::npos) return lines;
      text.remove_prefix(end + 1);
    }
  }

  // The blocks of one <pre> in one fence. Returns the last of them.
  Id write_code(Id first, Id pre, const std::vector<Container>& containers) {
    std::string text;
    Id last = first;
    for (Id id = first; id < doc_.blocks.size(); ++id) {
      if (id > first && (pre == kNone || !doc_.inside(doc_.blocks[id].element, pre))) break;
      if (!is_body(id)) continue;
      if (id > first) text += '\n';
      text += doc_.blocks[id].text;
      last = id;
    }
    std::replace(text.begin(), text.end(), '\r', '\n');
    std::size_t longest = 2, here = 0;
    for (char c : text) longest = std::max(longest, here = c == '`' ? here + 1 : 0);
    const std::string fence(longest + 1, '`');
    if (!text.empty() && text.back() == '\n') text.pop_back();
    auto lines = lines_of(text);
    lines.insert(lines.begin(), fence + code_language(first, pre));
    lines.push_back(fence);
    paragraph(lines, containers);
    return last;
  }

  std::string code_language(Id block, Id pre) const {
    const Block& b = doc_.blocks[block];
    for (Id s = b.first_span; s < b.end_span; ++s)
      if (doc_.elements[doc_.spans[s].element].tag == Tag::code_)
        if (std::string name = language_named(doc_, doc_.spans[s].element); !name.empty()) return name;
    int up = 0;
    for (Id e = pre == kNone ? b.element : pre; e != kNone && up < 3; e = doc_.elements[e].parent, ++up)
      if (std::string name = language_named(doc_, e); !name.empty()) return name;
    return {};
  }

  void write_images(std::size_t& next, Id block, const std::vector<Container>& containers) {
    for (; next < doc_.images.size() && doc_.images[next].block <= block; ++next) {
      const Image& image = doc_.images[next];
      if (image.block != block || image.src.empty()) continue;
      std::string line = "![";
      append_escaped(image.alt, {Breaks::space, false}, line);
      line += "](";
      append_destination(image.src, line);
      line += ')';
      paragraph({line}, containers);
    }
  }

  // Lines of one paragraph, heading, table or fence, set into its containers.
  void paragraph(const std::vector<std::string>& lines, const std::vector<Container>& containers) {
    std::size_t shared = 0;
    while (shared < open_.size() && shared < containers.size() && open_[shared].element == containers[shared].element) ++shared;
    gap(shared, containers);
    open_.resize(shared);
    marks_.resize(shared);
    std::string first;
    for (std::size_t i = 0; i < shared; ++i) first += marks_[i];
    for (std::size_t i = shared; i < containers.size(); ++i) {
      const std::string mark = mark_of(containers[i], i);
      first += mark;
      open_.push_back(containers[i]);
      marks_.push_back(containers[i].list == kNone ? mark : std::string(mark.size(), ' '));
    }
    std::string rest;
    for (const std::string& mark : marks_) rest += mark;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string line = (i ? rest : first) + lines[i];
      if (lines[i].empty())
        while (!line.empty() && line.back() == ' ') line.pop_back();
      if (i) out_ += '\n';
      out_ += line;
    }
  }

  // A blank line between two paragraphs, inside the quotes that both stand in; none between the items of a list.
  void gap(std::size_t shared, const std::vector<Container>& containers) {
    if (out_.empty()) return;
    const bool next_item = shared < open_.size() && shared < containers.size() && open_[shared].list != kNone &&
                           open_[shared].list == containers[shared].list && open_.size() == shared + 1 && containers.size() == shared + 1;
    out_ += '\n';
    if (next_item) return;
    std::string prefix;
    for (std::size_t i = 0; i < shared; ++i) prefix += marks_[i];
    while (!prefix.empty() && prefix.back() == ' ') prefix.pop_back();
    out_ += prefix;
    out_ += '\n';
  }

  // Two lists in a row need different marks, or they would be one.
  std::string mark_of(const Container& container, std::size_t level) {
    if (container.list == kNone) return "> ";
    if (last_.size() <= level) last_.resize(level + 1);
    LastList& last = last_[level];
    if (last.list != container.list) last = {container.list, last.list != kNone && !last.other_mark};
    if (doc_.elements[container.list].tag != Tag::ol_) return last.other_mark ? "* " : "- ";
    std::uint64_t number = std::uint64_t{start_of(doc_, container.list)} + doc_.elements[container.element].ordinal - 1;
    if (const std::string_view value = doc_.attr(container.element, "value"); !value.empty()) std::from_chars(value.data(), value.data() + value.size(), number);
    return std::to_string(std::min<std::uint64_t>(number, kMaxOrdinal)) + (last.other_mark ? ") " : ". ");
  }

  struct LastList {
    Id list = kNone;
    bool other_mark = false;
  };

  const Document& doc_;
  const Labels& labels_;
  MarkdownOptions options_;
  std::string& out_;
  std::vector<Container> open_;     // of the paragraph written last
  std::vector<std::string> marks_;  // what its continuation lines begin with
  Id judged_table_ = kNone;
  bool judged_ = false;
  std::vector<LastList> last_;  // the list seen last on each level of nesting
};

}  // namespace

void append_markdown(const Document& doc, const Labels& labels, const MarkdownOptions& options, std::string& out) {
  std::string text;
  Writer(doc, labels, options, text).write();
  out += text;
}

}  // namespace marrow
