#include "source/jsonl.h"

#include <simdjson.h>

#include <string_view>
#include <utility>

#include "base/text.h"
#include "source/lines.h"

namespace marrow {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(simdjson::SIMDJSON_PADDING <= LineReader::kSpareBytes);

// What a line may say of its page. Other keys are left aside.
struct Fields {
  std::string html, text, id, url, fetched_at;
  bool has_html = false, has_text = false;
  int status = 0;
};

bool hex4(std::string_view text, char32_t* out) {
  if (text.size() < 4) return false;
  char32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return false;
    }
  }
  *out = value;
  return true;
}

// \uXXXX at text[at] (behind the 'u'), with its other half if there is one. A half alone is U+FFFD.
bool unescape_unicode(std::string_view text, std::size_t& at, std::string& out) {
  char32_t c = 0, low = 0;
  if (!hex4(text.substr(at), &c)) return false;
  at += 4;
  if (c >= 0xD800 && c < 0xDC00 && text.substr(at, 2) == "\\u" && hex4(text.substr(at + 2), &low) &&
      low >= 0xDC00 && low < 0xE000) {
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    at += 6;
  }
  append_utf8(out, c);  // turns a surrogate into U+FFFD
  return true;
}

// The inside of a JSON string whose \u escapes are not all pairs. Scrapers that cut a text between the two
// halves of an emoji write such strings, browsers and Python read them; simdjson 3.0 refuses the line.
bool unescape_leniently(std::string_view raw, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '"') return true;
    if (raw[at] != '\\') {
      out += raw[at];
      continue;
    }
    if (++at == raw.size()) return false;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (raw[at] == 'u') {
      if (!unescape_unicode(raw, ++at, out)) return false;
      --at;
    } else if (const std::size_t which = kLetters.find(raw[at]); which != kLetters.npos) {
      out += kMeanings[which];
    } else {
      return false;
    }
  }
  return false;
}

std::string quoted(std::string_view key) { return '"' + std::string(key) + '"'; }

// null is the same as not there; anything but a string is a fault.
std::string read_string(ondemand::value value, std::string_view key, std::string_view line,
                        std::string& out, bool* has) {
  ondemand::json_type type;
  if (value.type().get(type)) return "not JSON: a fault behind " + quoted(key);
  if (type == ondemand::json_type::null) return {};
  if (type != ondemand::json_type::string) return quoted(key) + " is not a string";
  const char* raw = nullptr;
  if (ondemand::raw_json_string inside; !value.get_raw_json_string().get(inside)) raw = inside.raw();
  std::string_view got;
  if (!value.get_string().get(got)) {
    out.assign(got);
  } else {
    const char* end = line.data() + line.size();
    if (!raw || raw > end || !unescape_leniently({raw, static_cast<std::size_t>(end - raw)}, out))
      return "not JSON: a bad escape in " + quoted(key);
  }
  if (has) *has = true;
  return {};
}

// Ids are often numbers.
std::string read_id(ondemand::value value, std::string_view line, std::string& out) {
  ondemand::json_type type;
  if (value.type().get(type)) return "not JSON: a fault behind \"id\"";
  if (type != ondemand::json_type::number) return read_string(value, "id", line, out, nullptr);
  out = trim(std::string_view(value.raw_json_token()));
  return {};
}

std::string read_status(ondemand::value value, int* status) {
  ondemand::json_type type;
  if (value.type().get(type)) return "not JSON: a fault behind \"status\"";
  if (type == ondemand::json_type::null) return {};
  std::int64_t number = 0;
  if (value.get_int64().get(number) || number < 0 || number > 999)
    return "\"status\" is not an HTTP status";
  *status = static_cast<int>(number);
  return {};
}

std::string read_field(ondemand::field field, std::string_view line, Fields& fields) {
  std::string_view key;
  if (field.unescaped_key().get(key)) return "not JSON: a bad key";
  ondemand::value value = field.value();
  if (key == "html") return read_string(value, key, line, fields.html, &fields.has_html);
  if (key == "text") return read_string(value, key, line, fields.text, &fields.has_text);
  if (key == "url") return read_string(value, key, line, fields.url, nullptr);
  if (key == "fetched_at") return read_string(value, key, line, fields.fetched_at, nullptr);
  if (key == "id") return read_id(value, line, fields.id);
  if (key == "status") return read_status(value, &fields.status);
  return {};
}

std::string because(simdjson::error_code code) {
  return std::string("not JSON: ") + simdjson::error_message(code);
}

// "" or what is wrong with the line.
std::string parse(ondemand::parser& parser, std::string_view line, Fields& fields) {
  ondemand::document document;
  const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + LineReader::kSpareBytes);
  if (const auto code = parser.iterate(padded).get(document)) return because(code);
  ondemand::object object;
  if (const auto code = document.get_object().get(object))
    return code == simdjson::INCORRECT_TYPE ? "not a JSON object" : because(code);
  for (auto entry : object) {
    ondemand::field field;
    if (const auto code = std::move(entry).get(field)) return because(code);
    if (std::string problem = read_field(std::move(field), line, fields); !problem.empty()) return problem;
  }
  if (!document.at_end()) return "not JSON: something stands behind the object";
  if (!fields.has_html && !fields.has_text) return "has neither \"html\" nor \"text\"";
  return {};
}

}  // namespace

struct JsonlReader::State {
  std::string name, stem;
  LineReader lines;
  std::size_t max_line;
  ondemand::parser parser;
  bool ended = false;

  Source::Item turn(std::string_view line);
  InputFailure fault(const std::string& what) const;
};

InputFailure JsonlReader::State::fault(const std::string& what) const {
  const std::string origin = name + ':' + std::to_string(lines.number());
  return {origin, origin + ": " + what};
}

Source::Item JsonlReader::State::turn(std::string_view line) {
  Fields fields;
  if (const std::string problem = parse(parser, line, fields); !problem.empty()) return fault(problem);
  Input input;
  const std::string number = std::to_string(lines.number());
  input.id = !fields.id.empty() ? std::move(fields.id) : stem + ':' + number;
  input.url = std::move(fields.url);
  input.content = fields.has_html ? Input::Content::html : Input::Content::text;
  input.bytes = std::move(fields.has_html ? fields.html : fields.text);
  input.charset = "utf-8";
  input.fetched_at = std::move(fields.fetched_at);
  input.status = fields.status;
  input.origin = name + ':' + number;
  return input;
}

JsonlReader::JsonlReader(std::string name, std::string stem, std::unique_ptr<ByteStream> bytes,
                         std::size_t max_line)
    : state_(new State{std::move(name), std::move(stem), LineReader(std::move(bytes), max_line), max_line, {}}) {}
JsonlReader::~JsonlReader() = default;

bool JsonlReader::next(Source::Item& item) {
  std::string_view line;
  while (!state_->ended) {
    Result<LineReader::Got> got = state_->lines.next(line);
    if (!got) {
      state_->ended = true;
      item = InputFailure{state_->name, got.error().message + " in line " +
                                            std::to_string(state_->lines.number())};
      return true;
    }
    if (*got == LineReader::Got::end) break;
    if (*got == LineReader::Got::too_long) {
      item = state_->fault("the line is longer than " + std::to_string(state_->max_line) + " bytes");
      return true;
    }
    if (state_->lines.number() == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    item = state_->turn(line);
    return true;
  }
  return false;
}

}  // namespace marrow
