// Attention over the keys and values of earlier tokens, which lie in slots of a cache.

#define LD(p) (*(const v16 *)(p))
#define LDU(p) (*(const u16 *)(p))
#define ST(p) (*(v16 *)(p))

// Two floats as bf16, rounded to the nearest (ties to even), in one word.
INLINE uint32_t FN(pair)(float low, float high) {
  uint32_t a, b;
  memcpy(&a, &low, 4);
  memcpy(&b, &high, 4);
  a += 0x7FFF + (a >> 16 & 1);
  b += 0x7FFF + (b >> 16 & 1);
  return a >> 16 | (b & 0xFFFF0000u);
}

// Turns the pairs (i, i + half) of one head.
INLINE void FN(turn)(float *restrict y, const float *restrict x, const float *c, const float *s, long half) {
  for (long i = 0; i < half; i++) {
    float a = x[i], b = x[i + half];
    y[i] = a * c[i] - b * s[i];
    y[i + half] = b * c[i] + a * s[i];
  }
}

static void FN(place)(
    const float *qkv, const float *cosines, const float *sines, const int32_t *positions, const int32_t *slots,
    float *q, float *keys, float *values, long first, long end, const swiftlet_cache *shape) {
  const long heads = shape->heads, groups = shape->kv_heads, width = shape->dimension, half = width / 2;
  const long padded = shape->padded, capacity = shape->capacity;
  const long key_words = shape->is_short ? half : width, value_words = shape->is_short ? padded / 2 : padded;
  float turned[width], value[padded];
  for (long i = width; i < padded; i++) value[i] = 0;
  for (long row = first; row < end; row++) {
    const long position = positions[row], slot = slots[row] * groups * capacity;
    const float *c = cosines + position * half, *s = sines + position * half;
    const float *x = qkv + row * (heads + 2 * groups) * width;
    for (long h = 0; h < heads; h++, x += width) FN(turn)(q + (row * heads + h) * width, x, c, s, half);
    for (long g = 0; g < groups; g++, x += width) {
      FN(turn)(turned, x, c, s, half);
      // 64 keys side by side in each dimension: scores then need no horizontal sums.
      float *k = keys + (slot + g * capacity + position / 64 * 64) * key_words + position % 64;
      for (long i = 0; i < key_words; i++) {
        if (shape->is_short)
          ((uint32_t *)k)[64 * i] = FN(pair)(turned[2 * i], turned[2 * i + 1]);
        else
          k[64 * i] = turned[i];
      }
    }
    for (long g = 0; g < groups; g++, x += width) {
      float *v = values + (slot + g * capacity + position) * value_words;
      memcpy(value, x, (size_t)width * sizeof(float));
      if (!shape->is_short) {
        memcpy(v, value, (size_t)padded * sizeof(float));
        continue;
      }
      for (long i = 0; i < value_words; i++) {
        long d = i / 16 * 32 + i % 16;
        ((uint32_t *)v)[i] = FN(pair)(value[d], value[d + 16]);
      }
    }
  }
}

// scores[j] = scale * query . key j, for a tile of 64 keys and `heads` queries that share them.
INLINE void FN(cached_scores)(
    const float *queries, const float *k, long width, float scale, float *scores, long stride, int heads,
    bool is_short) {
  v16 sum[2][4] = {};
  for (long i = 0; i < (is_short ? width / 2 : width); i++)
    for (int part = 0; part < 4; part++) {
      const float *at = k + 64 * i + 16 * part;
      for (int h = 0; h < heads; h++) {
        const float *query = queries + h * width;
        if (is_short) {
          sum[h][part] = FMA(FN(splat)(query[2 * i]), (v16)(LDU(at) << 16), sum[h][part]);
          sum[h][part] = FMA(FN(splat)(query[2 * i + 1]), (v16)(LDU(at) & 0xFFFF0000u), sum[h][part]);
        } else {
          sum[h][part] = FMA(FN(splat)(query[i]), LD(at), sum[h][part]);
        }
      }
    }
  for (int h = 0; h < heads; h++)
    for (int part = 0; part < 4; part++) ST(scores + h * stride + 16 * part) = sum[h][part] * scale;
}

