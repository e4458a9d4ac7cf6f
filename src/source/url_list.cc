#include "source/url_list.h"

#include <simdjson.h>

#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "source/lines.h"
#include "source/stream.h"

namespace marrow {
namespace {

// No server takes a longer URL; with an id and JSON's escapes around it.
constexpr std::size_t kMaxLine = std::size_t{64} << 10;
constexpr std::size_t kShown = 120;  // of a bad line, in its message

class LineParser {
 public:
  std::optional<ListedUrl> parse(std::string_view line) {
    if (line.starts_with('{')) return parse_json(line);
    ListedUrl listed;
    if (const std::size_t tab = line.find('\t'); tab != std::string_view::npos) {
      listed.id = trim(line.substr(0, tab));
      line.remove_prefix(tab + 1);
      line = line.substr(0, line.find('\t'));  // further columns are the list's own
    }
    listed.url = resolve_url({}, trim(line));
    if (listed.url.empty() || !is_valid_utf8(listed.id)) return std::nullopt;
    return listed;
  }

 private:
  std::optional<ListedUrl> parse_json(std::string_view line) {
    simdjson::dom::element object;
    if (parser_.parse(line.data(), line.size(), true).get(object) != simdjson::SUCCESS)
      return std::nullopt;
    std::string_view url, id;
    if (object["url"].get_string().get(url) != simdjson::SUCCESS) return std::nullopt;
    ListedUrl listed;
    if (object["id"].get_string().get(id) == simdjson::SUCCESS) listed.id = id;
    listed.url = resolve_url({}, url);
    if (listed.url.empty()) return std::nullopt;
    return listed;
  }

  simdjson::dom::parser parser_;
};

}  // namespace

Status read_url_list(const std::string& path, const std::function<void(ListedUrl)>& take,
                     const std::function<void(const std::string&)>& fault) {
  auto stream = open_stream(path, nullptr);
  if (!stream) return stream.error();
  LineReader lines(*std::move(stream), kMaxLine);
  LineParser parser;
  std::string_view line;
  while (true) {
    const auto got = lines.next(line);
    if (!got) return got.error();
    if (*got == LineReader::Got::end) return Ok{};
    const std::string place = name_for_people(path) + ":" + std::to_string(lines.number()) + ": ";
    if (*got == LineReader::Got::too_long) {
      fault(place + "the line is too long for a URL");
      continue;
    }
    if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    if (auto listed = parser.parse(line))
      take(*std::move(listed));
    else
      fault(place + "not an http or https URL: " + std::string(line.substr(0, kShown)));
  }
}

}  // namespace marrow
