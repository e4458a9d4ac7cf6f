#include "record/json_ld_body.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/keyed_hash.h"
#include "base/text.h"
#include "record/entities.h"
#include "record/json_ld.h"

namespace marrow {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// Nodes looked at; a thread of a forum page has some hundred posts.
constexpr std::size_t kMaxNodes = 1000;
// Bytes of one text. A long article has 100 kB.
constexpr std::size_t kMaxText = std::size_t{1} << 20;
// A page that names more items than this side by side is an index: their descriptions are no body of its own.
constexpr std::size_t kManyItems = 3;

std::string_view string_in(const element& value) {
  std::string_view text;
  return value.get(text) ? std::string_view{} : text.substr(0, kMaxText);
}

std::string_view local_name(std::string_view name) {
  const auto slash = name.find_last_of("/#:");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

enum class Part { none, item, post, section };

// What a node's text is to the page: an item with a body of its own, a post or answer in a row of them, a step.
Part part_named(std::string_view name) {
  constexpr std::array kItems = {std::string_view("Product"), std::string_view("ProductGroup"), std::string_view("Recipe"),
                                 std::string_view("JobPosting"), std::string_view("Course"), std::string_view("SoftwareApplication"),
                                 std::string_view("Service"), std::string_view("VideoObject"), std::string_view("PodcastEpisode"),
                                 std::string_view("Book"), std::string_view("Movie"), std::string_view("HowTo"),
                                 std::string_view("Report"), std::string_view("Review"), std::string_view("CreativeWork")};
  if (name == "Question" || name == "Answer" || name == "Comment" || name == "DiscussionForumPosting" || name == "SocialMediaPosting")
    return Part::post;
  if (name == "HowToStep" || name == "HowToSection" || name == "HowToDirection") return Part::section;
  if (name.ends_with("Article") || name.ends_with("BlogPosting") || name.ends_with("Event")) return Part::item;
  return std::find(kItems.begin(), kItems.end(), name) != kItems.end() ? Part::item : Part::none;
}

Part part_of(const object& node) {
  element type;
  if (node["@type"].get(type)) return Part::none;
  if (type.is_string()) return part_named(local_name(string_in(type)));
  array list;
  if (type.get(list)) return Part::none;
  for (element one : list)
    if (const Part part = part_named(local_name(string_in(one))); part != Part::none) return part;
  return Part::none;
}

// Keys whose values go on with the text of the node they stand in, in the order they are read on a page.
constexpr std::array<std::string_view, 8> kInside = {"recipeIngredient", "recipeInstructions", "step", "itemListElement",
                                                     "acceptedAnswer",   "suggestedAnswer",    "comment", "hasPart"};
// Keys that lead to the item a page is about.
constexpr std::array<std::string_view, 3> kDown = {"@graph", "mainEntity", "mainEntityOfPage"};

class Reader {
 public:
  void read(std::string_view script) {
    simdjson::dom::parser parser(std::size_t{16} << 20);
    element root;
    const std::string_view text = trim(script);
    if (text.empty()) return;
    if (parser.parse(simdjson::padded_string(text)).get(root) &&
        parser.parse(simdjson::padded_string(repair_json(text))).get(root))
      return;
    walk(root);
  }

  std::vector<std::string> finish() {
    // Of several items beside each other the first one with the longest kind of text would be a guess: an index has no body.
    if (items_ > kManyItems) return {};
    return std::move(paragraphs_);
  }

 private:
  struct Open {
    element value;
    bool inside;  // an item or a post: plain strings are its text
  };

  void walk(element root) {
    std::vector<Open> open{{root, false}};
    while (!open.empty() && ++seen_ < kMaxNodes) {
      const Open next = open.back();
      open.pop_back();
      object node;
      array list;
      if (!next.value.get(list)) {
        push_list(list, next.inside, open);
      } else if (!next.value.get(node)) {
        enter(node, next.inside, open);
      } else if (next.inside) {
        add(string_in(next.value));
      }
    }
  }

  static void push_list(const array& list, bool inside, std::vector<Open>& open) {
    const std::size_t first = open.size();
    for (element one : list)
      if (open.size() - first < kMaxNodes) open.push_back({one, inside});
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }

  void enter(const object& node, bool inside, std::vector<Open>& open) {
    const Part part = part_of(node);
    if (part == Part::item && inside) return;  // part of another item: a course's lessons, a product's variants
    items_ += part == Part::item;
    if (part != Part::none) own_text(node, part);
    const std::size_t first = open.size();
    if (part != Part::none)
      for (std::string_view key : kInside)
        if (element value; !node[key].get(value)) open.push_back({value, true});
    if (!inside)
      for (std::string_view key : kDown)
        if (element value; !node[key].get(value) && !value.is_string()) open.push_back({value, false});
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }

  // The fullest text of a node; a question is its name and what it goes on with.
  void own_text(const object& node, Part part) {
    element name;
    if (part == Part::post && !node["name"].get(name)) add(string_in(name));
    for (std::string_view key : {"articleBody", "reviewBody", "text", "description"}) {
      element value;
      if (node[key].get(value)) continue;
      const std::string_view text = string_in(value);
      if (trim(text).empty()) continue;
      return add(text);
    }
  }

  void add(std::string_view text) {
    for (std::string& paragraph : plain_paragraphs(text))
      if (said_.insert(paragraph).second) paragraphs_.push_back(std::move(paragraph));
  }

  std::vector<std::string> paragraphs_;
  std::unordered_set<std::string, KeyedHash, std::equal_to<>> said_;
  std::size_t items_ = 0;
  std::size_t seen_ = 0;
};

}  // namespace

std::vector<std::string> read_json_ld_body(const std::vector<std::string_view>& scripts) {
  Reader reader;
  for (std::string_view script : scripts) reader.read(script);
  return reader.finish();
}

}  // namespace marrow
