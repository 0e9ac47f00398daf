/*
 * Vectors of LANES floats, the functions of an LSTM's gates, and small matrix products. operations.cc includes this
 * file once for each instruction set, inside a namespace of its own: so there is no `#pragma once`, and nothing in here
 * may come from the standard library, whose inline functions are shared.
 *
 * Every product has the form C += A B, with B and C in whole vectors.
 */

typedef float Vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t Integers __attribute__((vector_size(4 * LANES)));

/** Matrices on the right of a product are cut into panels of two vectors. */
constexpr int64_t PANEL = 2 * LANES;

inline Vector load(const float* at) { return *reinterpret_cast<const Vector*>(at); }
inline void store(float* at, Vector value) { *reinterpret_cast<Vector*>(at) = value; }
inline int64_t round_up(int64_t size, int64_t unit) { return (size + unit - 1) / unit * unit; }
inline void fill(float* at, int64_t size, float value) {
  for (int64_t i = 0; i < size; i++) at[i] = value;
}

// ---- The gates' functions ----

/**
 * e^x - 1 for |x| at most 87, with a relative error of at most 1.5e-7, also near 0 (measured against float64; it makes
 * 1.7e-7 of sigmoids and 2.2e-7 of tangents). x = n ln 2 + r with |r| at most ln 2 / 2; e^r - 1 is its Taylor series,
 * whose first term left out is 2e-8 of the sum; 2^n is made by its bits. NaN stays NaN.
 */
inline Vector expm1(Vector x) {
  const float magic = 12582912.0f;  // 1.5 x 2^23: what is added to it is rounded to an integer.
  const Vector shifted = x * 1.44269504f + magic;
  const Vector n = shifted - magic;
  const Vector r = (x - n * 0.693359375f) + n * 2.12194440e-4f;  // ln 2 in two parts, the first exact when multiplied.
  Vector series = r * (1.0f / 5040) + 1.0f / 720;
  series = series * r + 1.0f / 120;
  series = series * r + 1.0f / 24;
  series = series * r + 1.0f / 6;
  series = series * r + 0.5f;
  series = series * r + 1.0f;
  const Vector power = (Vector)(((Integers)shifted << 23) + 0x3f800000);
  return series * r * power + (power - 1.0f);
}

inline Vector hold(Vector x, float limit) {
  x = x > limit ? Vector{} + limit : x;
  return x < -limit ? Vector{} - limit : x;
}

inline Vector sigmoid(Vector x) { return 1.0f / (2.0f + expm1(hold(-x, 87))); }

/** At 9 the difference from 1 is less than float32 can tell. */
inline Vector tangent(Vector x) {
  const Vector e = expm1(hold(2 * x, 18));
  return e / (e + 2.0f);
}

// ---- Products ----

/** The left matrix of a product: element (row, k) lies at row x `row` + k x `depth`; so it may be transposed. */
struct Left {
  const float* at;
  int64_t row, depth;
};

/** The right one, in panels: row k of panel p lies at p x `panel` + k x `depth`. */
struct Right {
  const float* at;
  int64_t panel, depth;
};

/** Which of the numbers from 0 on count: the first ones, and after those that are skipped some more. */
struct Range {
  int64_t first, skipped, more;
};

/** ROWS rows of one panel: the sums stay in registers. A depth that is not PARTED has no `more`, and is quicker so. */
template <int ROWS, bool PARTED>
__attribute__((always_inline)) inline void multiply_tile(Left a, const float* b, int64_t b_depth, Range depth, float* c,
                                                         int64_t c_row, bool add) {
  Vector sums[ROWS][2];
#pragma GCC unroll 8
  for (int row = 0; row < ROWS; row++) {
    sums[row][0] = add ? load(c + row * c_row) : Vector{};
    sums[row][1] = add ? load(c + row * c_row + LANES) : Vector{};
  }
  for (int64_t count = depth.first, rest = depth.more;; count = rest, rest = 0) {
    for (int64_t k = 0; k < count; k++) {
      const Vector left = load(b), right = load(b + LANES);
#pragma GCC unroll 8
      for (int row = 0; row < ROWS; row++) {
        const float factor = a.at[row * a.row];
        sums[row][0] += factor * left;
        sums[row][1] += factor * right;
      }
      a.at += a.depth;
      b += b_depth;
    }
    if (!PARTED || rest == 0) break;
    a.at += depth.skipped * a.depth;
    b += depth.skipped * b_depth;
  }
#pragma GCC unroll 8
  for (int row = 0; row < ROWS; row++) {
    store(c + row * c_row, sums[row][0]);
    store(c + row * c_row + LANES, sums[row][1]);
  }
}

