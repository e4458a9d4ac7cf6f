// OpenElements: which elements the HTML parser will have open, told from the tags alone. A cheap
// shadow of its stack and of its list of active formatting elements (HTML standard, 13.2.4). Strip asks
// it how deep the next tag would nest, whether a tag's content is raw text, whether white space
// counts. Never holds more than max_depth elements: a tag beyond is counted, not kept. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "page/strip_names.h"

namespace marrow {

class OpenElements {
 public:
  // What a start tag brings along that the rules ask for.
  struct Start {
    strip_names::Tag tag;
    bool self_closing = false;
    bool html_encoding = false;       // annotation-xml whose encoding is (X)HTML
    bool font_attribute = false;      // <font> with color, face or size
    std::uint32_t attributes = 0;     // hash of all: equal elements on the formatting list count once
  };
  enum class Done : std::uint8_t {
    html,     // an HTML element now: raw text rules hold
    foreign,  // an element of svg or math, or a tag the parser ignores
    cut,      // too deep: leave the tag out
  };

  void reset(std::uint32_t max_depth);
  Done start(const Start& start);
  bool end(const strip_names::Tag& tag);  // false: leave the tag out, its start tag was

  bool form_open() const { return form_; }
  bool in_pre() const { return pre_ > 0; }
  bool in_foreign() const { return !stack_.empty() && stack_.back().space != Space::html; }
  bool in_svg() const { return !stack_.empty() && stack_.back().space == Space::svg; }
  // Between the rows of a table, where the parser holds text back.
  bool in_table() const;
  // The same of svg and math that stands there.
  bool foreign_in_table() const;

 private:
  static bool is_between_rows(strip_names::Name name);
  enum class Space : std::uint8_t { html, svg, math };
  // What the first tag in a template made it hold; columns take nothing else.
  enum class Template : std::uint8_t { open, body, table, columns };
  struct Entry {
    strip_names::Tag tag;
    Space space = Space::html;
    bool html_point = false;  // HTML integration point
    bool text_point = false;  // MathML text integration point
    Template content = Template::open;
  };
  struct Active {
    strip_names::Name name;     // other = a marker
    std::uint32_t attributes;
  };
  static constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

  bool is(std::size_t at, strip_names::Name name) const {
    return stack_[at].space == Space::html && stack_[at].tag.name == name;
  }
  bool top_is(strip_names::Name name) const { return !stack_.empty() && is(stack_.size() - 1, name); }
  bool too_deep(std::size_t more) const;
  bool by_html_rules(const strip_names::Tag& tag) const;
  template <typename Match, typename Stop>
  std::size_t find(Match match, Stop stop) const;
  std::size_t find_in_scope(strip_names::Name name, std::uint32_t extra_barriers = 0) const;
  std::size_t table_part() const;
  std::size_t open_select() const;

  Done push(const Start& start, Space space = Space::html);
  Done cut(const strip_names::Tag& tag);
  void pop_to(std::size_t size);
  void erase(std::size_t at);
  void leave(const Entry& entry);
  void pop_implied();
  void close_p();

  Done start_html(const Start& start);
  Done start_foreign(const Start& start);
  bool ignored_in_template(const strip_names::Tag& tag);
  Done start_in_select(std::size_t select, const Start& start);
  Done start_table_part(const Start& start);
  Done start_table(const Start& start);
  Done start_formatting(const Start& start);
  void close_item(const strip_names::Tag& tag);
  bool end_html(const strip_names::Tag& tag);
  void end_formatting(const strip_names::Tag& tag);
  void end_any(const strip_names::Tag& tag);
  void end_form();
  void clear_to_marker();

  std::vector<Entry> stack_;
  std::vector<Active> active_;
  std::array<std::uint32_t, 256> cut_{};  // open elements left out, by tag, inside the innermost kept one
  std::uint32_t cuts_ = 0;
  std::uint32_t max_depth_ = 512;
  std::uint32_t pre_ = 0;
  std::size_t formatting_ = 0;  // formatting elements on the stack
  std::size_t markers_ = 0;
  std::size_t templates_ = 0;
  bool form_ = false;
};

}  // namespace marrow
