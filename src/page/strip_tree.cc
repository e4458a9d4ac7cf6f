#include "page/strip_tree.h"

#include <algorithm>

namespace marrow {

using namespace strip_names;

namespace {
// html and body, which we do not keep.
constexpr std::size_t kRoots = 2;
// Equal entries the parser keeps on the list of active formatting elements ("Noah's Ark clause").
constexpr std::size_t kArk = 3;

bool is_table_context(const Tag& tag) {
  return tag.has(kTablePart) || tag.name == Name::table_ || tag.name == Name::template_;
}
bool is_cell(Name name) { return name == Name::td_ || name == Name::th_; }
bool is_row_group(Name name) {
  return name == Name::tbody_ || name == Name::thead_ || name == Name::tfoot_;
}
}  // namespace

void OpenElements::reset(std::uint32_t max_depth) {
  stack_.clear();
  active_.clear();
  if (cuts_ > 0) cut_.fill(0);
  cuts_ = pre_ = 0;
  formatting_ = markers_ = templates_ = 0;
  form_ = false;
  max_depth_ = max_depth;
}

bool OpenElements::too_deep(std::size_t more) const {
  // Formatting elements that a block closed are opened again inside the next one.
  const std::size_t listed = active_.size() - markers_;
  const std::size_t reopened = listed > formatting_ ? listed - formatting_ : 0;
  return stack_.size() + reopened + more + kRoots >= max_depth_;
}

OpenElements::Done OpenElements::push(const Start& start, Space space) {
  if (too_deep(1)) return cut(start.tag);
  const Name name = start.tag.name;
  Entry entry{start.tag, space};
  if (space == Space::svg) {
    entry.html_point = name == Name::foreignobject_ || name == Name::desc_ || name == Name::title_;
  } else if (space == Space::math) {
    entry.html_point = start.html_encoding;
    entry.text_point = name == Name::mi_ || name == Name::mo_ || name == Name::mn_ || name == Name::ms_ ||
                       name == Name::mtext_;
  } else {
    if (start.tag.has(kPre)) ++pre_;
    if (start.tag.has(kFormatting)) ++formatting_;
    if (name == Name::template_) ++templates_;
    if (start.tag.has(kMarker)) {
      active_.push_back({Name::other, 0});
      ++markers_;
    }
  }
  stack_.push_back(entry);
  return space == Space::html ? Done::html : Done::foreign;
}

OpenElements::Done OpenElements::cut(const Tag& tag) {
  ++cut_[static_cast<std::size_t>(tag.name)];
  ++cuts_;
  return Done::cut;
}

void OpenElements::leave(const Entry& entry) {
  if (entry.space == Space::html) {
    if (entry.tag.has(kPre)) --pre_;
    if (entry.tag.has(kFormatting)) --formatting_;
    if (entry.tag.name == Name::template_) --templates_;
  }
  if (cuts_ > 0) {
    cut_.fill(0);
    cuts_ = 0;
  }
}

void OpenElements::pop_to(std::size_t size) {
  while (stack_.size() > size) {
    leave(stack_.back());
    stack_.pop_back();
  }
}

void OpenElements::erase(std::size_t at) {
  leave(stack_[at]);
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(at));
}

// From the top: the first element that matches, unless one that stops the search comes before it.
template <typename Match, typename Stop>
std::size_t OpenElements::find(Match match, Stop stop) const {
  for (std::size_t at = stack_.size(); at-- > 0;) {
    if (match(at)) return at;
    if (stop(at)) return kNotFound;
  }
  return kNotFound;
}

std::size_t OpenElements::find_in_scope(Name name, std::uint32_t extra_barriers) const {
  return find([&](std::size_t at) { return is(at, name); },
              [&](std::size_t at) {
                const Entry& entry = stack_[at];
                if (entry.space != Space::html) return entry.html_point || entry.text_point;
                const Name n = entry.tag.name;
                return entry.tag.has(kScope) || (extra_barriers == 1 && n == Name::button_) ||
                       (extra_barriers == 2 && (n == Name::ol_ || n == Name::ul_));
              });
}

std::size_t OpenElements::table_part() const {
  return find([&](std::size_t at) { return stack_[at].space == Space::html && is_table_context(stack_[at].tag); },
              [](std::size_t) { return false; });
}

std::size_t OpenElements::open_select() const {
  return find([&](std::size_t at) { return is(at, Name::select_); },
              [&](std::size_t at) { return !is(at, Name::option_) && !is(at, Name::optgroup_); });
}

bool OpenElements::is_between_rows(Name name) {
  return name == Name::table_ || name == Name::tr_ || name == Name::colgroup_ || is_row_group(name);
}

