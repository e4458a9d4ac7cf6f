// What the model thinks of its own body -> what such bodies turned out to be worth. A rising, piecewise linear mapping,
// fitted by scripts/calibrate on pages the models had not seen (confidence.inc). Any thread.
#pragma once

namespace marrow {

// `estimate`: predicted word F1, 0..1; gives the same, calibrated.
float calibrated(float estimate);

}  // namespace marrow
