// marrow schema: what a record holds, as a JSON Schema.

#include "record/schema.h"

#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

class Schema final : public Verb {
 public:
  VerbText text() const override {
    return {
        "schema",
        "Print the JSON Schema of a record",
        "Every field of the records that marrow writes, with its meaning. Every record is valid "
        "against it.",
        {{"marrow schema | jq -r '.properties | keys[]'", "list the fields"}}};
  }
  void options(Options&) override {}
  int run(Context& context) override {
    std::string text(record_schema());
    if (!text.ends_with('\n')) text += '\n';
    return write_out(context.terminal, text);
  }
};

}  // namespace

std::unique_ptr<Verb> schema_verb() { return std::make_unique<Schema>(); }

}  // namespace marrow::cli
