// WARC records for tests, written here and not by what is under test.
#pragma once

#include <string>
#include <string_view>

namespace marrow::test {

// Any record: `fields` are whole lines ("Name: value\r\n"); Content-Length is added.
std::string warc_record(std::string_view type, std::string_view fields, std::string_view block);
// A response record of an HTML page; the record's id is <urn:uuid:ID>.
std::string warc_page(std::string_view id, std::string_view url, std::string_view html,
                      std::string_view http_fields = "Content-Type: text/html; charset=utf-8\r\n");

}  // namespace marrow::test
