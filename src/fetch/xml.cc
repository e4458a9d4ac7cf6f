#include "fetch/xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>

namespace marrow {
namespace {

struct ParserFree {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserFree>;

constexpr char kSeparator = '\x1f';  // between namespace and name; no XML text can hold it

struct Context {
  XmlHandler* handler;
  XML_Parser parser;
  bool entities = false;
};

std::string_view local_name(const XML_Char* name) {
  const std::string_view whole = name;
  return whole.substr(whole.rfind(kSeparator) + 1);
}

void XMLCALL on_open(void* data, const XML_Char* name, const XML_Char** attributes) {
  const XmlHandler::Attribute attribute =
      [attributes](std::string_view wanted) -> std::string_view {
    for (const XML_Char** at = attributes; *at; at += 2)
      if (local_name(at[0]) == wanted) return at[1];
    return {};
  };
  static_cast<Context*>(data)->handler->open(local_name(name), attribute);
}

void XMLCALL on_close(void* data, const XML_Char* name) {
  static_cast<Context*>(data)->handler->close(local_name(name));
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  static_cast<Context*>(data)->handler->text({text, static_cast<std::size_t>(size)});
}

void XMLCALL on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                       const XML_Char*, const XML_Char*, const XML_Char*) {
  auto* context = static_cast<Context*>(data);
  context->entities = true;
  XML_StopParser(context->parser, XML_FALSE);
}

// windows-1252 and its like: URLs are ASCII, so reading the bytes as Latin-1 loses nothing that is
// asked for.
int XMLCALL on_encoding(void*, const XML_Char*, XML_Encoding* info) {
  for (int byte = 0; byte < 256; ++byte) info->map[byte] = byte;
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

}  // namespace

std::string parse_xml(std::string_view bytes, XmlHandler& handler) {
  const Parser parser(XML_ParserCreateNS(nullptr, kSeparator));
  if (!parser) return "out of memory";
  Context context{&handler, parser.get()};
  XML_SetUserData(parser.get(), &context);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  XML_SetUnknownEncodingHandler(parser.get(), on_encoding, nullptr);
  constexpr std::size_t kPiece = std::size_t{1} << 20;  // the parser counts in int
  do {
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    if (XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), bytes.empty()) ==
        XML_STATUS_ERROR)
      return "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " +
             (context.entities ? "entity declarations are refused"
                               : XML_ErrorString(XML_GetErrorCode(parser.get())));
  } while (!bytes.empty());
  return {};
}

}  // namespace marrow
