#include "memory/page_memory.h"

#include "memory/bytes.h"

namespace marrow {
namespace {

void put_hashes(std::string& out, const std::vector<std::uint32_t>& hashes) {
  put(out, static_cast<std::uint16_t>(hashes.size()));
  for (const std::uint32_t hash : hashes) put(out, hash);
}

bool get_hashes(ByteReader& in, std::size_t most, std::vector<std::uint32_t>& hashes) {
  const std::size_t count = in.get<std::uint16_t>();
  if (count > most) return false;
  hashes.resize(count);
  for (std::uint32_t& hash : hashes) hash = in.get<std::uint32_t>();
  return in.good();
}

void put_list(std::string& out, const ListSeen& list) {
  put(out, list.place);
  put(out, list.path);
  put(out, static_cast<std::uint8_t>(list.self));
  put(out, list.onward);
  for (const std::uint8_t kind : list.kinds) put(out, kind);
  put_hashes(out, list.targets);
}

bool get_list(ByteReader& in, ListSeen& list) {
  list.place = in.get<std::uint32_t>();
  list.path = in.get<std::uint32_t>();
  list.self = in.get<std::uint8_t>() != 0;
  list.onward = in.get<std::uint8_t>();
  for (std::uint8_t& kind : list.kinds) kind = in.get<std::uint8_t>();
  return get_hashes(in, kMaxTargets, list.targets);
}

}  // namespace

std::string to_bytes(const PageTemplate& page) {
  std::string out;
  put_hashes(out, page.texts);
  put(out, static_cast<std::uint16_t>(page.lists.size()));
  for (const ListSeen& list : page.lists) put_list(out, list);
  return out;
}

bool from_bytes(std::string_view bytes, PageTemplate& page) {
  ByteReader in(bytes);
  if (!get_hashes(in, kMaxTexts, page.texts)) return false;
  const std::size_t lists = in.get<std::uint16_t>();
  if (lists > kMaxLists) return false;
  page.lists.resize(lists);
  for (ListSeen& list : page.lists)
    if (!get_list(in, list)) return false;
  return in.good() && in.at_end();
}

std::string to_bytes(const PageIdentity& page) {
  std::string out;
  put(out, static_cast<std::uint8_t>(page.kind));
  put(out, page.title);
  put(out, page.begins);
  put_hashes(out, page.openings);
  put(out, static_cast<std::uint16_t>(page.url.size()));
  out += page.url;
  return out;
}

bool from_bytes(std::string_view bytes, PageIdentity& page) {
  ByteReader in(bytes);
  const std::uint8_t kind = in.get<std::uint8_t>();
  if (kind > static_cast<std::uint8_t>(PageKind::service)) return false;
  page.kind = static_cast<PageKind>(kind);
  page.title = in.get<std::uint32_t>();
  page.begins = in.get<std::uint32_t>();
  if (!get_hashes(in, kMaxOpenings, page.openings)) return false;
  const std::size_t length = in.get<std::uint16_t>();
  if (length > kMaxUrl) return false;
  page.url = std::string(in.take(length));
  return in.good() && in.at_end();
}

}  // namespace marrow