/** C [rows, panels x PANEL] = A B, or += with `add`. */
template <bool PARTED>
inline void multiply(Left a, Right b, int64_t rows, Range depth, int64_t panels, float* c, int64_t c_row, bool add) {
  for (int64_t panel = 0; panel < panels; panel++) {
    const float* b_panel = b.at + panel * b.panel;
    for (int64_t row = 0; row < rows; row += TILE_ROWS) {
      const Left tile = {a.at + row * a.row, a.row, a.depth};
      float* to = c + row * c_row + panel * PANEL;
      const int64_t left = rows - row;
      switch (left < TILE_ROWS ? left : TILE_ROWS) {
        case 1: multiply_tile<1, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 2: multiply_tile<2, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 3: multiply_tile<3, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 4: multiply_tile<4, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
#if TILE_ROWS > 4
        case 5: multiply_tile<5, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 6: multiply_tile<6, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 7: multiply_tile<7, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
        case 8: multiply_tile<8, PARTED>(tile, b_panel, b.depth, depth, to, c_row, add); break;
#endif
      }
    }
  }
}

/** C [rows, b_row] += A transposed x B, over `depth` rows of both; in blocks that stay in the first cache. */
inline void multiply_transposed(const float* a, int64_t a_row, const float* b, int64_t b_row, Range rows,
                                int64_t depth, float* c, int64_t c_row) {
  const int64_t block = 64, more = rows.first + rows.skipped;
  for (int64_t k = 0; k < depth; k += block) {
    const Range count = {depth - k < block ? depth - k : block, 0, 0};
    const float* left = a + k * a_row;
    const Right right = {b + k * b_row, PANEL, b_row};
    multiply<false>({left, 1, a_row}, right, rows.first, count, b_row / PANEL, c, c_row, true);
    if (rows.more == 0) continue;
    multiply<false>({left + more, 1, a_row}, right, rows.more, count, b_row / PANEL, c + more * c_row, c_row, true);
  }
}

/** Hands out aligned parts of one piece of memory; without memory it only counts. */
struct Arena {
  float* memory;
  int64_t used;

  float* take(int64_t size) {
    float* part = memory == nullptr ? nullptr : memory + used;
    used += round_up(size, 16);
    return part;
  }
};

/** A right matrix that was copied into panels, padded with zeros. */
struct Packed {
  float* at;
  int64_t depth, panels;

  float& cell(int64_t k, int64_t column) const {
    return at[(column / PANEL * depth + k) * PANEL + column % PANEL];
  }
  void multiply_by(Left a, int64_t rows, float* c, int64_t c_row, bool add) const {
    multiply<false>(a, {at, depth * PANEL, PANEL}, rows, {depth, 0, 0}, panels, c, c_row, add);
  }
  /** Some of the depth alone: the rest of A counts as 0, whatever stands there. */
  void multiply_by(Left a, int64_t rows, Range some, float* c, int64_t c_row, bool add) const {
    if (some.more == 0) return multiply_by(a, rows, c, c_row, add);
    multiply<true>(a, {at, depth * PANEL, PANEL}, rows, some, panels, c, c_row, add);
  }
};

inline Packed take_packed(Arena& arena, int64_t depth, int64_t columns) {
  const int64_t panels = round_up(columns, PANEL) / PANEL;
  return {arena.take(depth * panels * PANEL), depth, panels};
}
