// Matrix products with bf16 inputs and fp32 sums, by the AVX512-BF16 dot product of pairs.
//
// B is packed into panels of 32 columns, A block by block into pairs along k. The inner kernel holds a tile of
// 12 rows by 32 columns in 24 registers and adds up to K_BLOCK steps of k at a time. Each element of C is summed in the
// order of k, whatever the split of rows and columns.
#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma")))
#define INLINE TARGET __attribute__((always_inline)) static inline

enum { TILE_ROWS = 12, PANEL = 32, K_BLOCK = 1024, ROW_BLOCK = swiftlet_row_block };
_Static_assert(ROW_BLOCK * K_BLOCK / 2 <= swiftlet_product_scratch, "a block of A fits the scratch memory");

static inline long smaller(long a, long b) { return a < b ? a : b; }

// A mask of the first `left` of 16 lanes.
static inline __mmask16 first_lanes(long left) {
  return left >= 16 ? 0xFFFF : left <= 0 ? 0 : (__mmask16)((1u << left) - 1);
}

// 32 floats in a row, the ones beyond `left` as zeros, to 16 pairs in order.
INLINE __m512i pairs_along(const float *p, long left) {
  __m512 low = _mm512_maskz_loadu_ps(first_lanes(left), p);
  __m512 high = _mm512_maskz_loadu_ps(first_lanes(left - 16), p + 16);
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

// Pairs (p[i], p[stride + i]) of two rows; the second is zeros if there is none.
INLINE __m512i pairs_across(const float *p, long stride, bool has_second, __mmask16 mask) {
  // A narrow strip of a tall matrix jumps from row to row, which the processor does not foresee: asking for the
  // strip 64 rows ahead makes gradients of weights a fifth faster.
  __builtin_prefetch(p + 64 * stride);
  __builtin_prefetch(p + 65 * stride);
  __m512i order = _mm512_set_epi16(
      31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1,
      16, 0);
  __m512 low = _mm512_maskz_loadu_ps(mask, p);
  __m512 high = has_second ? _mm512_maskz_loadu_ps(mask, p + stride) : _mm512_setzero_ps();
  return _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(high, low));
}

