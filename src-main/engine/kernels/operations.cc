/*
 * Hindcast's own TensorFlow operations: an LSTM network's predictions, and its gradient, each as one operation that
 * reads the windows where they lie. Why they are in C++: TensorFlow's BlockLSTM spends most of its time in many small
 * expressions at each step and in packing weights; docs/engine-speed.md tells what these are worth.
 *
 * Only TensorFlow's C interface for operations is used, which stays the same from version to version. The set-up
 * compiles this file to a Node-API module; loading that registers the operations for all graphs of the process.
 */

#include <node_api.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "task.h"
#include "tensorflow.h"

namespace hindcast {

// ---- The arithmetic, once for each instruction set ----

// Compiled for any processor: the x86-64 baseline (SSE2), or NEON.
namespace baseline {
#define LANES 4
#define TILE_ROWS 4
#include "network.h"
#undef LANES
#undef TILE_ROWS
}  // namespace baseline

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define HINDCAST_X86
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
#define LANES 8
#define TILE_ROWS 4
#include "network.h"
#undef LANES
#undef TILE_ROWS
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw,prefer-vector-width=512")
namespace avx512 {
#define LANES 16
#define TILE_ROWS 8
#include "network.h"
#undef LANES
#undef TILE_ROWS
}  // namespace avx512
#pragma GCC pop_options
#endif

struct Arithmetic {
  const char* name;
  int64_t (*memory_needed)(const Network&, int64_t slice, bool keeping);
  void (*predict)(const Network&, const Windows&, int64_t slice, float* memory, float* predictions);
  void (*train)(const Network&, const Training&, int64_t slice, float* memory, float* gradient, float* errors);
};

/** The widest that this processor has; HINDCAST_VECTORS may name a narrower one, for tests. */
const Arithmetic& arithmetic() {
  static const Arithmetic chosen = [] {
    const char* wanted = std::getenv("HINDCAST_VECTORS");
    const auto allowed = [&](const char* name) { return wanted == nullptr || std::strcmp(wanted, name) == 0; };
#ifdef HINDCAST_X86
    __builtin_cpu_init();
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (wide && allowed("avx512")) return Arithmetic{"avx512", avx512::memory_needed, avx512::predict, avx512::train};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && allowed("avx2"))
      return Arithmetic{"avx2", avx2::memory_needed, avx2::predict, avx2::train};
#endif
    return Arithmetic{"baseline", baseline::memory_needed, baseline::predict, baseline::train};
  }();
  return chosen;
}

// ---- Memory ----

/** A thread's own working memory, kept from call to call: fresh pages at each step would cost too much. */
float* working_memory(int64_t floats) {
  thread_local std::unique_ptr<float[], void (*)(void*)> memory(nullptr, std::free);
  thread_local int64_t size = 0;
  if (floats > size) {
    memory.reset();
    size = 0;
    const size_t bytes = (static_cast<size_t>(floats) * sizeof(float) + 63) / 64 * 64;
    memory.reset(static_cast<float*>(std::aligned_alloc(64, bytes)));
    if (memory == nullptr) throw std::bad_alloc();
    size = floats;
  }
  return memory.get();
}

/** What a slice's steps may take, in floats: 2 MB, about a core's share of the caches. Half or twice is no quicker. */
constexpr int64_t CACHED = 512 * 1024;
/** And at the most, for windows so long that eight of them are larger. */
constexpr int64_t MOST = 12 * 1024 * 1024;
/** Windows that fill a tile of every instruction set. */
constexpr int64_t TILE = 8;
/** Windows of a slice of predictions, which keep the newest step alone. */
constexpr int64_t PREDICTED = 64;

/** How many of `count` windows are computed at once: a whole number of tiles, if they are not too long, all alike. */
int64_t choose_slice(const Network& network, int64_t count, bool keeping) {
  const auto needed = [&](int64_t slice) { return arithmetic().memory_needed(network, slice, true); };
  const int64_t each = (needed(2 * TILE) - needed(TILE)) / TILE;
  const int64_t trained = std::max(CACHED / each / TILE * TILE, std::clamp<int64_t>(MOST / each, 1, TILE));
  const int64_t fitting = keeping ? trained : PREDICTED;
  const int64_t slices = (count + fitting - 1) / fitting;
  const int64_t even = (count + slices - 1) / slices;
  return std::max<int64_t>(1, std::min(fitting, fitting < TILE ? even : (even + TILE - 1) / TILE * TILE));
}

// ---- TensorFlow ----

struct DeleteStatus {
  void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
};
using Status = std::unique_ptr<TF_Status, DeleteStatus>;

struct DeleteTensor {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};
using Tensor = std::unique_ptr<TF_Tensor, DeleteTensor>;

template <typename Value>
const Value* values(const Tensor& tensor) {
  return static_cast<const Value*>(TF_TensorData(tensor.get()));
}

