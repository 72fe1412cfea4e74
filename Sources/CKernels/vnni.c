// Products of 8-bit activations with weights in blocks of 32, by the dot product of four bytes (AVX512-VNNI).
//
// A vector holds four steps of k for 16 rows of weights, so a weight is read once for up to 8 rows of activations and
// no sum crosses lanes. The instruction wants one unsigned factor: weights carry an offset, whose share, the offset
// times the sum of the activations, is taken off where a block's sum begins.
#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")))
#define INLINE TARGET __attribute__((always_inline)) static inline

// `rows` and `bits` are constants wherever this is inlined.
INLINE void multiply_group(
    const int rows, const int bits, const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row,
    long group, __mmask16 mask, bool accumulate) {
  const long blocks = w->blocks, bytes = 64 * bits;
  const uint8_t *weights = w->weights + group * blocks * bytes;
  const uint16_t *scales = w->scales + group * blocks * 16;
  __m512 total[8];
  for (int r = 0; r < rows; r++) total[r] = _mm512_setzero_ps();
  for (long block = 0; block < blocks; block++, weights += bytes, scales += 16) {
    __m512i v[8];
    if (bits == 8) {
#pragma unroll
      for (int j = 0; j < 8; j++) v[j] = _mm512_loadu_si512(weights + 64 * j);
    } else {
      const __m512i low = _mm512_set1_epi8(15);
#pragma unroll
      for (int j = 0; j < 4; j++) {
        __m512i both = _mm512_loadu_si512(weights + 64 * j);
        v[j] = _mm512_and_si512(both, low);
        v[j + 4] = _mm512_and_si512(_mm512_srli_epi16(both, 4), low);
      }
    }
    __m512 scale = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)scales));
#pragma unroll
    for (int r = 0; r < rows; r++) {
      long at = (row + r) * blocks + block;
      const int32_t *q = (const int32_t *)(x->q + at * 32);
      __m512i even = _mm512_set1_epi32(-(1 << (bits - 1)) * x->sums[at]), odd = _mm512_setzero_si512();
#pragma unroll
      for (int j = 0; j < 8; j += 2) {
        even = _mm512_dpbusd_epi32(even, v[j], _mm512_set1_epi32(q[j]));
        odd = _mm512_dpbusd_epi32(odd, v[j + 1], _mm512_set1_epi32(q[j + 1]));
      }
      __m512 sum = _mm512_cvtepi32_ps(_mm512_add_epi32(even, odd));
      total[r] = _mm512_fmadd_ps(sum, _mm512_mul_ps(scale, _mm512_set1_ps(x->scale[at])), total[r]);
    }
  }
  for (int r = 0; r < rows; r++) {
    float *out = y + (row + r) * w->n + 16 * group;
    if (accumulate) total[r] = _mm512_add_ps(total[r], _mm512_maskz_loadu_ps(mask, out));
    _mm512_mask_storeu_ps(out, mask, total[r]);
  }
}

TARGET static void multiply_rows(
    long rows, const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row, long group,
    __mmask16 mask, bool accumulate) {
#define CASE(n) \
  case n: \
    if (w->bits == 8) multiply_group(n, 8, w, x, y, row, group, mask, accumulate); \
    else multiply_group(n, 4, w, x, y, row, group, mask, accumulate); \
    break;
  switch (rows) { CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) }
#undef CASE
}

TARGET void swiftlet_vnni_multiply_blocks(
    const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row0, long row1, long group0,
    long group1, bool accumulate) {
  for (long group = group0; group < group1; group++) {
    long left = w->n - 16 * group;
    __mmask16 mask = left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
    for (long row = row0; row < row1; row += 8) {
      multiply_rows(row1 - row < 8 ? row1 - row : 8, w, x, y, row, group, mask, accumulate);
    }
  }
}

#else
#include <stdlib.h>

void swiftlet_vnni_multiply_blocks(
    const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row0, long row1, long group0,
    long group1, bool accumulate) {
  abort();
}
#endif
