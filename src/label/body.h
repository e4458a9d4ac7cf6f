// body: p(body) of each block -> which blocks are body. The cut is chosen for each page so that the word F1 to
// expect is highest: a page the model is unsure of is cut lower than one it is sure of.
#pragma once

#include <span>
#include <vector>

#include "label/facts.h"

namespace marrow {

// The cut for this page, within the bounds below. Every block with p >= cut belongs to the body.
// Source: expected F1 of a choice S is 2 sum(p w over S) / (sum(w over S) + sum(p w over all)); the choice that makes it
// highest is a cut of the sorted p (Jansche, ACL 2007).
float best_cut(const PageFacts& facts, std::span<const float> body);
// The F1 to expect with that cut, 0..1.
float expected_f1(const PageFacts& facts, std::span<const float> body, float cut);

}  // namespace marrow
