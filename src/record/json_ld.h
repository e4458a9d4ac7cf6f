// JSON-LD of a page as facts. Takes the contents of its <script type="application/ld+json">, gives the nodes a
// cleaner needs, flattened (@graph, arrays, nested authors, references by @id). Broken JSON is mended where that
// is safe: wrappers, comments, trailing commas, raw control characters, glued or unfinished objects.
// Never fails: what cannot be read is left out. Owns its strings. The door to simdjson of this stage. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

enum class LdType : std::uint8_t { other, article, web_page, product, organization, web_site, person, posting, listing };

struct LdName {
  std::string name;
  bool organization = false;
};

struct LdNode {
  LdType type = LdType::other;
  std::string id, url;  // url, @id of mainEntityOfPage
  std::string headline, name, description, image, language;
  std::string published, modified, created;  // as written
  std::vector<LdName> authors;
  std::string publisher;
  std::size_t article_body_chars = 0;  // bytes of articleBody or text
  std::optional<bool> free;            // isAccessibleForFree
  int depth = 0;                       // 0 = stands for the page itself, 1 = mainEntity and the like
};

std::vector<LdNode> read_json_ld(const std::vector<std::string_view>& scripts);

// Broken JSON -> JSON, where that is safe; what it was given where it needs no repair. For tests.
std::string repair_json(std::string_view text);

}  // namespace marrow
