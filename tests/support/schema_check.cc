#include "support/schema_check.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

namespace marrow::testing {

std::string schema_fault(std::string_view line, std::string_view schema) {
  rapidjson::Document schema_tree;
  schema_tree.Parse(schema.data(), schema.size());
  if (schema_tree.HasParseError())
    return std::string("schema: ") + rapidjson::GetParseError_En(schema_tree.GetParseError());
  rapidjson::Document tree;
  tree.Parse<rapidjson::kParseValidateEncodingFlag>(line.data(), line.size());
  if (tree.HasParseError())
    return std::string(rapidjson::GetParseError_En(tree.GetParseError())) + " at byte " +
           std::to_string(tree.GetErrorOffset());
  const rapidjson::SchemaDocument compiled(schema_tree);
  rapidjson::SchemaValidator validator(compiled);
  if (tree.Accept(validator)) return {};
  rapidjson::StringBuffer where;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
  return std::string(where.GetString()) + ": " + validator.GetInvalidSchemaKeyword();
}

}  // namespace marrow::testing