/** The attributes of a node: the network, and what training adds. */
struct Kernel {
  Network network;
  std::vector<int64_t> known;
  float gain = 0;
  float limit = 0;
  std::vector<float> tilts;
  int32_t input_masks = 0;
  int32_t hidden_masks = 0;
};

int64_t integer(TF_OpKernelConstruction* node, const char* name, TF_Status* status) {
  int64_t value = 0;
  TF_OpKernelConstruction_GetAttrInt64(node, name, &value, status);
  return value;
}

template <bool TRAINING>
void* create(TF_OpKernelConstruction* node) {
  const Status status(TF_NewStatus());
  auto kernel = std::make_unique<Kernel>();
  Network& network = kernel->network;
  // TensorFlow has seen that every attribute is there and of its type; what they say is checked here.
  network.inputs = integer(node, "inputs", status.get());
  network.hidden = integer(node, "hidden", status.get());
  network.layers = integer(node, "layers", status.get());
  network.outputs = integer(node, "outputs", status.get());
  network.window = integer(node, "window", status.get());
  network.ahead = integer(node, "ahead", status.get());
  if (network.ahead > 0) {
    kernel->known.resize(std::max<int64_t>(0, network.inputs));
    TF_OpKernelConstruction_GetAttrInt64List(node, "known", kernel->known.data(), kernel->known.size(), status.get());
    network.known = kernel->known.data();
  }
  if (TRAINING) {
    kernel->tilts.resize(std::max<int64_t>(0, network.outputs));
    TF_OpKernelConstruction_GetAttrFloat(node, "gain", &kernel->gain, status.get());
    TF_OpKernelConstruction_GetAttrFloat(node, "limit", &kernel->limit, status.get());
    TF_OpKernelConstruction_GetAttrInt32(node, "input_masks", &kernel->input_masks, status.get());
    TF_OpKernelConstruction_GetAttrInt32(node, "hidden_masks", &kernel->hidden_masks, status.get());
    TF_OpKernelConstruction_GetAttrFloatList(node, "tilts", kernel->tilts.data(), kernel->tilts.size(), status.get());
  }
  const bool whole = network.inputs > 0 && network.hidden > 0 && network.layers > 0 && network.outputs > 0 &&
                     network.window > 0 && network.ahead >= 0 && network.layers <= baseline::MOST_LAYERS &&
                     network.outputs % network.head_steps() == 0;
  if (!whole && TF_GetCode(status.get()) == TF_OK) {
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "The network's sizes are not positive, do not fit, or it has too many layers.");
  }
  if (TF_GetCode(status.get()) == TF_OK) return kernel.release();
  TF_OpKernelConstruction_Failure(node, status.get());
  return nullptr;
}

void destroy(void* kernel) { delete static_cast<Kernel*>(kernel); }

class Failure : public std::exception {
 public:
  explicit Failure(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

void require(bool condition, const char* message) {
  if (!condition) throw Failure(message);
}

Tensor input(TF_OpKernelContext* context, int index) {
  const Status status(TF_NewStatus());
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context, index, &tensor, status.get());
  if (TF_GetCode(status.get()) != TF_OK) throw Failure(TF_Message(status.get()));
  return Tensor(tensor);
}

Tensor output(TF_OpKernelContext* context, int index, const std::vector<int64_t>& shape) {
  const Status status(TF_NewStatus());
  size_t bytes = sizeof(float);
  for (const int64_t size : shape) bytes *= static_cast<size_t>(size);
  TF_Tensor* tensor = TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), static_cast<int>(shape.size()), bytes,
                                        status.get());
  if (TF_GetCode(status.get()) != TF_OK) throw Failure(TF_Message(status.get()));
  return Tensor(tensor);
}

/** The first three inputs of both operations. */
struct WindowTensors {
  Tensor readings, theta, starts;

  explicit WindowTensors(TF_OpKernelContext* context)
      : readings(input(context, 0)), theta(input(context, 1)), starts(input(context, 2)) {}

  /** Checks what would else read memory that is not there. */
  Windows windows(const Network& network) const {
    require(TF_TensorElementCount(theta.get()) == network.parameters(), "theta does not fit the network.");
    const int64_t rows = TF_TensorElementCount(readings.get()) / network.inputs;
    Windows windows;
    windows.readings = values<float>(readings);
    windows.theta = values<float>(theta);
    windows.starts = values<int32_t>(starts);
    windows.count = TF_TensorElementCount(starts.get());
    for (int64_t window = 0; window < windows.count; window++) {
      const int64_t start = windows.starts[window];
      require(start >= 0 && start + network.steps() <= rows, "A window reaches beyond the readings.");
    }
    return windows;
  }
};

void predict(const Kernel& kernel, TF_OpKernelContext* context) {
  const WindowTensors tensors(context);
  const Windows windows = tensors.windows(kernel.network);
  const Tensor predictions = output(context, 0, {windows.count, kernel.network.outputs});
  if (windows.count == 0) return;
  const int64_t slice = choose_slice(kernel.network, windows.count, false);
  float* memory = working_memory(arithmetic().memory_needed(kernel.network, slice, false));
  arithmetic().predict(kernel.network, windows, slice, memory, static_cast<float*>(TF_TensorData(predictions.get())));
}

