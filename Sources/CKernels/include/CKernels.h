// The C side of Kernels: a worker pool, and loops over memory that Swift does not vectorize.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "generation.h"

#pragma clang assume_nonnull begin

// One block of a job; `block` counts from 0.
typedef void (*swiftlet_block)(void *_Nullable context, long block);

// Runs `body` for blocks 0..<blocks on the pool and the calling thread, and returns when all are done.
// Blocks run in any order, each once. A nested call, or one that finds the pool taken by another thread, runs
// all its blocks on the caller.
void swiftlet_pool_run(long blocks, swiftlet_block body, void *_Nullable context);

// Threads that share a job, the caller among them; starts workers when there are too few.
void swiftlet_pool_set_threads(int threads);
int swiftlet_pool_threads(void);

// Cores this process may run on.
int swiftlet_available_cores(void);

// What the processor has, as far as the kernels care; false everywhere but on x86-64.
typedef struct {
  bool x86_64_v3, x86_64_v4, avx512_bf16, avx512_vnni;
} swiftlet_features;
swiftlet_features swiftlet_processor_features(void);

// An attention call: q [queries, heads, dimension]; k and v [keys, kv_heads, dimension]; query row i sees the keys
// [first[i], end[i]).
typedef struct {
  const float *q, *k, *v;
  const int32_t *first, *end;
  long heads, kv_heads, dimension;
  float scale;
} swiftlet_attention;

typedef enum {
  swiftlet_forward_kl,
  swiftlet_reverse_kl,
  swiftlet_jsd,
  swiftlet_skew_forward_kl,
  swiftlet_skew_reverse_kl,
  swiftlet_total_variation
} swiftlet_divergence;

// Weights W [n, 32 blocks] of 4 or 8 bits in blocks of 32 along a row, 16 rows side by side.
//
// Group g holds the rows from 16 g on. `weights` is [group][block][bits][16 rows][4 bytes]: with 8 bits vector j holds
// the columns 4 j to 4 j + 3 of the block, each with 128 added; with 4 bits it holds those in the lower halves of its
// bytes and the columns 16 further in the upper halves, each with 8 added. `scales` is [group][block][16 rows] in half
// precision. A row beyond n has scales of 0.
typedef struct {
  const uint8_t *weights;
  const uint16_t *scales;
  long n, blocks;
  int bits;
} swiftlet_blocks;

// Activations in 8 bits: q [rows, 32 blocks], the scale of each block [rows, blocks], and the sum of its q.
typedef struct {
  const int8_t *q;
  const float *scale;
  const int32_t *sums;
} swiftlet_quantized_rows;

// The numbers of an AdamW update; the corrections are 1 / (1 - beta^step), the second one's square root taken.
typedef struct {
  float learning_rate, beta1, beta2, epsilon, decay, gradient_scale, first_correction, second_correction;
} swiftlet_adamw;

// Loops over memory, compiled once per instruction set. Each works on whole rows, on the calling thread.
// `rows` and `n` are a matrix's rows and columns. The formulas stand with the Swift functions that call these.
typedef struct {
  void (*rms_norm)(
      float *y, float *inverse_rms, const float *x, const float *w, long rows, long n, float epsilon);
  // Adds to dw, and to dx if so asked.
  void (*rms_norm_pullback)(
      float *dx, float *dw, const float *dy, const float *x, const float *w, const float *inverse_rms, long rows,
      long n, bool adds);
  void (*silu)(float *y, const float *x, long n);
  void (*silu_pullback)(float *dx, const float *dy, const float *x, long n);
  void (*swiglu)(float *y, const float *gate, const float *up, long n);
  void (*swiglu_pullback)(
      float *d_gate, float *d_up, const float *dy, const float *gate, const float *up, long n);
  // y = x scale, or 0 where the draw of element `first` + i under `seed` is below `threshold`.
  void (*dropout)(
      float *y, const float *x, long n, uint64_t first, uint64_t seed, uint32_t threshold, float scale);
  // Rotates the pairs (i, i + half) of one token's heads; sign -1 rotates back.
  void (*rope_half)(
      float *y, const float *x, const float *cosine, const float *sine, long heads, long half, float sign);
  void (*adamw)(float *p, const float *g, float *m, float *v, long n, const swiftlet_adamw *update);
  double (*sum)(const float *x, long n);
  double (*dot)(const float *a, const float *b, long n);
  // NaN if there is one.
  float (*max_abs)(const float *x, long n);

  // log sum exp(scale x); -infinity when n is 0.
  float (*log_sum_exp)(const float *x, long n, float scale);
  void (*softmax)(float *y, const float *x, long rows, long n, bool logarithm);
  // A label of -100 gives loss 0 and zeros.
  void (*cross_entropy)(
      float *losses, float *dx, const float *x, const int32_t *labels, long rows, long n, float smoothing);
  // `weight` is the mixture or the skew; `scratch` holds n floats.
  void (*divergence)(
      float *losses, float *d_student, const float *student, const float *teacher, const int32_t *_Nullable labels,
      long rows, long n, float inverse_temperature, swiftlet_divergence kind, float weight, float *scratch);
  // KL over k named tokens and the rest; `log_teacher` and `indices` [rows, k], `log_tail` [rows].
  void (*top_k_divergence)(
      float *losses, float *d_student, const float *student, const float *log_teacher, const int32_t *indices,
      const float *log_tail, const int32_t *_Nullable labels, long rows, long n, long k, float inverse_temperature);

  // Rows [row0, row1) of all heads that share key head `kv_head`.
  void (*attention)(
      const swiftlet_attention *call, long row0, long row1, long kv_head, float *y, float *log_sum_exp,
      float *scratch);
  // The same rows, whose keys all lie in [key0, key1); overwrites dq's rows and that range of dk and dv.
  void (*attention_pullback)(
      const swiftlet_attention *call, long row0, long row1, long key0, long key1, long kv_head, const float *dy,
      const float *y, const float *log_sum_exp, float *dq, float *dk, float *dv, float *scratch);

  // Packs panels [panel0, panel1) of b [k, n], or of b [n, k] when transposed: [panel][k][32], zeros beyond n.
  void (*pack_panels)(
      float *packed, const float *b, long stride, bool transposed, long n, long k, long panel0, long panel1);
  // Rows [row0, row1), at most swiftlet_row_block of them, and panels [panel0, panel1) of C [.., n] (+)= A B; A is
  // [m, k], or [k, m] when transposed. `scratch` holds swiftlet_product_scratch entries.
  void (*multiply_panels)(
      const float *a, long a_stride, bool transposed, const float *packed, float *c, long c_stride, long row0,
      long row1, long panel0, long panel1, long n, long k, bool accumulate, float *scratch);

  // Rows of x [rows, 32 blocks] to 8 bits: the largest magnitude of a block becomes 127.
  void (*quantize_rows)(
      int8_t *q, float *scale, int32_t *sums, const float *x, long stride, long rows, long blocks);
  // `blocks` blocks of 32 numbers of x to 8 or 4 bits: the numbers behind the two bytes at each block's start, which are
  // left for its scale; the scales in fp32.
  void (*quantize_blocks)(uint8_t *out, float *scales, const float *x, long blocks, int bits);
  // Rows [row0, row1) and groups [group0, group1) of y [.., n] (+)= x W^T.
  void (*multiply_blocks)(
      const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row0, long row1, long group0,
      long group1, bool accumulate);
} swiftlet_kernels;

