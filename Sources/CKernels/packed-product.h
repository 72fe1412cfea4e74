// fp32 matrix products with B packed into panels of 32 columns, in steps along k.
//
// The inner kernel holds a tile of PRODUCT_ROWS rows by PRODUCT_VECTORS vectors of 16 columns in registers and adds up to
// `k_block` steps of k at a time: longer steps load and store the tile less often, and a panel's part still comes from the
// second cache as fast as it is used. Each element of C is one sum in the order of k, whatever the split of rows and columns:
// a row's bits do not depend on the rows beside it.
//
// Packing a narrow strip of a tall matrix jumps from row to row, which the processor does not foresee; so it asks for
// the strip `rows_ahead` before it needs it.

enum { FN(panel) = 32, FN(k_block) = 768, FN(rows_ahead) = 64 };
_Static_assert(swiftlet_row_block * FN(k_block) <= swiftlet_product_scratch, "a block of A fits the scratch memory");

static void FN(pack_panels)(
    float *packed, const float *b, long stride, bool transposed, long n, long k, long panel0, long panel1) {
  for (long panel = panel0; panel < panel1; panel++) {
    float *out = packed + panel * k * FN(panel);
    for (long half = 0; half < FN(panel); half += 16) {
      long column = panel * FN(panel) + half, left = n - column;
      if (!transposed) {
        for (long i = 0; i < k; i++) {
          __builtin_prefetch(b + (i + FN(rows_ahead)) * stride + column);
          *(v16 *)(out + i * FN(panel) + half) = FN(load)(b + i * stride + column, left, 0);
        }
      } else {
        for (long i = 0; i < k; i += 16) {
          v16 r[16];
          for (long j = 0; j < 16; j++)
            r[j] = j < left ? FN(load)(b + (column + j) * stride + i, k - i, 0) : FN(splat)(0);
          FN(transpose16)(r);
          long count = k - i < 16 ? k - i : 16;
          for (long j = 0; j < count; j++) *(v16 *)(out + (i + j) * FN(panel) + half) = r[j];
        }
      }
    }
  }
}

// A block of A: entry (row, i) is at row * row_step + i * step. It is read where it lies, or copied to `scratch` where
// its rows would share cache sets or are columns.
typedef struct { const float *at; long row_step, step; } FN(packed_rows);

INLINE FN(packed_rows) FN(pack_rows)(
    float *scratch, const float *a, long stride, bool transposed, long row0, long rows, long k0, long ks) {
  if (!transposed && stride % 256 != 0) return (FN(packed_rows)){a + row0 * stride + k0, stride, 1};
  if (!transposed) {
    for (long row = 0; row < rows; row++)
      memcpy(scratch + row * ks, a + (row0 + row) * stride + k0, (size_t)ks * sizeof(float));
    return (FN(packed_rows)){scratch, ks, 1};
  }
  for (long i = 0; i < ks; i++) {
    const float *row = a + (k0 + i) * stride + row0;
    for (long j = 0; j < rows; j += 16) __builtin_prefetch(row + FN(rows_ahead) * stride + j);
    memcpy(scratch + i * rows, row, (size_t)rows * sizeof(float));
  }
  return (FN(packed_rows)){scratch, 1, rows};
}

// `rows` is a constant wherever this is inlined.
INLINE void FN(multiply_tile)(
    const int rows, FN(packed_rows) a, const float *b, float *c, long stride, long left, long ks, bool accumulate) {
  v16 sum[PRODUCT_ROWS][PRODUCT_VECTORS];
#pragma unroll
  for (int r = 0; r < rows; r++)
#pragma unroll
    for (int j = 0; j < PRODUCT_VECTORS; j++)
      sum[r][j] = accumulate && left > 16 * j ? FN(load)(c + r * stride + 16 * j, left - 16 * j, 0) : FN(splat)(0);
  for (long i = 0; i < ks; i++) {
    v16 y[PRODUCT_VECTORS];
#pragma unroll
    for (int j = 0; j < PRODUCT_VECTORS; j++) y[j] = *(const v16 *)(b + i * FN(panel) + 16 * j);
    const float *at = a.at + i * a.step;
#pragma unroll
    for (int r = 0; r < rows; r++) {
      v16 x = FN(splat)(at[r * a.row_step]);
#pragma unroll
      for (int j = 0; j < PRODUCT_VECTORS; j++) sum[r][j] = FMA(x, y[j], sum[r][j]);
    }
  }
#pragma unroll
  for (int r = 0; r < rows; r++)
#pragma unroll
    for (int j = 0; j < PRODUCT_VECTORS; j++)
      if (left > 16 * j) FN(store)(c + r * stride + 16 * j, left - 16 * j, sum[r][j]);
}

static void FN(multiply_rows)(
    long rows, FN(packed_rows) a, const float *b, float *c, long stride, long left, long ks, bool accumulate) {
  switch (rows) {
#define CASE(n) \
  case n: FN(multiply_tile)(n < PRODUCT_ROWS ? n : PRODUCT_ROWS, a, b, c, stride, left, ks, accumulate); break;
    CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#undef CASE
  }
}

static void FN(multiply_panels)(
    const float *a, long a_stride, bool transposed, const float *packed, float *c, long c_stride, long row0,
    long row1, long panel0, long panel1, long n, long k, bool accumulate, float *scratch) {
  long rows = row1 - row0;
  long k_step = swiftlet_even_step(k, FN(k_block));
  for (long k0 = 0; k0 < k; k0 += k_step) {
    long ks = k - k0 < k_step ? k - k0 : k_step;
    FN(packed_rows) block = FN(pack_rows)(scratch, a, a_stride, transposed, row0, rows, k0, ks);
    for (long panel = panel0; panel < panel1; panel++) {
      for (long part = 0; part < FN(panel) && panel * FN(panel) + part < n; part += 16 * PRODUCT_VECTORS) {
        const float *b = packed + (panel * k + k0) * FN(panel) + part;
        long column = panel * FN(panel) + part;
        for (long row = 0; row < rows; row += PRODUCT_ROWS) {
          FN(packed_rows) tile = {block.at + row * block.row_step, block.row_step, block.step};
          FN(multiply_rows)(
              rows - row < PRODUCT_ROWS ? rows - row : PRODUCT_ROWS, tile, b,
              c + (row0 + row) * c_stride + column, c_stride, n - column, ks, accumulate || k0 > 0);
        }
      }
    }
  }
}