// y = inverse * sum of weights[j] values[j], for `vectors` vectors of 16 dimensions and `heads` rows of weights.
INLINE void FN(mix_values)(
    const float *values, long words, const float *weights, long stride, long n, const float *inverse, float *y,
    int vectors, int heads, bool is_short) {
  v16 sum[2][4] = {};
  for (long j = 0; j < n; j++, values += words)
    for (int h = 0; h < heads; h++) {
      v16 w = FN(splat)(weights[h * stride + j]);
      for (int i = 0; i < vectors; i++) {
        // A word of the short form holds dimension i of two vectors that follow each other.
        v16 x = !is_short ? LD(values + 16 * i)
                 : i % 2   ? (v16)(LDU(values + 16 * (i / 2)) & 0xFFFF0000u)
                           : (v16)(LDU(values + 16 * (i / 2)) << 16);
        sum[h][i] = FMA(w, x, sum[h][i]);
      }
    }
  for (int h = 0; h < heads; h++)
    for (int i = 0; i < vectors; i++) ST(y + 64 * h + 16 * i) = sum[h][i] * inverse[h];
}

// Scores to weights exp(score - largest), in place; returns the inverse of their sum.
INLINE float FN(weigh_scores)(float *scores, long n) {
  const long filled = (n + 63) / 64 * 64;
  // Keys beyond the row's own position hold old or no numbers.
  for (long j = n; j < filled; j++) scores[j] = -FLT_MAX;
  v16 largest = FN(splat)(-FLT_MAX), sum = {};
  for (long j = 0; j < filled; j += 16) largest = __builtin_elementwise_max(largest, LD(scores + j));
  const float maximum = FN(max_lanes)(largest);
  for (long j = 0; j < filled; j += 16) {
    v16 e = FN(exp)(LD(scores + j) - maximum);
    ST(scores + j) = e;
    sum += e;
  }
  return 1 / FN(add_lanes)(sum);
}

// One or two query heads of one row that read the same key head. y: [heads, width]; scratch: 2 capacity.
INLINE void FN(attend_heads)(
    const float *queries, const float *k, const float *v, float *y, float *scratch, float scale, long n,
    const swiftlet_cache *shape, int heads, bool is_short) {
  const long width = shape->dimension, capacity = shape->capacity, padded = shape->padded;
  const long key_words = is_short ? width / 2 : width, value_words = is_short ? padded / 2 : padded;
  for (long tile = 0; tile < n; tile += 64)
    FN(cached_scores)(queries, k + tile * key_words, width, scale, scratch + tile, capacity, heads, is_short);
  float inverse[2], mixed[128];
  for (int h = 0; h < heads; h++) inverse[h] = FN(weigh_scores)(scratch + h * capacity, n);
  for (long done = 0; done < width; done += 64, v += is_short ? 32 : 64) {
    const long left = padded - done, copied = width - done < 64 ? width - done : 64;
    if (left >= 64)
      FN(mix_values)(v, value_words, scratch, capacity, n, inverse, mixed, 4, heads, is_short);
    else if (left == 48)
      FN(mix_values)(v, value_words, scratch, capacity, n, inverse, mixed, 3, heads, is_short);
    else if (left == 32)
      FN(mix_values)(v, value_words, scratch, capacity, n, inverse, mixed, 2, heads, is_short);
    else
      FN(mix_values)(v, value_words, scratch, capacity, n, inverse, mixed, 1, heads, is_short);
    for (int h = 0; h < heads; h++)
      memcpy(y + h * width + done, mixed + 64 * h, (size_t)copied * sizeof(float));
  }
}

static void FN(attend)(
    const float *q, const float *keys, const float *values, const int32_t *positions, const int32_t *slots,
    float *y, float *scratch, float scale, long first, long end, const swiftlet_cache *shape) {
  const long heads = shape->heads, groups = shape->kv_heads, width = shape->dimension, shared = heads / groups;
  const bool is_short = shape->is_short;
  const long key_words = is_short ? width / 2 : width, value_words = is_short ? shape->padded / 2 : shape->padded;
  // Two heads at a time where they share keys: each number of the cache is then loaded once for both.
  const long step = shared % 2 ? 1 : 2;
  for (long row = first; row < end; row++)
    for (long h = 0; h < heads; h += step) {
      const long n = positions[row] + 1, at = (row * heads + h) * width;
      const long cache = (slots[row] * groups + h / shared) * shape->capacity;
      const float *k = keys + cache * key_words, *v = values + cache * value_words;
      // The last two arguments are constants, so that each case is compiled by itself.
      if (is_short && step == 2)
        FN(attend_heads)(q + at, k, v, y + at, scratch, scale, n, shape, 2, true);
      else if (is_short)
        FN(attend_heads)(q + at, k, v, y + at, scratch, scale, n, shape, 1, true);
      else if (step == 2)
        FN(attend_heads)(q + at, k, v, y + at, scratch, scale, n, shape, 2, false);
      else
        FN(attend_heads)(q + at, k, v, y + at, scratch, scale, n, shape, 1, false);
    }
}

#undef LD
#undef LDU
#undef ST
