/*
 * An LSTM network and its gradient, in the vectors and products of products.h; like that included once for each
 * instruction set.
 *
 * - The hidden size is padded to whole vectors (`width`). Weights of the padding are zero, so it stays zero.
 * - A layer reads, for each window and step, one row [hidden state before | inputs | 1]: its two products and its bias
 *   are one product with the weights [width + inputs + 1, 4 width], and the gradient of all its weights is the product
 *   of all rows, transposed, with all gate gradients.
 * - Where there are lead times, the first layer's inputs that are read within the window come before those that are known
 *   ahead, which are read beyond it: each step multiplies its own columns alone (`columns_at`).
 * - Windows are taken in slices whose steps fit the caches; gradients of slices add up as those of shards do. So memory
 *   does not grow with the batch.
 */

#include "products.h"

/** One layer's weights and what it keeps of a slice. Sizes in floats; `width` is the padded hidden size. */
struct Layer {
  int64_t inputs;  // Columns of a row that hold inputs: padded, but for the first layer's.
  int64_t depth;   // Columns of a row that are multiplied: width + inputs + 1.
  int64_t stride;  // Columns of a row.
  Packed weights;  // [depth, 4 width]
  Packed backward; // Transposed, what the gradient goes back to: [4 width, width (+ inputs)].
  float* rows;     // [steps + 1, slice, stride]
  float* gates;    // [steps, slice, 4 width]: input, forget, candidate, output; later their gradients.
  float* cells;    // [steps + 1, slice, width]
  float* bent;     // [steps, slice, width]: tanh of the cells.
  float* back;     // [slice, columns of `backward`]: gradient by the hidden state before, and by the inputs.
  float* carry;    // [slice, width]: gradient by the cells before.
  float* gradient; // [depth, 4 width]
};

constexpr int64_t MOST_LAYERS = 16;

struct Machine {
  Network network;
  int64_t* order;  // [network.inputs]: the input that each of the first layer's columns reads.
  int64_t within;  // How many of these are read within the window; all of them without lead times.
  int64_t width;
  int64_t slice;   // Windows at once.
  bool keeping;    // Whether all steps are kept, for the gradient, or only the newest.
  Layer layers[MOST_LAYERS];
  int64_t head_columns;
  Packed head;           // [width, head outputs]
  Packed head_backward;  // [head outputs, width]
  float* predictions;    // [head steps, slice, head_columns]; later their gradients.
  float* head_gradient;  // [width + 1, head_columns]
  float* zeros;          // [width]

  int64_t step(int64_t time) const { return keeping ? time * slice : 0; }
  float* row(const Layer& layer, int64_t time) const { return layer.rows + step(time) * layer.stride; }
  float* gates(const Layer& layer, int64_t time) const { return layer.gates + step(time) * 4 * width; }
  float* cells(const Layer& layer, int64_t time) const { return layer.cells + step(time) * width; }
  float* bent(const Layer& layer, int64_t time) const { return layer.bent + step(time) * width; }
  /** Columns of a row that a layer reads at a step; the others are 0 then, and may hold anything. */
  Range columns_at(int64_t number, int64_t time) const {
    const int64_t depth = layers[number].depth, ahead = layers[number].inputs - within;
    if (number > 0 || network.ahead == 0) return {depth, 0, 0};
    return time < network.window ? Range{width + within, ahead, 1} : Range{width, within, ahead + 1};
  }
  /** Which step of the head a step of the network is, from 0; below that it is none. */
  int64_t head_step(int64_t time) const { return time - (network.steps() - network.head_steps()); }
  float* predicted(int64_t head_step) const { return predictions + head_step * slice * head_columns; }
};