bool OpenElements::in_table() const {
  return !stack_.empty() && stack_.back().space == Space::html && is_between_rows(stack_.back().tag.name);
}

bool OpenElements::foreign_in_table() const {
  if (!in_foreign()) return false;
  // Other elements of HTML may stand between: what the parser does with a text hangs on the nearest part of a table.
  for (auto at = stack_.rbegin(); at != stack_.rend(); ++at) {
    const Name name = at->tag.name;
    if (at->space != Space::html) continue;
    if (is_between_rows(name)) return true;
    if (name == Name::td_ || name == Name::th_ || name == Name::caption_ || name == Name::template_ || name == Name::select_) return false;
  }
  return false;
}

bool OpenElements::by_html_rules(const Tag& tag) const {
  if (!in_foreign()) return true;
  const Entry& top = stack_.back();
  if (top.html_point) return true;
  return top.text_point && tag.name != Name::mglyph_ && tag.name != Name::malignmark_;
}

OpenElements::Done OpenElements::start(const Start& start) {
  return by_html_rules(start.tag) ? start_html(start) : start_foreign(start);
}

OpenElements::Done OpenElements::start_foreign(const Start& start) {
  if (start.tag.has(kBreakout) || (start.tag.name == Name::font_ && start.font_attribute)) {
    while (in_foreign() && !stack_.back().html_point && !stack_.back().text_point) pop_to(stack_.size() - 1);
    return start_html(start);
  }
  if (start.self_closing) return too_deep(1) ? Done::cut : Done::foreign;
  return push(start, stack_.back().space);
}

void OpenElements::pop_implied() {
  while (!stack_.empty() && stack_.back().space == Space::html && stack_.back().tag.has(kImplied))
    pop_to(stack_.size() - 1);
}

void OpenElements::close_p() {
  const std::size_t p = find_in_scope(Name::p_, 1);
  if (p != kNotFound) pop_to(p);
}

// <li>, <dd>, <dt> end an open one of their kind, unless another block stands between.
void OpenElements::close_item(const Tag& tag) {
  const bool list = tag.name == Name::li_;
  const std::size_t item = find(
      [&](std::size_t at) {
        return list ? is(at, Name::li_) : is(at, Name::dd_) || is(at, Name::dt_);
      },
      [&](std::size_t at) {
        const Entry& e = stack_[at];
        if (e.space != Space::html) return e.html_point || e.text_point;
        return e.tag.has(kSpecial) && e.tag.name != Name::address_ && e.tag.name != Name::div_ &&
               e.tag.name != Name::p_;
      });
  if (item != kNotFound) pop_to(item);
}

OpenElements::Done OpenElements::start_html(const Start& start) {
  const Tag& tag = start.tag;
  if (const std::size_t select = open_select(); select != kNotFound) return start_in_select(select, start);
  if (templates_ > 0 && ignored_in_template(tag)) return Done::foreign;
  switch (tag.name) {
    case Name::html_:
    case Name::head_:
    case Name::body_:
    case Name::frame_:
    case Name::frameset_:
      return Done::foreign;
    case Name::table_:
      return start_table(start);
    case Name::svg_:
    case Name::math_:
      if (start.self_closing) return Done::foreign;
      return push(start, tag.name == Name::svg_ ? Space::svg : Space::math);
    case Name::form_: {
      if (form_) return Done::foreign;
      form_ = true;
      if (in_table()) return Done::html;  // opened and closed at once
      break;
    }
    case Name::option_:
    case Name::optgroup_:
      if (top_is(Name::option_)) pop_to(stack_.size() - 1);
      return push(start);
    case Name::button_:
      if (const std::size_t open = find_in_scope(Name::button_); open != kNotFound) pop_to(open);
      return push(start);
    case Name::rb_:
    case Name::rp_:
    case Name::rt_:
    case Name::rtc_:
      pop_implied();
      return push(start);
    default:
      break;
  }
  if (tag.has(kTablePart)) return start_table_part(start);
  if (tag.name == Name::li_ || tag.name == Name::dd_ || tag.name == Name::dt_) close_item(tag);
  if (tag.has(kClosesP)) close_p();
  if (tag.has(kVoid | kRaw)) return Done::html;
  if (tag.has(kHeading) && !stack_.empty() && !in_foreign() && stack_.back().tag.has(kHeading))
    pop_to(stack_.size() - 1);
  if (tag.has(kFormatting)) return start_formatting(start);
  return push(start);
}

