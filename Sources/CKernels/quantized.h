// Products of 8-bit activations with weights in blocks: the definition, for processors without the VNNI product.
//
// A sum over a block is exact in integers; the blocks of a row are added in their order, in fp32.

// A finite half-precision number.
INLINE float FN(half)(uint16_t half) {
  uint32_t exponent = half >> 10 & 31, fraction = half & 1023;
  uint32_t bits = (uint32_t)(half >> 15) << 31 | (exponent + 112) << 23 | fraction << 13;
  float normal;
  memcpy(&normal, &bits, 4);
  float small = (float)fraction * 0x1p-24f;
  return exponent == 0 ? (half >> 15 ? -small : small) : normal;
}

static void FN(quantize_rows)(
    int8_t *q, float *scale, int32_t *sums, const float *x, long stride, long rows, long blocks) {
  for (long row = 0; row < rows; row++, x += stride) {
    for (long block = 0; block < blocks; block++, q += 32) {
      const float *at = x + block * 32;
      float largest = 0;
      for (int i = 0; i < 32; i++) largest = at[i] > largest ? at[i] : -at[i] > largest ? -at[i] : largest;
      float inverse = largest > 0 ? 127 / largest : 0;
      int32_t sum = 0;
      for (int i = 0; i < 32; i++) {
        int32_t rounded = (int32_t)__builtin_rintf(at[i] * inverse);
        q[i] = (int8_t)rounded;
        sum += rounded;
      }
      *scale++ = largest / 127;
      *sums++ = sum;
    }
  }
}

// Blocks of ggml's Q8_0 and Q4_0 as its reference quantizer makes them; the scales apart, in fp32.
static void FN(quantize_blocks)(uint8_t *out, float *scales, const float *x, long blocks, int bits) {
  // The reference rounds the product before it adds.
  _Pragma("clang fp contract(off)")
  for (long block = 0; block < blocks; block++, x += 32) {
    float largest = 0;
    for (int i = 0; i < 32; i++) largest = __builtin_fabsf(x[i]) > largest ? __builtin_fabsf(x[i]) : largest;
    // In 4 bits the scale has the sign that brings the first of the largest elements to -8.
    float extreme = largest;
    if (bits == 4) {
      for (int i = 31; i >= 0; i--) extreme = __builtin_fabsf(x[i]) == largest ? x[i] : extreme;
    }
    float d = bits == 8 ? largest / 127 : extreme / -8;
    float inverse = d != 0 && __builtin_isfinite(1 / d) ? 1 / d : 0;
    scales[block] = d;
    if (bits == 8) {
      int8_t *q = (int8_t *)(out + block * 34 + 2);
      for (int i = 0; i < 32; i++) {
        // Half away from zero: the largest float below a half keeps what is below a half below it.
        float t = x[i] * inverse;
        int32_t rounded = (int32_t)(t + __builtin_copysignf(0.49999997f, t));
        q[i] = (int8_t)(rounded > 127 ? 127 : rounded < -127 ? -127 : rounded);
      }
    } else {
      uint8_t *q = out + block * 18 + 2;
      for (int i = 0; i < 16; i++) {
        float low = x[i] * inverse + 8.5f, high = x[i + 16] * inverse + 8.5f;
        low = low < 0 ? 0 : low > 15 ? 15 : low;
        high = high < 0 ? 0 : high > 15 ? 15 : high;
        q[i] = (uint8_t)((int32_t)low | (int32_t)high << 4);
      }
    }
  }
}

static void FN(multiply_blocks)(
    const swiftlet_blocks *w, const swiftlet_quantized_rows *x, float *y, long row0, long row1, long group0,
    long group1, bool accumulate) {
  long offset = w->bits == 8 ? 128 : 8, bytes = w->bits == 8 ? 512 : 256;
  for (long group = group0; group < group1; group++) {
    long columns = w->n - 16 * group < 16 ? w->n - 16 * group : 16;
    for (long row = row0; row < row1; row++) {
      float total[16] = {0};
      for (long block = 0; block < w->blocks; block++) {
        const uint8_t *weights = w->weights + (group * w->blocks + block) * bytes;
        const uint16_t *scales = w->scales + (group * w->blocks + block) * 16;
        const int8_t *q = x->q + (row * w->blocks + block) * 32;
        int32_t sum[16];
        for (int lane = 0; lane < 16; lane++) sum[lane] = -(int32_t)offset * x->sums[row * w->blocks + block];
        for (int i = 0; i < 32; i++) {
          const uint8_t *at = weights + (w->bits == 8 ? i : i % 16) / 4 * 64 + i % 4;
          for (int lane = 0; lane < 16; lane++) {
            int32_t weight = at[4 * lane];
            if (w->bits == 4) weight = i < 16 ? weight & 15 : weight >> 4;
            sum[lane] += weight * q[i];
          }
        }
        float scale = x->scale[row * w->blocks + block];
        for (int lane = 0; lane < 16; lane++) {
          total[lane] = FMA((float)sum[lane], FN(half)(scales[lane]) * scale, total[lane]);
        }
      }
      float *out = y + row * w->n + 16 * group;
      for (long lane = 0; lane < columns; lane++) out[lane] = accumulate ? out[lane] + total[lane] : total[lane];
    }
  }
}
