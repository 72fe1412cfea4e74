// What attention's products multiply: floats, or with PAIRED pairs of bf16 along the summed index, two steps of it
// in one instruction.
#ifdef PAIRED
typedef uint32_t FN(operand);
typedef u16 FN(operands);
#define STEPS(n) (((n) + 1) / 2)

// The order that turns 32 numbers, 16 of one row and 16 of the next, into 16 pairs.
INLINE __m512i FN(pair_order)(void) {
  u16 low = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return (__m512i)(low | (low + 16) << 16);
}

INLINE v16 FN(multiply_add)(u16 x, u16 y, v16 sum) {
  return (v16)_mm512_dpbf16_ps((__m512)sum, (__m512bh)x, (__m512bh)y);
}
#else
typedef float FN(operand);
typedef v16 FN(operands);
#define STEPS(n) (n)
INLINE v16 FN(multiply_add)(v16 x, v16 y, v16 sum) { return FMA(x, y, sum); }
#endif

typedef struct { const FN(operand) *at; long stride; } FN(matrix);

// x [rows, n] for a sum along its columns: row r, step s stands at r * stride + s. Takes `scratch` if it must pack.
INLINE FN(matrix) FN(along)(float *scratch, const float *x, long stride, long rows, long n) {
#ifdef PAIRED
  uint32_t *pairs = (uint32_t *)scratch;
  long padded = (n + 31) / 32 * 16;
  for (long row = 0; row < rows; row++, x += stride) {
    for (long i = 0; i < n; i += 32) {
      v16 low = FN(load)(x + i, n - i, 0), high = FN(load)(x + i + 16, n - i - 16, 0);
      *(u16 *)(pairs + row * padded + i / 2) = (u16)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low);
    }
  }
  return (FN(matrix)){pairs, padded};
#else
  return (FN(matrix)){x, stride};
#endif
}

// x [rows, n] for a sum along its rows: step s, column i stands at s * stride + i. Takes `scratch` if it must pack.
INLINE FN(matrix) FN(across)(float *scratch, const float *x, long stride, long rows, long n) {
#ifdef PAIRED
  uint32_t *pairs = (uint32_t *)scratch;
  long padded = (n + 15) / 16 * 16;
  for (long row = 0; row < rows; row += 2, x += 2 * stride) {
    for (long i = 0; i < n; i += 16) {
      v16 low = FN(load)(x + i, n - i, 0);
      v16 high = row + 1 < rows ? FN(load)(x + stride + i, n - i, 0) : FN(splat)(0);
      __m512i both = (__m512i)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low);
      *(u16 *)(pairs + row / 2 * padded + i) = (u16)_mm512_permutexvar_epi16(FN(pair_order)(), both);
    }
  }
  return (FN(matrix)){pairs, padded};
#else
  return (FN(matrix)){x, stride};
#endif
}