/** Where a row of theta's matrix [inputs | hidden | bias] lies in ours, [hidden | inputs | bias]. */
inline int64_t packed_row(const Machine& machine, int64_t layer, int64_t row) {
  const int64_t inputs = machine.network.layer_inputs(layer), hidden = machine.network.hidden;
  if (row < inputs) {
    if (layer > 0 || row == machine.network.inputs) return machine.width + row;  // Also the lead time's own.
    int64_t column = 0;
    while (machine.order[column] != row) column++;
    return machine.width + column;
  }
  return row < inputs + hidden ? row - inputs : machine.width + machine.layers[layer].inputs;
}

inline Machine build(const Network& network, int64_t slice, bool keeping, Arena& arena) {
  Machine machine;
  machine.network = network;
  machine.slice = slice;
  machine.keeping = keeping;
  const int64_t width = machine.width = round_up(network.hidden, LANES);
  const int64_t steps = keeping ? network.steps() : 1;
  for (int64_t number = 0; number < network.layers; number++) {
    Layer& layer = machine.layers[number];
    layer.inputs = number == 0 ? network.layer_inputs(0) : width;
    layer.depth = width + layer.inputs + 1;
    layer.stride = round_up(layer.depth, LANES);
    layer.weights = take_packed(arena, layer.depth, 4 * width);
    layer.rows = arena.take((steps + keeping) * slice * layer.stride);
    layer.gates = arena.take(steps * slice * 4 * width);
    layer.cells = arena.take((steps + keeping) * slice * width);
    layer.bent = arena.take(steps * slice * width);
    if (!keeping) continue;
    layer.backward = take_packed(arena, 4 * width, number == 0 ? width : 2 * width);
    layer.back = arena.take(slice * layer.backward.panels * PANEL);
    layer.carry = arena.take(slice * width);
    layer.gradient = arena.take(layer.depth * 4 * width);
  }
  machine.head = take_packed(arena, width, network.head_outputs());
  machine.head_columns = machine.head.panels * PANEL;
  machine.predictions = arena.take(network.head_steps() * slice * machine.head_columns);
  machine.zeros = arena.take(width);
  machine.order = reinterpret_cast<int64_t*>(arena.take(2 * network.inputs));
  machine.within = network.inputs;
  if (network.ahead > 0) {
    machine.within = 0;
    for (int64_t input = 0; input < network.inputs; input++) machine.within += network.known[input] == 0;
  }
  if (keeping) {
    machine.head_backward = take_packed(arena, network.head_outputs(), width);
    machine.head_gradient = arena.take((width + 1) * machine.head_columns);
  }
  return machine;
}

/** Inputs that are read within the window first, and both kinds as they come. */
inline void order_inputs(Machine& machine) {
  int64_t* within = machine.order;
  int64_t* beyond = machine.order + machine.within;
  for (int64_t input = 0; input < machine.network.inputs; input++) {
    const bool known = machine.network.ahead > 0 && machine.network.known[input] > 0;
    *(known ? beyond++ : within++) = input;
  }
}

/** Copies theta into panels. */
inline void take_weights(Machine& machine, const float* theta) {
  const Network& network = machine.network;
  const int64_t hidden = network.hidden, width = machine.width, outputs = network.head_outputs();
  fill(machine.zeros, width, 0);
  order_inputs(machine);
  for (int64_t number = 0; number < network.layers; number++) {
    const Layer& layer = machine.layers[number];
    fill(layer.weights.at, layer.depth * 4 * width, 0);
    if (machine.keeping) {
      fill(layer.backward.at, 4 * width * layer.backward.panels * PANEL, 0);
      fill(layer.gradient, layer.depth * 4 * width, 0);
    }
    const int64_t rows = network.layer_inputs(number) + hidden + 1;
    // The gradient goes back to the hidden state and, but for the first layer, to the inputs.
    const int64_t backward_columns = number == 0 ? width : 2 * width;
    for (int64_t row = 0; row < rows; row++) {
      const int64_t k = packed_row(machine, number, row);
      for (int64_t gate = 0; gate < 4; gate++, theta += hidden) {
        for (int64_t unit = 0; unit < hidden; unit++) layer.weights.cell(k, gate * width + unit) = theta[unit];
        if (!machine.keeping || k >= backward_columns) continue;
        float* column = &layer.backward.cell(gate * width, k);
        for (int64_t unit = 0; unit < hidden; unit++) column[unit * PANEL] = theta[unit];
      }
    }
  }
  fill(machine.head.at, width * machine.head_columns, 0);
  if (machine.keeping) {
    fill(machine.head_backward.at, outputs * machine.head_backward.panels * PANEL, 0);
    fill(machine.head_gradient, (width + 1) * machine.head_columns, 0);
  }
  for (int64_t unit = 0; unit < hidden; unit++) {
    for (int64_t output = 0; output < outputs; output++) {
      const float weight = theta[unit * outputs + output];
      machine.head.cell(unit, output) = weight;
      if (machine.keeping) machine.head_backward.cell(output, unit) = weight;
    }
  }
}

