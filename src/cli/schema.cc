// marrow schema: what a record holds, or what explain prints, as a JSON Schema.

#include "record/schema.h"

#include "cli/explain_schema.h"
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
        "against it. With --of explain: the same of what 'marrow explain --json' prints.",
        {{"marrow schema | jq -r '.properties | keys[]'", "list the fields"},
         {"marrow schema --of explain", "the fields of an explanation"}}};
  }
  void options(Options& o) override {
    o.choice<Of>("--of", {{"record", Of::record}, {"explain", Of::explain}}, of_,
                 "What to print the schema of.");
  }
  int run(Context& context) override {
    std::string text(of_ == Of::record ? record_schema() : explain_schema());
    if (!text.ends_with('\n')) text += '\n';
    return write_out(context.terminal, text);
  }

 private:
  enum class Of { record, explain };
  Of of_ = Of::record;
};

}  // namespace

std::unique_ptr<Verb> schema_verb() { return std::make_unique<Schema>(); }

}  // namespace marrow::cli
