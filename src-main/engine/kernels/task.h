#pragma once

#include <cstdint>

/** What the two operations are asked to compute. Arrays are row-major float32 that belong to TensorFlow. */
namespace hindcast {

struct Network {
  int64_t inputs = 0;
  int64_t hidden = 0;
  int64_t layers = 0;
  int64_t outputs = 0;
  int64_t window = 0;
  /** Lead times that it steps through after the window; 0: the head gives all outputs from the window's last step. */
  int64_t ahead = 0;
  /** [inputs]: how many steps before the time of its row each is known; null without lead times. */
  const int64_t* known = nullptr;

  /** Steps, and as many rows of readings, of one window with its lead times. */
  int64_t steps() const { return window + ahead; }
  /** The newest steps, those that the head reads; and its outputs at each of them. */
  int64_t head_steps() const { return ahead == 0 ? 1 : ahead; }
  int64_t head_outputs() const { return outputs / head_steps(); }
  /** With lead times the first layer reads also lead / ahead. */
  int64_t layer_inputs(int64_t layer) const { return layer > 0 ? hidden : ahead == 0 ? inputs : inputs + 1; }
  /** Floats of theta that belong to a layer: [inputs + hidden + 1 (the bias), 4 hidden]. */
  int64_t layer_size(int64_t layer) const { return (layer_inputs(layer) + hidden + 1) * 4 * hidden; }
  int64_t parameters() const {
    int64_t count = (hidden + 1) * head_outputs();
    for (int64_t layer = 0; layer < layers; layer++) count += layer_size(layer);
    return count;
  }
};

/** Windows and weights: all that predictions need. */
struct Windows {
  /** [rows, inputs] */
  const float* readings = nullptr;
  /** [count]: the first row of each window. */
  const int32_t* starts = nullptr;
  int64_t count = 0;
  /** [parameters], laid out as network/parameters.ts says. */
  const float* theta = nullptr;
};

/**
 * The derivative of an output's loss by its prediction: gain x error, held within +-limit, + tilt of the output. Every
 * loss that we offer is one of these (engine/losses.ts).
 */
struct Slope {
  float gain = 0;
  float limit = 0;
  /** [outputs] */
  const float* tilts = nullptr;
};

struct Training {
  Windows windows;
  /** [count, outputs] */
  const float* observed = nullptr;
  Slope slope;
  /** 1 / (windows of the whole batch x outputs): of several shards each computes its part of one mean. */
  float share = 0;
  /** [steps, count, inputs], what the inputs are multiplied by; or null. */
  const float* input_mask = nullptr;
  /** For each layer but the first [steps, count, hidden], what its inputs are multiplied by; or null. */
  const float* const* hidden_masks = nullptr;
};

}  // namespace hindcast
