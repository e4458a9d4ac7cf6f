// XML as a stream of events, for sitemaps and feeds. The only door to expat. Takes bytes, calls a
// handler; element names come without namespace. Entity declarations end the parse: no sitemap
// needs them, every XML bomb does. Never recurses; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace marrow {

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // `attribute("href")` gives a value, "" if there is none. All views die with the call.
  using Attribute = std::function<std::string_view(std::string_view name)>;
  virtual void open(std::string_view name, const Attribute& attribute) = 0;
  virtual void text(std::string_view text) = 0;  // in pieces
  virtual void close(std::string_view name) = 0;
};

// "" where it was well-formed; else what is wrong ("line 3: mismatched tag"). What came before was
// handed over.
std::string parse_xml(std::string_view bytes, XmlHandler& handler);

}  // namespace marrow
