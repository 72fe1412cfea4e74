// Compiles the kernels once per instruction set. No build flags: the attribute below sets the target of every
// function in the included files, whose names FN makes unique.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "CKernels.h"

#pragma clang diagnostic ignored "-Wpsabi"

typedef float v16 __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t i16 __attribute__((ext_vector_type(16), aligned(4)));
typedef uint32_t u16 __attribute__((ext_vector_type(16), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
// Sums may be reordered, which is what lets them vectorize; the order is fixed by the compiled code.
#define REASSOCIATE _Pragma("clang fp reassociate(on) contract(fast)")

// Without the instruction an fma is a call to the C library: 85 times slower.
#define FMA(a, b, c) ((a) * (b) + (c))
// Rows of a register tile that is two vectors wide: 8 fill the 32 registers of AVX-512.
#define TILE 2
// The product's register tile: what leaves room for a row of B and one element of A.
#define PRODUCT_ROWS 2
#define PRODUCT_VECTORS 1
#define FN(name) base_##name
#include "all-kernels.h"
#undef FN
#undef FMA

#if defined(__x86_64__)
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#undef PRODUCT_ROWS
#define PRODUCT_ROWS 6
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define FN(name) v3_##name
#include "all-kernels.h"
#undef FN
#pragma clang attribute pop

#undef TILE
#define TILE 8
#undef PRODUCT_ROWS
#define PRODUCT_ROWS 12
#undef PRODUCT_VECTORS
#define PRODUCT_VECTORS 2
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define FN(name) v4_##name
#include "all-kernels.h"
#undef FN
#pragma clang attribute pop

// Attention once more, its products by pairs of bf16.
#define PAIRED
#undef STEPS
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,avx512bf16"))), apply_to = function)
#define FN(name) bf16_##name
#include "vector.h"
#include "operands.h"
#include "attention.h"
#include "attention-pullback.h"
#undef FN
#pragma clang attribute pop
#endif

void swiftlet_bf16_attention(
    const swiftlet_attention *call, long row0, long row1, long kv_head, float *y, float *log_sum_exp,
    float *scratch) {
#if defined(__x86_64__)
  bf16_attention(call, row0, row1, kv_head, y, log_sum_exp, scratch);
#else
  abort();
#endif
}

void swiftlet_bf16_attention_pullback(
    const swiftlet_attention *call, long row0, long row1, long key0, long key1, long kv_head, const float *dy,
    const float *y, const float *log_sum_exp, float *dq, float *dk, float *dv, float *scratch) {
#if defined(__x86_64__)
  bf16_attention_pullback(call, row0, row1, key0, key1, kv_head, dy, y, log_sum_exp, dq, dk, dv, scratch);
#else
  abort();
#endif
}

const swiftlet_kernels *swiftlet_kernel_table(int level) {
#if defined(__x86_64__)
  if (level == 2) return &v4_table;
  if (level == 1) return &v3_table;
#endif
  return &base_table;
}