/** One layer's step: gates, cells, and hidden states into the rows at `next`. */
inline void layer_forward(const Machine& machine, int64_t number, int64_t time, int64_t count, float* next) {
  const Layer& layer = machine.layers[number];
  const int64_t width = machine.width;
  float* gates = machine.gates(layer, time);
  layer.weights.multiply_by({machine.row(layer, time), layer.stride, 1}, count, machine.columns_at(number, time), gates,
                            4 * width, false);
  const float* before = machine.cells(layer, time);
  float* after = machine.cells(layer, time + 1);
  float* bent = machine.bent(layer, time);
  for (int64_t window = 0; window < count; window++) {
    float* gate = gates + window * 4 * width;
    for (int64_t unit = 0; unit < width; unit += LANES) {
      const int64_t at = window * width + unit;
      const Vector input = sigmoid(load(gate + unit));
      const Vector forget = sigmoid(load(gate + width + unit));
      const Vector candidate = tangent(load(gate + 2 * width + unit));
      const Vector output = sigmoid(load(gate + 3 * width + unit));
      const Vector cell = forget * load(before + at) + input * candidate;
      const Vector curve = tangent(cell);
      store(gate + unit, input);
      store(gate + width + unit, forget);
      store(gate + 2 * width + unit, candidate);
      store(gate + 3 * width + unit, output);
      store(after + at, cell);
      store(bent + at, curve);
      store(next + window * layer.stride + unit, output * curve);
    }
  }
}

/**
 * Inputs of the first layer at one step, for windows `first` to `first + count`. Where there are lead times, readings within
 * the window alone, and beyond it only what is known by then: 0 stands for the rest, whatever there is.
 */
inline void place_readings(const Machine& machine, const Windows& windows, const float* mask, int64_t first,
                           int64_t time, int64_t count) {
  const Layer& layer = machine.layers[0];
  const Network& network = machine.network;
  const int64_t inputs = network.inputs, lead = time - network.window + 1;
  const int64_t from = lead <= 0 ? 0 : machine.within, to = lead <= 0 ? machine.within : inputs;
  float* row = machine.row(layer, time) + machine.width;
  for (int64_t window = 0; window < count; window++, row += layer.stride) {
    const float* reading = windows.readings + (windows.starts[first + window] + time) * inputs;
    if (network.ahead == 0) {  // The same columns in the same order.
      for (int64_t input = 0; input < inputs; input++) row[input] = reading[input];
    } else {
      for (int64_t column = from; column < to; column++) {
        const int64_t input = machine.order[column];
        row[column] = lead <= 0 || network.known[input] >= lead ? reading[input] : 0;
      }
    }
    if (lead > 0) row[inputs] = static_cast<float>(lead) / static_cast<float>(network.ahead);
    row[layer.inputs] = 1;
    if (mask == nullptr) continue;
    const float* kept = mask + (time * windows.count + first + window) * inputs;
    for (int64_t column = from; column < to; column++) row[column] *= kept[machine.order[column]];
  }
}

