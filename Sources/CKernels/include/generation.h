#pragma once
#include <stdint.h>

// Kernels of cached decoding and sampling. All work on rows [first, end), read nothing of other rows and give the
// same bits however rows are grouped. Shapes and plain twins: KeyValueCache.swift, KeyValueCache+Plain.swift and
// TokenDraw.swift in Sources/Kernels.

/// Sizes of one layer's cache. `capacity` is a multiple of 64; `padded_dimension` is head_dimension rounded up to 16.
/// 16 bits: two bf16 numbers in the place of a float, the first in the lower half. Keys are pairs of dimensions
/// (2i, 2i + 1) of a position, values the same dimension of two positions that follow each other.
/// 8 bits: four signed bytes in the place of a float, the first the lowest, times the position's own factor. Keys are
/// dimensions (4i … 4i + 3), the factor behind them; values the same dimension of four positions, their four factors
/// behind all dimensions.
typedef struct {
  long query_heads, key_value_heads, head_dimension, padded_dimension, capacity;
  /// 32, 16 or 8: of each number in the cache.
  long bits;
  /// The positions that a row sees at most, its own among them.
  long window;
} generation_shape;

/// One row's choice: candidates are cut by top_k (0: all), top_p (1: all), min_p (0: all) in this order.
typedef struct {
  float inverse_temperature, top_p, min_p;
  int32_t top_k;
  double uniform;
} generation_draw;

typedef struct {
  /// Splits rows [q | k | v], turns q and k by their positions, writes q [rows, heads · dimension] and the caches.
  void (*place)(
      const float *qkv, const float *cosines, const float *sines, const int32_t *positions, const int32_t *slots,
      float *q, float *keys, float *values, long first, long end, const generation_shape *shape);
  /// y = softmax(scale · q kᵀ) v over the last `window` cached keys of 0...position of the row's slot, for pairs of a row
  /// and a key head [first, end), counted row by row. scratch: 4 capacity floats.
  void (*attend)(
      const float *q, const float *keys, const float *values, const int32_t *positions, const int32_t *slots,
      float *y, float *scratch, float scale, long first, long end, const generation_shape *shape);
  /// y = silu(x[0..<width]) ⊙ x[width..<2 width] per row.
  void (*swiglu_rows)(const float *x, float *y, long width, long first, long end);
  /// Draws one token per row; log_probabilities are of the full softmax at the row's temperature.
  void (*draw)(
      const float *logits, long columns, const generation_draw *draws, int32_t *tokens, float *log_probabilities,
      float *scratch, uint64_t *order, long first, long end);
  /// The candidates that `draw` chooses from, best first, with unnormalised weights. Returns their count.
  long (*candidates)(
      const float *logits, long columns, const generation_draw *draw, float *weights, uint64_t *order, float *scratch);
  /// The k largest log-probabilities of each row, their indices, and the log of the remaining mass.
  void (*top_log_probabilities)(
      const float *logits, long columns, float inverse_temperature, long k, float *values, int32_t *indices,
      float *tails, float *scratch, uint64_t *order, long first, long end);
} generation_table;


/// The table of a variant ("base", "v3", "v4"), or the best one this processor runs when `variant` is null.
/// Null when the processor cannot run the variant.
const generation_table *generation_kernels(const char *variant);
