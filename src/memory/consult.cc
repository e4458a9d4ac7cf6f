#include "memory/consult.h"

#include "memory/consult_passes.h"
#include "memory/hashes.h"

namespace marrow {

PageOnHost::PageOnHost(const Consulted& consulted)
    : page(consulted),
      host(consulted.host),
      key(page_key(consulted.document.url)),
      self(consulted.host.sampled(key) ? 1 : 0),
      others(consulted.host.pages() - self) {}

void consult(const Consulted& page, Labels& labels) {
  const PageOnHost on(page);
  if (on.enough()) {
    consult_lists(on, labels);
    consult_texts(on, labels);
  }
  consult_teasers(on, labels);
  // From here no verdict changes.
}

}  // namespace marrow