// The first tag in a template decides how all that follows is read.
bool OpenElements::ignored_in_template(const Tag& tag) {
  const std::size_t part = table_part();
  if (part == kNotFound || !is(part, Name::template_)) return false;
  Template& content = stack_[part].content;
  switch (tag.name) {
    case Name::base_:
    case Name::link_:
    case Name::meta_:
    case Name::script_:
    case Name::style_:
    case Name::title_:
      return content == Template::columns;
    case Name::template_:
      return false;
    default:
      break;
  }
  if (content == Template::open) {
    content = tag.name == Name::col_ ? Template::columns : tag.has(kTablePart) ? Template::table : Template::body;
    return false;
  }
  if (content == Template::columns) return tag.name != Name::col_;
  return content == Template::body && tag.has(kTablePart);
}

// A select takes options, scripts and templates; a few tags end it, all others are ignored.
OpenElements::Done OpenElements::start_in_select(std::size_t select, const Start& start) {
  const Tag& tag = start.tag;
  switch (tag.name) {
    case Name::option_:
      if (top_is(Name::option_)) pop_to(stack_.size() - 1);
      return push(start);
    case Name::optgroup_:
      pop_to(select + 1);
      return push(start);
    case Name::script_:
      return Done::html;
    case Name::template_:
      return push(start);
    case Name::select_:
      pop_to(select);
      return Done::foreign;
    case Name::input_:
    case Name::keygen_:
    case Name::textarea_:
      pop_to(select);
      return start_html(start);
    default:
      break;
  }
  const bool table = tag.name == Name::table_ || (tag.has(kTablePart) && tag.name != Name::col_ && tag.name != Name::colgroup_);
  if (!table || table_part() == kNotFound || is(table_part(), Name::template_)) return Done::foreign;
  pop_to(select);
  return start_html(start);
}

OpenElements::Done OpenElements::start_table(const Start& start) {
  const std::size_t part = table_part();
  const bool between = part != kNotFound && !is_cell(stack_[part].tag.name) && !is(part, Name::caption_) &&
                       !is(part, Name::template_);
  if (between) {  // a table right inside a table ends the outer one
    const std::size_t outer = find([&](std::size_t at) { return is(at, Name::table_); },
                                   [&](std::size_t at) { return is(at, Name::template_); });
    if (outer != kNotFound) pop_to(outer);
  } else {
    close_p();
  }
  return push(start);
}

OpenElements::Done OpenElements::start_table_part(const Start& start) {
  const Name name = start.tag.name;
  const std::size_t part = table_part();
  if (part == kNotFound) return Done::foreign;
  const bool cell = is_cell(name);
  const bool row = name == Name::tr_;
  const std::size_t root = find(
      [&](std::size_t at) {
        if (stack_[at].space != Space::html) return false;
        const Name n = stack_[at].tag.name;
        return n == Name::table_ || n == Name::template_ || (cell && n == Name::tr_) ||
               ((cell || row) && is_row_group(n));
      },
      [](std::size_t) { return false; });
  if (root == kNotFound) return Done::foreign;
  pop_to(root + 1);
  if (is_cell(start.tag.name) || row || is_row_group(name)) {
    // What the parser puts between: <table><td> opens tbody and tr.
    if (is(root, Name::table_) && (cell || row) && push({find_tag("tbody", 5)}) == Done::cut) return cut(start.tag);
    if (cell && !top_is(Name::tr_) && !top_is(Name::template_) && push({find_tag("tr", 2)}) == Done::cut) return cut(start.tag);
  }
  return start.tag.has(kVoid) ? Done::html : push(start);
}

OpenElements::Done OpenElements::start_formatting(const Start& start) {
  const Name name = start.tag.name;
  if (name == Name::a_ || (name == Name::nobr_ && find_in_scope(Name::nobr_) != kNotFound)) end_formatting(start.tag);
  if (too_deep(1)) return cut(start.tag);
  std::size_t equal = 0;
  std::size_t first = 0;
  for (std::size_t at = active_.size(); at-- > 0 && active_[at].name != Name::other;) {
    if (active_[at].name != name || active_[at].attributes != start.attributes) continue;
    ++equal;
    first = at;
  }
  if (equal >= kArk) active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(first));
  active_.push_back({name, start.attributes});
  return push(start);
}

bool OpenElements::end(const Tag& tag) {
  if (cuts_ > 0 && cut_[static_cast<std::size_t>(tag.name)] > 0) {
    --cut_[static_cast<std::size_t>(tag.name)];
    --cuts_;
    return false;
  }
  if (!in_foreign()) return end_html(tag);
  // In svg and math an end tag closes the innermost element of its name, up to the first HTML element.
  for (std::size_t at = stack_.size(); at-- > 0;) {
    if (stack_[at].space == Space::html) break;
    if (stack_[at].tag.hash != tag.hash) continue;
    pop_to(at);
    return true;
  }
  return end_html(tag);
}

