// A model file made by hand, to be read, damaged and explained.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/sha256.h"

namespace marrow {

template <typename T>
void put_all(std::string& out, const std::vector<T>& values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

// Two trees over two columns: x <= 1 ? (y <= 5 ? 0.25 : 0.5) : -1, and a tree of one leaf 0.125.
struct ModelFile {
  std::vector<std::uint32_t> first_node{0, 2}, first_leaf{0, 3};
  std::vector<std::uint16_t> counts{2, 0}, classes{0, 0}, columns{0, 1};
  std::vector<float> thresholds{1.0F, 5.0F}, leaves{0.25F, 0.5F, -1.0F, 0.125F};
  std::vector<std::int16_t> left{1, -1}, right{-3, -2};
  std::string head = "name test\nclasses 1\ntrees 2\nnodes 2\nleaves 4\nnumber cut 0.4\ncolumn x\ncolumn y\n";
  std::string magic = "marrow-model 1\n";

  std::string bytes() const {
    std::string payload;
    put_all(payload, first_node);
    put_all(payload, first_leaf);
    put_all(payload, counts);
    put_all(payload, classes);
    put_all(payload, thresholds);
    put_all(payload, columns);
    put_all(payload, left);
    put_all(payload, right);
    put_all(payload, leaves);
    return magic + head + "sha256 " + sha256_hex(payload) + "\nend\n" + payload;
  }
};

}  // namespace marrow
