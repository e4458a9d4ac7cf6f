// What must hold of any record, made from any bytes.
#pragma once

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "marrow.h"
#include "record/json.h"
#include "sink/format.h"
#include "support/conservation.h"
#include "support/schema_check.h"

namespace marrow::fuzz {

inline const Cleaner& cleaner(BodyFormat body) {
  static const auto make = [](BodyFormat format) {
    CleanOptions options;
    options.body = format;
    options.images = format == BodyFormat::markdown;
    options.budget.max_elements = 20'000;  // as in a page of a megabyte, met by smaller inputs
    options.budget.max_blocks = 2'000;
    options.budget.max_links = 1'000;
    Result<Cleaner> made = Cleaner::create(options);
    expect(bool(made), "the rules compile");
    return std::move(*made);
  };
  static const Cleaner text = make(BodyFormat::text), markdown = make(BodyFormat::markdown);
  return body == BodyFormat::text ? text : markdown;
}

inline void check_record(Input::Content content, std::string_view bytes) {
  const std::uint8_t how = take(bytes);
  const BodyFormat body = how & 1 ? BodyFormat::markdown : BodyFormat::text;
  static Workspace text_workspace(cleaner(BodyFormat::text)), markdown_workspace(cleaner(BodyFormat::markdown));
  Workspace& workspace = body == BodyFormat::text ? text_workspace : markdown_workspace;
  Input input;
  input.id = "fuzzed";
  input.content = content;
  if (how & 2) input.url = "https://tidewater.localhost/a/b.html?c=d";
  input.bytes = bytes;
  const Record record = cleaner(body).clean(input, workspace);
  const Seen seen = cleaner(body).seen(workspace);
  const std::string fault = test::check_conservation(seen.document, seen.labels);
  expect(fault.empty(), fault);
  std::string json, again, shown;
  append_json(record, json);
  const std::string wrong = testing::record_fault(json);
  expect(wrong.empty(), wrong);
  render(record, Format::text, shown);
  render(record, Format::markdown, shown);
  expect(is_valid_utf8(shown), "what is shown is UTF-8");
  expect(shown.find('\x1b') == std::string::npos && shown.find('\0') == std::string::npos, "no control byte is shown");
  if (how % 16 == 0) {
    append_json(cleaner(body).clean(input, workspace), again);
    expect(json == again, "the same page gives the same record");
  }
}

}  // namespace marrow::fuzz