void OpenElements::clear_to_marker() {
  while (!active_.empty() && active_.back().name != Name::other) active_.pop_back();
  if (active_.empty()) return;
  active_.pop_back();
  --markers_;
}

bool OpenElements::end_html(const Tag& tag) {
  const std::size_t select = open_select();
  if (select != kNotFound) {
    const bool table = tag.name == Name::table_ || tag.has(kTablePart);
    if (tag.name == Name::select_) pop_to(select);
    if (tag.name == Name::option_ && top_is(Name::option_)) pop_to(stack_.size() - 1);
    if (tag.name == Name::optgroup_) {
      if (top_is(Name::option_) && stack_.size() > select + 2) pop_to(stack_.size() - 1);
      if (top_is(Name::optgroup_)) pop_to(stack_.size() - 1);
    }
    if (!table && tag.name != Name::template_) return true;
  }
  switch (tag.name) {
    case Name::html_:
    case Name::head_:
    case Name::body_:
      return true;
    case Name::p_:
      close_p();
      return true;
    case Name::form_:
      end_form();
      return true;
    case Name::template_:
    case Name::table_: {
      const std::size_t open = find([&](std::size_t at) { return is(at, tag.name); },
                                    [&](std::size_t at) { return is(at, Name::template_); });
      if (open != kNotFound) pop_to(open);
      if (open != kNotFound && tag.name == Name::template_) clear_to_marker();
      return true;
    }
    default:
      break;
  }
  if (tag.has(kTablePart)) {
    const std::size_t open = find([&](std::size_t at) { return is(at, tag.name); },
                                  [&](std::size_t at) { return is(at, Name::table_) || is(at, Name::template_); });
    if (open == kNotFound) return true;
    pop_to(open);
    if (tag.has(kMarker)) clear_to_marker();
  } else if (tag.has(kHeading)) {
    const std::size_t open = find([&](std::size_t at) { return stack_[at].space == Space::html && stack_[at].tag.has(kHeading); },
                                  [&](std::size_t at) { return stack_[at].tag.has(kScope) || stack_[at].html_point || stack_[at].text_point; });
    if (open != kNotFound) pop_to(open);
  } else if (tag.has(kBlockEnd) || tag.name == Name::li_ || tag.name == Name::dd_ || tag.name == Name::dt_) {
    const std::size_t open = find_in_scope(tag.name, tag.name == Name::li_ ? 2 : 0);
    if (open == kNotFound) return true;
    pop_to(open);
    if (tag.has(kMarker)) clear_to_marker();
  } else if (tag.has(kFormatting)) {
    end_formatting(tag);
  } else {
    end_any(tag);
  }
  return true;
}

void OpenElements::end_form() {
  if (!form_) return;
  form_ = false;
  const std::size_t form = find_in_scope(Name::form_);
  if (form == kNotFound) return;
  pop_implied();
  if (form < stack_.size()) erase(form);
}

void OpenElements::end_any(const Tag& tag) {
  for (std::size_t at = stack_.size(); at-- > 0;) {
    // To Gumbo all HTML tags that it does not know by name are one.
    const bool html = stack_[at].space == Space::html;
    if (html ? stack_[at].tag.name == tag.name : stack_[at].tag.hash == tag.hash) return pop_to(at);
    if (stack_[at].space == Space::html ? stack_[at].tag.has(kSpecial) : stack_[at].html_point || stack_[at].text_point) return;
  }
}

// What the "adoption agency" leaves open: blocks inside the formatting element stay, it goes, and with
// it what is neither a block nor a formatting element.
void OpenElements::end_formatting(const Tag& tag) {
  std::size_t listed = kNotFound;
  for (std::size_t at = active_.size(); at-- > 0 && active_[at].name != Name::other;) {
    if (active_[at].name != tag.name) continue;
    listed = at;
    break;
  }
  if (listed == kNotFound) return end_any(tag);
  const std::size_t open = find([&](std::size_t at) { return is(at, tag.name); }, [](std::size_t) { return false; });
  if (open != kNotFound && find_in_scope(tag.name) == kNotFound) return;
  active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(listed));
  if (open == kNotFound) return;
  std::size_t last_block = open;
  for (std::size_t at = open + 1; at < stack_.size(); ++at)
    if (stack_[at].space == Space::html && stack_[at].tag.has(kSpecial)) last_block = at;
  pop_to(last_block == open ? open : last_block + 1);
  if (last_block == open) return;
  std::size_t kept = open;
  leave(stack_[open]);
  for (std::size_t at = open + 1; at < stack_.size(); ++at) {
    if (stack_[at].tag.has(kSpecial | kFormatting) || stack_[at].space != Space::html) stack_[kept++] = stack_[at];
  }
  stack_.resize(kept);
}

}  // namespace marrow
