// Quality flags of a record, sorted. Hard evidence only: a phrase alone never makes a wall (a footer may ask
// "Already a subscriber?" on a free page). Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow {

struct QualityFacts {
  int status = 0;
  std::uint32_t words = 0;             // of the visible body
  bool paid = false;                   // JSON-LD isAccessibleForFree: false
  std::size_t article_body_chars = 0;  // of the JSON-LD articleBody, bytes
  std::size_t body_chars = 0;          // of the body, bytes
  bool from_data = false;              // JSON-LD gave the body, or most of it
  std::string_view title;
};

std::vector<std::string> quality_flags(const Document& doc, const Labels& labels, const QualityFacts& facts);

}  // namespace marrow
