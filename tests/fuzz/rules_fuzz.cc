// A rule file: rules, or faults that name a place; and what compiles can be matched.
#include "fuzz/fuzz.h"
#include "marrow.h"
#include "page/page.h"
#include "rules/compile.h"
#include "rules/import_ftr.h"
#include "rules/xpath.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  if (size > 16384) return 0;
  std::string_view text = fuzz::text_of(data, size);
  if (text.starts_with("ftr:")) {  // a site config of another program
    import_ftr("tidewater.localhost.txt", text.substr(4));
    return 0;
  }
  std::vector<std::string> faults;
  const auto rules = compile_rules({{"fuzzed.toml", std::string(text), 1}}, &faults);
  fuzz::expect((rules == nullptr) == !faults.empty(), "rules, or a reason why not");
  for (const std::string& fault : faults) fuzz::expect(fault.starts_with("fuzzed.toml"), "a fault names its file");
  return 0;
}
