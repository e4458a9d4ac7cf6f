#include "batch/page_wire.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>
#include <vector>

namespace marrow {
namespace {

// The fields in one place, for both ways. A new field in one of these structs does not compile until it is here.
template <typename Visitor, typename ALink>
void visit_link(Visitor& visit, ALink& link) {
  auto& [url, text, kind] = link;
  visit(url, text, kind);
}

template <typename Visitor, typename ATeaser>
void visit_teaser(Visitor& visit, ATeaser& teaser) {
  auto& [text, url, truncated, page] = teaser;
  visit(text, url, truncated, page);
}

template <typename Visitor, typename AQuality>
void visit_quality(Visitor& visit, AQuality& quality) {
  auto& [confidence, words, flags, emptied_by] = quality;
  visit(confidence, words, flags, emptied_by);
}

template <typename Visitor, typename AnInput>
void visit_input(Visitor& visit, AnInput& input) {
  auto& [id, url, bytes, content, charset, fetched_at, status, truncated, origin] = input;
  static_cast<void>(bytes);  // sent by themselves
  visit(id, url, content, charset, fetched_at, status, truncated, origin);
}

template <typename Visitor, typename ARecord>
void visit_record(Visitor& visit, ARecord& record) {
  auto& [id, url, canonical_url, fetched_at, status, title, author, published, modified, site, language, description, image, kind, body,
         related, teasers, quality, rules, charset] = record;
  visit(id, url, canonical_url, fetched_at, status, title, author, published, modified, site, language, description, image, kind, body,
        related, teasers, quality, rules, charset);
}

template <typename Visitor, typename AnExtras>
void visit_extras(Visitor& visit, AnExtras& extras) {
  auto& [rules, summary, times] = extras;
  visit(rules, summary, times.nanos);
}

template <typename Visitor, typename ASummary>
void visit_summary(Visitor& visit, ASummary& summary) {
  auto& [host, key, stamp, page_template, identity] = summary;
  visit(host, key, stamp, page_template, identity);
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  template <typename... Fields>
  void operator()(const Fields&... fields) {
    (put(fields), ...);
  }

 private:
  template <typename Plain>
    requires std::is_arithmetic_v<Plain> || std::is_enum_v<Plain>
  void put(const Plain& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(const std::string& text) {
    put(static_cast<std::uint64_t>(text.size()));
    out_ += text;
  }
  template <typename Item>
  void put(const std::vector<Item>& items) {
    put(static_cast<std::uint64_t>(items.size()));
    for (const Item& item : items) put(item);
  }
  void put(const RelatedLink& link) { visit_link(*this, link); }
  void put(const Teaser& teaser) { visit_teaser(*this, teaser); }
  void put(const Quality& quality) { visit_quality(*this, quality); }
  void put(const PageSummary& summary) { visit_summary(*this, summary); }
  void put(const std::optional<PageSummary>& summary) {
    put(summary.has_value());
    if (summary) put(*summary);
  }
  void put(const std::array<std::uint64_t, kStages>& nanos) {
    for (const std::uint64_t stage : nanos) put(stage);
  }

  std::string& out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  template <typename... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }
  bool whole() const { return good_ && left_.empty(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > left_.size()) {
      good_ = false;
      left_ = {};
      return {};
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  template <typename Plain>
    requires std::is_arithmetic_v<Plain> || std::is_enum_v<Plain>
  void get(Plain& value) {
    const std::string_view bytes = take(sizeof value);
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
  }
  void get(bool& flag) {
    const std::string_view byte = take(1);
    flag = !byte.empty() && byte[0] != 0;
  }
  std::uint64_t size() {
    std::uint64_t size = 0;
    get(size);
    return size;
  }
  void get(std::string& text) { text = take(size()); }
  template <typename Item>
  void get(std::vector<Item>& items) {
    items.clear();
    for (std::uint64_t more = size(); more > 0 && good_; --more) get(items.emplace_back());
  }
  void get(RelatedLink& link) { visit_link(*this, link); }
  void get(Teaser& teaser) { visit_teaser(*this, teaser); }
  void get(Quality& quality) { visit_quality(*this, quality); }
  void get(PageSummary& summary) { visit_summary(*this, summary); }
  void get(std::optional<PageSummary>& summary) {
    bool there = false;
    get(there);
    summary.reset();
    if (there) get(summary.emplace());
  }
  void get(std::array<std::uint64_t, kStages>& nanos) {
    for (std::uint64_t& stage : nanos) get(stage);
  }

  std::string_view left_;
  bool good_ = true;
};

}  // namespace

void pack_input(const Input& input, std::string& out, bool with_extras) {
  Writer writer(out);
  visit_input(writer, input);
  writer(with_extras);
}

bool unpack_input(std::string_view bytes, Input& input, bool* with_extras) {
  Reader reader(bytes);
  visit_input(reader, input);
  bool extras = false;
  reader(extras);
  if (with_extras) *with_extras = extras;
  return reader.whole();
}

void pack_times(const StageTimes& times, std::string& out) {
  Writer writer(out);
  for (const std::uint64_t nanos : times.nanos) writer(nanos);
}

bool unpack_times(std::string_view bytes, StageTimes& times) {
  Reader reader(bytes);
  for (std::uint64_t& nanos : times.nanos) reader(nanos);
  return reader.whole();
}

void pack_record(const Record& record, std::string& out, const PageExtras* extras) {
  Writer writer(out);
  visit_record(writer, record);
  if (extras) visit_extras(writer, *extras);
}

bool unpack_record(std::string_view bytes, Record& record, PageExtras* extras) {
  Reader reader(bytes);
  visit_record(reader, record);
  if (extras) visit_extras(reader, *extras);
  if (!reader.whole()) return false;
  // Kinds are indexes elsewhere.
  const auto known = [](const RelatedLink& link) { return link.kind <= RelatedKind::item; };
  return record.kind <= PageKind::service && std::all_of(record.related.begin(), record.related.end(), known);
}

}  // namespace marrow