// The most rows of one call to a packed product, fp32 or bf16, and the entries that it needs to pack them.
enum { swiftlet_row_block = 96, swiftlet_product_scratch = 96 * 768 };

// Steps that cut 0...k evenly, none longer than `most`, a multiple of 32; each but the last is one too. A short last step
// would load and store its sums for little.
static inline long swiftlet_even_step(long k, long most) {
  long steps = (k + most - 1) / most;
  return steps < 2 ? k : ((k + steps - 1) / steps + 31) / 32 * 32;
}

// Gives free memory that the C library keeps back to the system, where it can.
void swiftlet_return_free_memory(void);

// `count` floats of the calling thread's own, 64-byte aligned, until its next call; null when there is no memory.
float *_Nullable swiftlet_thread_scratch(long count);

// The tables for base (0), x86-64-v3 (1) and x86-64-v4 (2); the processor must have the level.
const swiftlet_kernels *swiftlet_kernel_table(int level);

// Floats of scratch memory, 64-byte aligned, for the two attention functions.
static inline long swiftlet_padded_dimension(long dimension) { return (dimension + 15) & ~15L; }
static inline long swiftlet_attention_scratch(long dimension) {
  return (3 * 32 + 2 * 64) * swiftlet_padded_dimension(dimension) + 2 * 72 * 32;
}
static inline long swiftlet_attention_pullback_scratch(long dimension, long keys) {
  return (9 * 32 + 64 + 2 * (keys + 8)) * swiftlet_padded_dimension(dimension) + 3 * 72 * 32;
}

// bf16 products; only on a processor with AVX512-BF16.
//
// A packed matrix stands in panels of 32 columns: [panel][pair of k][32], each entry two bf16, the lower k in the
// lower half. A column beyond n and an odd last k are zeros.
static inline long swiftlet_bf16_packed_count(long n, long k) { return (n + 31) / 32 * 32 * ((k + 1) / 2); }
// Packs panels [panel0, panel1) of b [k, n], or of b [n, k] when transposed.
void swiftlet_bf16_pack(
    uint32_t *packed, const float *b, long stride, bool transposed, long n, long k, long panel0, long panel1);
// As multiply_panels; `scratch` holds swiftlet_product_scratch entries.
void swiftlet_bf16_multiply(
    const float *a, long a_stride, bool transposed, const uint32_t *packed, float *c, long c_stride, long row0,
    long row1, long panel0, long panel1, long n, long k, bool accumulate, uint32_t *scratch);

// As the two in swiftlet_kernels, with the inputs of their products rounded to bf16.
void swiftlet_bf16_attention(
    const swiftlet_attention *call, long row0, long row1, long kv_head, float *y, float *log_sum_exp,
    float *scratch);
void swiftlet_bf16_attention_pullback(
    const swiftlet_attention *call, long row0, long row1, long key0, long key1, long kv_head, const float *dy,
    const float *y, const float *log_sum_exp, float *dq, float *dk, float *dv, float *scratch);

// As multiply_blocks, only on a processor with AVX512-VNNI.
void swiftlet_vnni_multiply_blocks(
    const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row0, long row1, long group0,
    long group1, bool accumulate);

// Measures of the machine.
//
// Multiply-adds between registers, `rounds` times twelve of them; returns the floating-point operations made. The
// processor must have the kind's instructions (other architectures have one kind only).
typedef enum { swiftlet_peak_base, swiftlet_peak_v3, swiftlet_peak_v4, swiftlet_peak_bf16 } swiftlet_peak_kind;
double swiftlet_peak_loop(swiftlet_peak_kind kind, long rounds);
// Reads all of p [n]; the result keeps the compiler from leaving the reads out.
uint64_t swiftlet_read_memory(const float *p, long n);

// Shared libraries named at run time. Null where there is none; the error is the last failure's.
void *_Nullable swiftlet_open_library(const char *path);
void *_Nullable swiftlet_library_symbol(void *library, const char *name);
const char *swiftlet_library_error(void);

#pragma clang assume_nonnull end
