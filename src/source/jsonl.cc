#include "source/jsonl.h"

#include <simdjson.h>

#include <string_view>
#include <utility>
#include <variant>

#include "source/lines.h"

namespace marrow {
namespace {

namespace dom = simdjson::dom;

static_assert(simdjson::SIMDJSON_PADDING <= LineReader::kSpareBytes);

// The four hexadecimal digits of a \u escape, or -1.
int hex4(std::string_view digits) {
  if (digits.size() < 4) return -1;
  int value = 0;
  for (const char c : digits.substr(0, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + (c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + (lower - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// \u escapes that are one half of a pair without the other become \ufffd. Scrapers that cut a text between
// the two halves of an emoji write such lines, browsers and Python read them; simdjson refuses them.
bool mend_lone_surrogates(std::string& line) {
  bool mended = false;
  const std::string_view text = line;
  for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
    const int unit = text.substr(at, 2) == "\\u" ? hex4(text.substr(at + 2)) : -1;
    if (unit < 0) {
      at += 2;
      continue;
    }
    const bool paired = is_high(unit) && at + 8 <= text.size() && text.substr(at + 6, 2) == "\\u" &&
                        is_low(hex4(text.substr(at + 8)));
    if (!paired && (is_high(unit) || is_low(unit))) {
      line.replace(at + 2, 4, "fffd");  // same length: the view stays good
      mended = true;
    }
    at += paired ? 12 : 6;
  }
  return mended;
}

// What a line may say of its page. Views die with the parser's next line. Other keys are left aside.
struct Fields {
  std::string_view html, text, url, fetched_at;
  std::string id;
  bool has_html = false, has_text = false;
  int status = 0;
};

// null is the same as not there. False for anything but a string.
bool read_string(dom::element value, std::string_view* out, bool* has = nullptr) {
  if (value.is_null()) return true;
  if (value.get_string().get(*out)) return false;
  if (has) *has = true;
  return true;
}

// Ids are often numbers.
bool read_id(dom::element value, std::string* out) {
  if (std::string_view text; read_string(value, &text)) {
    *out = text;
    return true;
  }
  if (!value.is_int64() && !value.is_uint64()) return false;
  *out = simdjson::minify(value);
  return true;
}

bool read_status(dom::element value, int* status) {
  std::int64_t number = 0;
  if (value.is_null()) return true;
  if (value.get_int64().get(number) || number < 0 || number > 999) return false;
  *status = static_cast<int>(number);
  return true;
}

bool read_field(std::string_view key, dom::element value, Fields& fields) {
  if (key == "html") return read_string(value, &fields.html, &fields.has_html);
  if (key == "text") return read_string(value, &fields.text, &fields.has_text);
  if (key == "url") return read_string(value, &fields.url);
  if (key == "fetched_at") return read_string(value, &fields.fetched_at);
  if (key == "id") return read_id(value, &fields.id);
  if (key == "status") return read_status(value, &fields.status);
  return true;
}

// "" or what is wrong with the line; kSpareBytes lie readable behind it.
std::string parse(dom::parser& parser, std::string_view line, Fields& fields) {
  dom::element root;
  simdjson::error_code code = parser.parse(line.data(), line.size(), false).get(root);
  if (code == simdjson::STRING_ERROR) {
    std::string mended(line);
    if (mend_lone_surrogates(mended)) code = parser.parse(mended).get(root);
  }
  if (code) return std::string("not JSON: ") + simdjson::error_message(code);
  dom::object object;
  if (root.get_object().get(object)) return "not a JSON object";
  for (const auto [key, value] : object)
    if (!read_field(key, value, fields)) return '"' + std::string(key) + "\" has the wrong type";
  if (!fields.has_html && !fields.has_text) return "has neither \"html\" nor \"text\"";
  if (fields.has_html ? fields.html.empty() : fields.text.empty()) return "the page is empty";
  return {};
}

}  // namespace

struct JsonlReader::State {
  std::string name, stem;
  LineReader lines;
  std::size_t max_line;
  dom::parser parser{};
  bool ended = false;

  void turn(std::string_view line, Source::Item& item);
  InputFailure fault(const std::string& what) const;
};

InputFailure JsonlReader::State::fault(const std::string& what) const {
  const std::string origin = name + ':' + std::to_string(lines.number());
  return {origin, origin + ": " + what};
}

void JsonlReader::State::turn(std::string_view line, Source::Item& item) {
  Fields fields;
  if (const std::string problem = parse(parser, line, fields); !problem.empty()) {
    item = fault(problem);
    return;
  }
  if (!std::holds_alternative<Input>(item)) item = Input{};
  Input& input = std::get<Input>(item);  // the memory of the page before is used again
  const std::string number = std::to_string(lines.number());
  input.id = !fields.id.empty() ? std::move(fields.id) : stem + ':' + number;
  input.url = fields.url;
  input.content = fields.has_html ? Input::Content::html : Input::Content::text;
  input.bytes = fields.has_html ? fields.html : fields.text;
  input.charset = "utf-8";
  input.fetched_at = fields.fetched_at;
  input.status = fields.status;
  input.origin = name + ':' + number;
}

JsonlReader::JsonlReader(std::string name, std::string stem, std::unique_ptr<ByteStream> bytes,
                         std::size_t max_line)
    : state_(new State{std::move(name), std::move(stem), LineReader(std::move(bytes), max_line), max_line}) {}
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
    state_->turn(line, item);
    return true;
  }
  return false;
}

}  // namespace marrow