/** Inputs of a layer at one step: the hidden states of the layer below, masked or not. */
inline void place_hidden(const Machine& machine, int64_t number, const float* below, const float* mask, int64_t first,
                         int64_t total, int64_t time, int64_t count) {
  const Layer& layer = machine.layers[number];
  const int64_t width = machine.width, hidden = machine.network.hidden;
  float* row = machine.row(layer, time) + width;
  for (int64_t window = 0; window < count; window++, row += layer.stride) {
    const float* state = below + window * machine.layers[number - 1].stride;
    for (int64_t unit = 0; unit < width; unit += LANES) store(row + unit, load(state + unit));
    row[width] = 1;
    if (mask == nullptr) continue;
    const float* kept = mask + (time * total + first + window) * hidden;
    for (int64_t unit = 0; unit < hidden; unit++) row[unit] *= kept[unit];
  }
}

/** The head at one of its steps: fills its part of `predictions`. */
inline void head_forward(const Machine& machine, const float* theta, int64_t time, int64_t count) {
  const Network& network = machine.network;
  const int64_t outputs = network.head_outputs();
  const Layer& top = machine.layers[network.layers - 1];
  const float* bias = theta + network.parameters() - outputs;
  float* predictions = machine.predicted(machine.head_step(time));
  for (int64_t window = 0; window < count; window++) {
    float* prediction = predictions + window * machine.head_columns;
    fill(prediction + outputs, machine.head_columns - outputs, 0);
    for (int64_t output = 0; output < outputs; output++) prediction[output] = bias[output];
  }
  machine.head.multiply_by({machine.row(top, time + 1), top.stride, 1}, count, predictions, machine.head_columns, true);
}

/** All layers over all steps, and the head: fills `predictions`. `training` brings the masks; null without. */
inline void forward(Machine& machine, const Windows& windows, const Training* training, int64_t first, int64_t count) {
  const Network& network = machine.network;
  const int64_t width = machine.width;
  for (int64_t number = 0; number < network.layers; number++) {
    const Layer& layer = machine.layers[number];
    float* row = machine.row(layer, 0);
    for (int64_t window = 0; window < count; window++) fill(row + window * layer.stride, width, 0);
    fill(machine.cells(layer, 0), count * width, 0);
  }
  const float* input_mask = training == nullptr ? nullptr : training->input_mask;
  for (int64_t time = 0; time < network.steps(); time++) {
    place_readings(machine, windows, input_mask, first, time, count);
    for (int64_t number = 0; number < network.layers; number++) {
      float* next = machine.row(machine.layers[number], time + 1);
      layer_forward(machine, number, time, count, next);
      if (number + 1 == network.layers) continue;
      const bool masked = training != nullptr && training->hidden_masks != nullptr;
      const float* mask = masked ? training->hidden_masks[number] : nullptr;
      place_hidden(machine, number + 1, next, mask, first, windows.count, time, count);
    }
    if (machine.head_step(time) >= 0) head_forward(machine, windows.theta, time, count);
  }
}

/** How rows of several steps lie: one run of all of them where the slice is full, else one for each step. */
struct Runs {
  int64_t count, length;
};
inline Runs runs_of(const Machine& machine, int64_t steps, int64_t count) {
  return count == machine.slice ? Runs{1, steps * count} : Runs{steps, count};
}

/** Errors out, and their slopes in place of the predictions; then the head's gradient. */
inline void head_gradients(Machine& machine, const Training& training, int64_t first, int64_t count, float* errors) {
  const Network& network = machine.network;
  const int64_t outputs = network.head_outputs(), steps = network.head_steps(), columns = machine.head_columns;
  const Slope& slope = training.slope;
  float* bias = machine.head_gradient + machine.width * columns;
  for (int64_t step = 0; step < steps; step++) {
    for (int64_t window = 0; window < count; window++) {
      float* prediction = machine.predicted(step) + window * columns;
      for (int64_t output = 0; output < outputs; output++) {
        const int64_t of_window = step * outputs + output, at = (first + window) * network.outputs + of_window;
        const float error = errors[at] = prediction[output] - training.observed[at];
        const float steep = slope.gain * error;
        const float held = steep > slope.limit ? slope.limit : steep < -slope.limit ? -slope.limit : steep;
        prediction[output] = training.share * (held + slope.tilts[of_window]);
        bias[output] += prediction[output];
      }
    }
  }
  const Layer& top = machine.layers[network.layers - 1];
  const Runs runs = runs_of(machine, steps, count);
  for (int64_t run = 0; run < runs.count; run++) {
    const float* states = machine.row(top, network.steps() - steps + 1 + run);
    multiply_transposed(states, top.stride, machine.predicted(run), columns, {machine.width, 0, 0},
                        runs.length, machine.head_gradient, columns);
  }
}

