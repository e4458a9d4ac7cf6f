#include "label/columns.h"

namespace marrow {

// By the library, as all other logarithms are: the compiler would round some of them otherwise.
std::array<float, 1024> logarithms() {
  std::array<float, 1024> table;
  float count = 0;
  for (float& logarithm : table) {
    logarithm = std::log1p(count);
    count += 1;
  }
  return table;
}

}  // namespace marrow