void train(const Kernel& kernel, TF_OpKernelContext* context) {
  const Network& network = kernel.network;
  const WindowTensors tensors(context);
  Training training;
  training.windows = tensors.windows(network);
  const int64_t count = training.windows.count;
  const Tensor observed = input(context, 3), share = input(context, 4);
  require(TF_TensorElementCount(observed.get()) == count * network.outputs, "The observations do not fit the windows.");
  training.observed = values<float>(observed);
  training.share = *values<float>(share);
  training.slope = {kernel.gain, kernel.limit, kernel.tilts.data()};
  std::vector<Tensor> masks;
  std::vector<const float*> hidden_masks;
  for (int index = 0; index < kernel.input_masks + kernel.hidden_masks; index++) {
    const int64_t width = index < kernel.input_masks ? network.inputs : network.hidden;
    masks.push_back(input(context, 5 + index));
    require(TF_TensorElementCount(masks.back().get()) == network.steps() * count * width, "A mask does not fit.");
    if (index < kernel.input_masks) {
      training.input_mask = values<float>(masks.back());
    } else {
      hidden_masks.push_back(values<float>(masks.back()));
    }
  }
  require(hidden_masks.empty() || static_cast<int64_t>(hidden_masks.size()) == network.layers - 1,
          "There must be a mask for each gap between layers, or none.");
  training.hidden_masks = hidden_masks.empty() ? nullptr : hidden_masks.data();

  const Tensor gradient = output(context, 0, {network.parameters()});
  const Tensor errors = output(context, 1, {count, network.outputs});
  const int64_t slice = choose_slice(network, std::max<int64_t>(1, count), true);
  float* memory = working_memory(arithmetic().memory_needed(network, slice, true));
  arithmetic().train(network, training, slice, memory, static_cast<float*>(TF_TensorData(gradient.get())),
                     static_cast<float*>(TF_TensorData(errors.get())));
}

/** No exception may pass into TensorFlow. */
template <void (*compute)(const Kernel&, TF_OpKernelContext*)>
void run(void* kernel, TF_OpKernelContext* context) {
  try {
    compute(*static_cast<const Kernel*>(kernel), context);
  } catch (const std::exception& error) {
    const Status status(TF_NewStatus());
    TF_SetStatus(status.get(), TF_INTERNAL, error.what());
    TF_OpKernelContext_Failure(context, status.get());
  }
}

void unknown_shape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

struct Operation {
  const char* name;
  std::vector<const char*> attributes, inputs, outputs;
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void*, TF_OpKernelContext*);
};

/** Returns what went wrong, or nothing. */
std::string register_operation(const Operation& operation) {
  const Status status(TF_NewStatus());
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char* attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, unknown_shape);
  TF_RegisterOpDefinition(definition, status.get());
  if (TF_GetCode(status.get()) != TF_OK) return TF_Message(status.get());
  TF_KernelBuilder* builder = TF_NewKernelBuilder(operation.name, "CPU", operation.create, operation.compute, destroy);
  TF_RegisterKernelBuilder(operation.name, builder, status.get());
  return TF_GetCode(status.get()) == TF_OK ? "" : TF_Message(status.get());
}

std::string register_operations() {
  const std::vector<const char*> network = {"inputs: int", "hidden: int", "layers: int", "outputs: int", "window: int",
                                            "ahead: int = 0", "known: list(int) = []"};
  const std::vector<const char*> windows = {"readings: float", "theta: float", "starts: int32"};
  Operation predictions = {"HindcastPredict", network, windows, {"predictions: float"}, create<false>, run<predict>};
  Operation gradient = {"HindcastGradient", network, windows, {"gradient: float", "errors: float"}, create<true>,
                        run<train>};
  for (const char* attribute :
       {"gain: float", "limit: float", "tilts: list(float)", "input_masks: int >= 0", "hidden_masks: int >= 0"}) {
    gradient.attributes.push_back(attribute);
  }
  for (const char* input : {"observed: float", "share: float", "input_mask: input_masks * float",
                            "hidden_mask: hidden_masks * float"}) {
    gradient.inputs.push_back(input);
  }
  const std::string failure = register_operation(predictions);
  return failure.empty() ? register_operation(gradient) : failure;
}

}  // namespace hindcast

/** Registers the operations, once for the process; exports `vectors`, the instruction set in use. */
NAPI_MODULE_INIT() {
  // A process may load the module in several threads, each with an environment of its own.
  static const std::string failure = hindcast::register_operations();
  if (!failure.empty()) {
    napi_throw_error(env, nullptr, failure.c_str());
    return nullptr;
  }
  napi_value vectors;
  napi_create_string_utf8(env, hindcast::arithmetic().name, NAPI_AUTO_LENGTH, &vectors);
  napi_set_named_property(env, exports, "vectors", vectors);
  return exports;
}
