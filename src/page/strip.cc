#include "page/strip.h"

#include <algorithm>
#include <cstring>

namespace marrow {

char* StripOutput::reserve(std::size_t size) {
  if (size > capacity_) {
    capacity_ = std::max(size, capacity_ * 2);
    buffer_.reset(new char[capacity_]);
  }
  return buffer_.get();
}

void strip(std::string_view html, const StripLimits&, StripOutput& out) {
  char* buffer = out.reserve(html.size() + 64);
  if (!html.empty()) std::memcpy(buffer, html.data(), html.size());
  out.html = {buffer, html.size()};
  out.json_ld.clear();
  out.bytes_in = html.size();
}

}  // namespace marrow