/** What goes back from the head to the top layer's hidden states of one of its steps. */
inline void head_backward(const Machine& machine, int64_t time, int64_t count) {
  const Layer& top = machine.layers[machine.network.layers - 1];
  machine.head_backward.multiply_by({machine.predicted(machine.head_step(time)), machine.head_columns, 1}, count,
                                    top.back, top.backward.panels * PANEL, true);
}

/**
 * One layer's step backward. Gate gradients take the place of the gates. `above` is the gradient by this layer's hidden
 * states that came through the layer above, [count, above_stride], or null.
 */
inline void layer_backward(const Machine& machine, const Layer& layer, int64_t time, int64_t count, const float* above,
                           int64_t above_stride, bool further) {
  const int64_t width = machine.width, columns = layer.backward.panels * PANEL;
  float* gates = machine.gates(layer, time);
  const float* before = machine.cells(layer, time);
  const float* bent = machine.bent(layer, time);
  for (int64_t window = 0; window < count; window++) {
    float* gate = gates + window * 4 * width;
    const float* through = above == nullptr ? machine.zeros : above + window * above_stride;
    for (int64_t unit = 0; unit < width; unit += LANES) {
      const int64_t at = window * width + unit;
      const Vector input = load(gate + unit), forget = load(gate + width + unit);
      const Vector candidate = load(gate + 2 * width + unit), output = load(gate + 3 * width + unit);
      const Vector curve = load(bent + at);
      const Vector by_hidden = load(layer.back + window * columns + unit) + load(through + unit);
      const Vector by_cell = load(layer.carry + at) + by_hidden * output * (1.0f - curve * curve);
      store(layer.carry + at, by_cell * forget);
      store(gate + unit, by_cell * candidate * input * (1.0f - input));
      store(gate + width + unit, by_cell * load(before + at) * forget * (1.0f - forget));
      store(gate + 2 * width + unit, by_cell * input * (1.0f - candidate * candidate));
      store(gate + 3 * width + unit, by_hidden * curve * output * (1.0f - output));
    }
  }
  if (further) layer.backward.multiply_by({gates, 4 * width, 1}, count, layer.back, columns, false);
}

/** What `steps` steps from `from` on, which read the same columns, add to the gradient of a layer's weights. */
inline void weight_gradients(const Machine& machine, int64_t number, int64_t from, int64_t steps, int64_t count) {
  const Layer& layer = machine.layers[number];
  const int64_t columns = 4 * machine.width;
  const Runs runs = runs_of(machine, steps, count);
  for (int64_t run = 0; run < runs.count; run++) {
    multiply_transposed(machine.row(layer, from + run), layer.stride, machine.gates(layer, from + run), columns,
                        machine.columns_at(number, from), runs.length, layer.gradient, columns);
  }
}