INLINE void transpose16(__m512i *r) {
  __m512i t[16];
  for (int i = 0; i < 8; i++) {
    t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
  }
  for (int i = 0; i < 4; i++) {
    r[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
    r[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
    r[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
    r[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xdd);
  }
  for (int i = 0; i < 8; i++) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
  }
}

TARGET void swiftlet_bf16_pack(
    uint32_t *packed, const float *b, long stride, bool transposed, long n, long k, long panel0, long panel1) {
  long pairs = (k + 1) / 2;
  for (long panel = panel0; panel < panel1; panel++) {
    uint32_t *out = packed + panel * pairs * PANEL;
    for (long half = 0; half < PANEL; half += 16) {
      long column = panel * PANEL + half, left = n - column;
      if (!transposed) {
        __mmask16 mask = first_lanes(left);
        for (long i = 0; i < pairs; i++) {
          const float *p = b + 2 * i * stride + column;
          __m512i x = pairs_across(p, stride, 2 * i + 1 < k, mask);
          _mm512_storeu_si512(out + i * PANEL + half, x);
        }
      } else {
        for (long i = 0; i < pairs; i += 16) {
          __m512i r[16];
          for (long j = 0; j < 16; j++) {
            r[j] = j < left ? pairs_along(b + (column + j) * stride + 2 * i, k - 2 * i) : _mm512_setzero_si512();
          }
          transpose16(r);
          long count = smaller(16, pairs - i);
          for (long j = 0; j < count; j++) _mm512_storeu_si512(out + (i + j) * PANEL + half, r[j]);
        }
      }
    }
  }
}

// A block of A as pairs along k: entry (row, pair) is at row * row_step + pair * pair_step.
typedef struct { const uint32_t *pairs; long row_step, pair_step; } packed_rows;

INLINE packed_rows pack_rows(
    uint32_t *scratch, const float *a, long stride, bool transposed, long row0, long rows, long k0, long ks) {
  if (!transposed) {
    long row_step = (ks + 31) / 32 * 16;
    for (long row = 0; row < rows; row++) {
      const float *p = a + (row0 + row) * stride + k0;
      for (long i = 0; i < ks; i += 32) {
        _mm512_storeu_si512(scratch + row * row_step + i / 2, pairs_along(p + i, ks - i));
      }
    }
    return (packed_rows){scratch, row_step, 1};
  }
  for (long i = 0; i < ks; i += 2) {
    const float *p = a + (k0 + i) * stride + row0;
    for (long row = 0; row < rows; row += 16) {
      __m512i x = pairs_across(p + row, stride, i + 1 < ks, first_lanes(rows - row));
      _mm512_storeu_si512(scratch + i / 2 * ROW_BLOCK + row, x);
    }
  }
  return (packed_rows){scratch, 1, ROW_BLOCK};
}

// `rows` is a constant wherever this is inlined.
INLINE void multiply_tile(
    const int rows, packed_rows a, const uint32_t *b, float *c, long stride, long pairs, bool accumulate,
    __mmask16 mask0, __mmask16 mask1) {
  __m512 sum[TILE_ROWS][2];
  for (int i = 0; i < rows; i++) {
    sum[i][0] = accumulate ? _mm512_maskz_loadu_ps(mask0, c + i * stride) : _mm512_setzero_ps();
    sum[i][1] = accumulate ? _mm512_maskz_loadu_ps(mask1, c + i * stride + 16) : _mm512_setzero_ps();
  }
  for (long pair = 0; pair < pairs; pair++) {
    __m512bh b0 = (__m512bh)_mm512_loadu_si512(b + pair * PANEL);
    __m512bh b1 = (__m512bh)_mm512_loadu_si512(b + pair * PANEL + 16);
    const uint32_t *at = a.pairs + pair * a.pair_step;
#pragma unroll
    for (int i = 0; i < rows; i++) {
      __m512bh x = (__m512bh)_mm512_set1_epi32((int)at[i * a.row_step]);
      sum[i][0] = _mm512_dpbf16_ps(sum[i][0], b0, x);
      sum[i][1] = _mm512_dpbf16_ps(sum[i][1], b1, x);
    }
  }
  for (int i = 0; i < rows; i++) {
    _mm512_mask_storeu_ps(c + i * stride, mask0, sum[i][0]);
    _mm512_mask_storeu_ps(c + i * stride + 16, mask1, sum[i][1]);
  }
}

TARGET static void multiply_rows(
    long rows, packed_rows a, const uint32_t *b, float *c, long stride, long pairs, bool accumulate,
    __mmask16 mask0, __mmask16 mask1) {
  switch (rows) {
#define CASE(n) \
  case n: multiply_tile(n, a, b, c, stride, pairs, accumulate, mask0, mask1); break;
    CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11)
    default: CASE(12)
#undef CASE
  }
}

TARGET void swiftlet_bf16_multiply(
    const float *a, long a_stride, bool transposed, const uint32_t *packed, float *c, long c_stride, long row0,
    long row1, long panel0, long panel1, long n, long k, bool accumulate, uint32_t *scratch) {
  long pairs = (k + 1) / 2, rows = row1 - row0;
  long k_step = swiftlet_even_step(k, K_BLOCK);
  for (long k0 = 0; k0 < k; k0 += k_step) {
    long ks = smaller(k_step, k - k0);
    packed_rows block = pack_rows(scratch, a, a_stride, transposed, row0, rows, k0, ks);
    for (long panel = panel0; panel < panel1; panel++) {
      const uint32_t *b = packed + (panel * pairs + k0 / 2) * PANEL;
      __mmask16 mask0 = first_lanes(n - panel * PANEL), mask1 = first_lanes(n - panel * PANEL - 16);
      for (long row = 0; row < rows; row += TILE_ROWS) {
        packed_rows tile = {block.pairs + row * block.row_step, block.row_step, block.pair_step};
        multiply_rows(
            smaller(TILE_ROWS, rows - row), tile, b, c + (row0 + row) * c_stride + panel * PANEL, c_stride,
            (ks + 1) / 2, accumulate || k0 > 0, mask0, mask1);
      }
    }
  }
}

#else
#include <stdlib.h>

void swiftlet_bf16_pack(
    uint32_t *packed, const float *b, long stride, bool transposed, long n, long k, long panel0, long panel1) {
  abort();
}
void swiftlet_bf16_multiply(
    const float *a, long a_stride, bool transposed, const uint32_t *packed, float *c, long c_stride, long row0,
    long row1, long panel0, long panel1, long n, long k, bool accumulate, uint32_t *scratch) {
  abort();
}
#endif