inline void backward(Machine& machine, const Training& training, int64_t first, int64_t count, float* errors) {
  const Network& network = machine.network;
  const int64_t width = machine.width, hidden = network.hidden, last = network.layers - 1;
  for (int64_t number = 0; number <= last; number++) {
    const Layer& layer = machine.layers[number];
    fill(layer.back, count * layer.backward.panels * PANEL, 0);
    fill(layer.carry, count * width, 0);
  }
  head_gradients(machine, training, first, count, errors);
  for (int64_t time = network.steps() - 1; time >= 0; time--) {
    if (machine.head_step(time) >= 0) head_backward(machine, time, count);
    for (int64_t number = last; number >= 0; number--) {
      const Layer& layer = machine.layers[number];
      const Layer* over = number == last ? nullptr : &machine.layers[number + 1];
      const int64_t over_stride = over == nullptr ? 0 : over->backward.panels * PANEL;
      float* above = over == nullptr ? nullptr : over->back + width;
      if (over != nullptr && training.hidden_masks != nullptr) {
        for (int64_t window = 0; window < count; window++) {
          const float* kept = training.hidden_masks[number] + (time * training.windows.count + first + window) * hidden;
          for (int64_t unit = 0; unit < hidden; unit++) above[window * over_stride + unit] *= kept[unit];
        }
      }
      layer_backward(machine, layer, time, count, above, over_stride, time > 0 || number > 0);
    }
  }
  for (int64_t number = 0; number <= last; number++) {
    weight_gradients(machine, number, 0, network.window, count);
    weight_gradients(machine, number, network.window, network.ahead, count);
  }
}

/** The gradients out of their padding, in theta's order. */
inline void give_gradient(const Machine& machine, float* gradient) {
  const Network& network = machine.network;
  for (int64_t number = 0; number < network.layers; number++) {
    const Layer& layer = machine.layers[number];
    const int64_t rows = network.layer_inputs(number) + network.hidden + 1;
    for (int64_t row = 0; row < rows; row++) {
      const float* from = layer.gradient + packed_row(machine, number, row) * 4 * machine.width;
      for (int64_t gate = 0; gate < 4; gate++, gradient += network.hidden) {
        for (int64_t unit = 0; unit < network.hidden; unit++) gradient[unit] = from[gate * machine.width + unit];
      }
    }
  }
  const int64_t outputs = network.head_outputs();
  for (int64_t row = 0; row <= network.hidden; row++, gradient += outputs) {
    const int64_t from = (row == network.hidden ? machine.width : row) * machine.head_columns;
    const float* own = machine.head_gradient + from;
    for (int64_t output = 0; output < outputs; output++) gradient[output] = own[output];
  }
}

// ---- What the operations call ----

/** Floats of memory that `slice` windows need. */
inline int64_t memory_needed(const Network& network, int64_t slice, bool keeping) {
  Arena arena = {nullptr, 0};
  build(network, slice, keeping, arena);
  return arena.used;
}

/** predictions [count, outputs] */
inline void predict(const Network& network, const Windows& windows, int64_t slice, float* memory, float* predictions) {
  Arena arena = {memory, 0};
  Machine machine = build(network, slice, false, arena);
  take_weights(machine, windows.theta);
  for (int64_t first = 0; first < windows.count; first += slice) {
    const int64_t count = windows.count - first < slice ? windows.count - first : slice;
    forward(machine, windows, nullptr, first, count);
    float* to = predictions + first * network.outputs;
    for (int64_t window = 0; window < count; window++) {
      for (int64_t step = 0; step < network.head_steps(); step++, to += network.head_outputs()) {
        const float* from = machine.predicted(step) + window * machine.head_columns;
        for (int64_t output = 0; output < network.head_outputs(); output++) to[output] = from[output];
      }
    }
  }
}

/** gradient [parameters] of `share` x the sum of the losses; errors [count, outputs] = predictions - observations */
inline void train(const Network& network, const Training& training, int64_t slice, float* memory, float* gradient,
                  float* errors) {
  Arena arena = {memory, 0};
  Machine machine = build(network, slice, true, arena);
  take_weights(machine, training.windows.theta);
  for (int64_t first = 0; first < training.windows.count; first += slice) {
    const int64_t count = training.windows.count - first < slice ? training.windows.count - first : slice;
    forward(machine, training.windows, &training, first, count);
    backward(machine, training, first, count, errors);
  }
  give_gradient(machine, gradient);
}
