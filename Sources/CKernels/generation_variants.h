// Included by generation.c once per variant, with F(name), FMA(a, b, c) and TOGETHER defined. Not a header.

typedef float F(v) __attribute__((vector_size(64), aligned(4)));
typedef uint32_t F(u) __attribute__((vector_size(64), aligned(4)));
typedef int32_t F(i) __attribute__((vector_size(64), aligned(4)));
#define LD(p) (*(const F(v) *)(p))
#define LDU(p) (*(const F(u) *)(p))
#define ST(p) (*(F(v) *)(p))
#define INLINE static inline __attribute__((always_inline))

INLINE F(v) F(broadcast)(float x) { return x - (F(v)){}; }

// exp by 2^n times a polynomial of degree 6; arguments below −87 give about 1e-38.
INLINE F(v) F(exp)(F(v) x) {
  x = __builtin_elementwise_max(x, F(broadcast)(-87));
  x = __builtin_elementwise_min(x, F(broadcast)(88));
  F(v) t = FMA(x, F(broadcast)(1.44269504f), F(broadcast)(12582912.f)), n = t - 12582912.f;
  F(v) r = FMA(n, F(broadcast)(2.12194440e-4f), FMA(n, F(broadcast)(-0.693359375f), x));
  F(v) p = F(broadcast)(1.9875691500e-4f);
  p = FMA(p, r, F(broadcast)(1.3981999507e-3f));
  p = FMA(p, r, F(broadcast)(8.3334519073e-3f));
  p = FMA(p, r, F(broadcast)(4.1665795894e-2f));
  p = FMA(p, r, F(broadcast)(1.6666665459e-1f));
  p = FMA(p, r, F(broadcast)(5.0000001201e-1f));
  F(u) power = ((F(u))t + 127) << 23;
  return FMA(p, r * r, r + 1) * (F(v))power;
}

INLINE double F(total)(F(v) x) {
  double sum = 0;
  for (int i = 0; i < 16; i++) sum += x[i];
  return sum;
}

// The nearest bf16 (ties to even).
INLINE uint16_t F(bf16)(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

// Floats that the key and the value of one position and head take.
INLINE long F(key_words)(const generation_shape *shape) {
  const long width = shape->head_dimension;
  return shape->bits == 8 ? (width + 3) / 4 + 1 : shape->bits == 16 ? width / 2 : width;
}
INLINE long F(value_words)(const generation_shape *shape) {
  const long padded = shape->padded_dimension;
  return shape->bits == 8 ? padded / 4 + 1 : shape->bits == 16 ? padded / 2 : padded;
}

// The factor by which bytes from −127 to 127 reach the largest of n numbers.
INLINE float F(byte_scale)(const float *x, long n) {
  float largest = 0;
  for (long i = 0; i < n; i++) {
    float size = x[i] < 0 ? -x[i] : x[i];
    largest = size > largest ? size : largest;
  }
  return largest / 127;
}

// The nearest whole number, which a signed byte holds.
INLINE uint8_t F(byte)(float x) {
  // Adding 3 · 2²² leaves a whole number in the last bits.
  const float rounded = x + 12582912.f;
  return (uint8_t)(int8_t)(int32_t)(rounded - 12582912.f);
}

// One of the four bytes of each word.
INLINE F(v) F(lane)(const float *at, int lane) {
  return __builtin_convertvector((F(i))(LDU(at) << (24 - 8 * lane)) >> 24, F(v));
}

static void F(place)(
    const float *qkv, const float *cosines, const float *sines, const int32_t *positions, const int32_t *slots,
    float *q, float *keys, float *values, long first, long end, const generation_shape *shape) {
  const long heads = shape->query_heads, groups = shape->key_value_heads, width = shape->head_dimension;
  const long half = width / 2, padded = shape->padded_dimension, capacity = shape->capacity;
  const long bits = shape->bits, key_words = F(key_words)(shape), value_words = F(value_words)(shape);
  float turned[width], value[padded];
  for (long i = width; i < padded; i++) value[i] = 0;
  for (long row = first; row < end; row++) {
    const long position = positions[row];
    const float *restrict c = cosines + position * half, *restrict s = sines + position * half;
    const float *restrict x = qkv + row * (heads + 2 * groups) * width;
    float *restrict to = q + row * heads * width;
    for (long h = 0; h < heads; h++, x += width, to += width)
      for (long i = 0; i < half; i++) {
        float a = x[i], b = x[i + half];
        to[i] = a * c[i] - b * s[i];
        to[i + half] = b * c[i] + a * s[i];
      }
    for (long g = 0; g < groups; g++, x += width) {
      for (long i = 0; i < half; i++) {
        float a = x[i], b = x[i + half];
        turned[i] = a * c[i] - b * s[i];
        turned[i + half] = b * c[i] + a * s[i];
      }
      // 64 keys side by side in each dimension: scores then need no horizontal sums.
      float *k = keys + ((slots[row] * groups + g) * capacity + position / 64 * 64) * key_words + position % 64;
      if (bits == 8) {
        const float by = F(byte_scale)(turned, width), inverse = by > 0 ? 1 / by : 0;
        for (long i = 0; i < 4 * (key_words - 1); i++)
          ((uint8_t *)(k + i / 4 * 64))[i % 4] = F(byte)(i < width ? turned[i] * inverse : 0);
        k[64 * (key_words - 1)] = by;
      } else if (bits == 16)
        for (long i = 0; i < half; i++) {
          uint16_t *pair = (uint16_t *)(k + 64 * i);
          pair[0] = F(bf16)(turned[2 * i]);
          pair[1] = F(bf16)(turned[2 * i + 1]);
        }
      else
        for (long i = 0; i < width; i++) k[64 * i] = turned[i];
    }
    for (long g = 0; g < groups; g++, x += width) {
      // Positions that follow each other share words.
      const long parts = 32 / bits, part = position % parts;
      float *v = values + ((slots[row] * groups + g) * capacity + position - part) * value_words;
      memcpy(value, x, (size_t)width * sizeof(float));
      if (bits == 8) {
        const float by = F(byte_scale)(value, width), inverse = by > 0 ? 1 / by : 0;
        for (long i = 0; i < padded; i++) ((uint8_t *)v)[4 * i + part] = F(byte)(value[i] * inverse);
        v[padded + part] = by;
      } else if (bits == 16)
        for (long i = 0; i < padded; i++) ((uint16_t *)v)[2 * i + part] = F(bf16)(value[i]);
      else
        memcpy(v, value, (size_t)padded * sizeof(float));
    }
  }
}

// scores[j] = query · key j for a tile of 64 keys and `heads` queries that share them.
INLINE void F(score)(
    const float *queries, const float *k, long width, float scale, float *scores, long stride, int heads, int bits) {
  F(v) sum[TOGETHER][4] = {};
  for (long i = 0; i < (bits == 8 ? (width + 3) / 4 : bits == 16 ? width / 2 : width); i++)
    for (int part = 0; part < 4; part++) {
      const float *at = k + 64 * i + 16 * part;
      for (int h = 0; h < heads; h++) {
        const float *query = queries + h * width;
        if (bits == 8) {
          for (int lane = 0; lane < 4 && 4 * i + lane < width; lane++)
            sum[h][part] = FMA(F(broadcast)(query[4 * i + lane]), F(lane)(at, lane), sum[h][part]);
        } else if (bits == 16) {
          sum[h][part] = FMA(F(broadcast)(query[2 * i]), (F(v))(LDU(at) << 16), sum[h][part]);
          sum[h][part] = FMA(F(broadcast)(query[2 * i + 1]), (F(v))(LDU(at) & 0xFFFF0000u), sum[h][part]);
        } else {
          sum[h][part] = FMA(F(broadcast)(query[i]), LD(at), sum[h][part]);
        }
      }
    }
  const float *factors = k + 64 * ((width + 3) / 4);
  for (int h = 0; h < heads; h++)
    for (int part = 0; part < 4; part++) {
      if (bits == 8) sum[h][part] *= LD(factors + 16 * part);
      ST(scores + h * stride + 16 * part) = sum[h][part] * scale;
    }
}

// sum[h][i] += weights[h] · values for position `part` of the four that begin at `values`. With 8 bits their factors
// stand `factors` floats behind it.
INLINE void F(add_position)(
    F(v) (*sum)[4], const float *values, int part, long words, const float *weights, long stride, int vectors,
    int heads, int bits, long factors) {
  const float *at = values + (bits == 8 ? 0 : bits == 16 ? part / 2 * 2 : part) * words;
  for (int i = 0; i < vectors; i++, at += 16) {
    F(v) x = bits == 8 ? F(lane)(at, part)
             : bits == 32 ? LD(at)
             : part % 2   ? (F(v))(LDU(at) & 0xFFFF0000u)
                          : (F(v))(LDU(at) << 16);
    for (int h = 0; h < heads; h++) {
      const float weight = weights[h * stride] * (bits == 8 ? values[factors + part] : 1);
      sum[h][i] = FMA(F(broadcast)(weight), x, sum[h][i]);
    }
  }
}

// y = Σ weights[j] · values[j] · inverse for `vectors` vectors of 16 dimensions and `heads` rows of weights.
INLINE void F(mix)(
    const float *values, long words, const float *weights, long stride, long n, const float *inverse, float *y,
    int vectors, int heads, int bits, long factors) {
  // An addition waits four cycles for the one before it: where few vectors and heads are summed, positions take turns
  // at sums of their own.
  const int turns = heads * vectors >= 4 ? 1 : heads * vectors >= 2 ? 2 : 4;
  F(v) sum[4][TOGETHER][4] = {};
#define ADD(part) \
  F(add_position)( \
      sum[part % turns], values + j * words, part, words, weights + j + part, stride, vectors, heads, bits, factors)
  long j = 0;
  for (; j + 4 <= n; j += 4) {
    ADD(0);
    ADD(1);
    ADD(2);
    ADD(3);
  }
  if (j < n) ADD(0);
  if (j + 1 < n) ADD(1);
  if (j + 2 < n) ADD(2);
#undef ADD
  for (int h = 0; h < heads; h++)
    for (int i = 0; i < vectors; i++) {
      F(v) all = sum[0][h][i];
      for (int turn = 1; turn < turns; turn++) all += sum[turn][h][i];
      ST(y + 64 * h + 16 * i) = all * inverse[h];
    }
}

// Scores to weights exp(score − largest), in place; returns the inverse of their sum.
INLINE float F(weigh_scores)(float *scores, long n) {
  const long filled = (n + 63) / 64 * 64;
  // Keys beyond the row's own position hold old or no numbers.
  for (long j = n; j < filled; j++) scores[j] = -FLT_MAX;
  F(v) largest = F(broadcast)(-FLT_MAX), sum = {};
  for (long j = 0; j < filled; j += 16) largest = __builtin_elementwise_max(largest, LD(scores + j));
  const float maximum = __builtin_reduce_max(largest);
  for (long j = 0; j < filled; j += 16) {
    F(v) e = F(exp)(LD(scores + j) - maximum);
    ST(scores + j) = e;
    sum += e;
  }
  return (float)(1 / F(total)(sum));
}

// At most TOGETHER query heads of one row that read the same key head, but not its first `hidden` positions.
// y: [heads, width]; scratch: heads · capacity.
INLINE void F(attend_heads)(
    const float *queries, const float *k, const float *v, float *y, float *scratch, float scale, long n,
    long hidden, const generation_shape *shape, int heads, int bits) {
  const long width = shape->head_dimension, capacity = shape->capacity;
  const long key_words = F(key_words)(shape), value_words = F(value_words)(shape);
  for (long tile = 0; tile < n; tile += 64)
    F(score)(queries, k + tile * key_words, width, scale, scratch + tile, capacity, heads, bits);
  float inverse[TOGETHER], mixed[64 * TOGETHER];
  for (int h = 0; h < heads; h++) {
    for (long j = 0; j < hidden; j++) scratch[h * capacity + j] = -FLT_MAX;
    inverse[h] = F(weigh_scores)(scratch + h * capacity, n);
  }
  for (long done = 0; done < width; done += 64, v += 64) {
    const long taken = width - done < 64 ? width - done : 64, factors = shape->padded_dimension - done;
#define MIX(vectors) F(mix)(v, value_words, scratch, capacity, n, inverse, mixed, vectors, heads, bits, factors)
    if (taken > 48)
      MIX(4);
    else if (taken > 32)
      MIX(3);
    else if (taken > 16)
      MIX(2);
    else
      MIX(1);
#undef MIX
    for (int h = 0; h < heads; h++) memcpy(y + h * width + done, mixed + 64 * h, (size_t)taken * sizeof(float));
  }
}

static void F(attend)(
    const float *q, const float *keys, const float *values, const int32_t *positions, const int32_t *slots, float *y,
    float *scratch, float scale, long first, long end, const generation_shape *shape) {
  const long heads = shape->query_heads, groups = shape->key_value_heads, width = shape->head_dimension;
  const long capacity = shape->capacity, shared = heads / groups;
  const long bits = shape->bits, key_words = F(key_words)(shape), value_words = F(value_words)(shape);
  // As many heads at a time as divide those that share keys: each number of the cache is then loaded once for all.
  int step = 1;
  for (int together = 2; together <= TOGETHER; together++)
    if (shared % together == 0) step = together;
  for (long pair = first; pair < end; pair++) {
    const long row = pair / groups, head = pair % groups * shared;
    for (long h = head; h < head + shared; h += step) {
      // From the tile of the first position that the row sees.
      const long end_key = positions[row] + 1, first_key = end_key > shape->window ? end_key - shape->window : 0;
      const long base = first_key / 64 * 64, n = end_key - base, hidden = first_key - base;
      const long cache = (slots[row] * groups + h / shared) * capacity + base;
      const long at = (row * heads + h) * width;
      const float *k = keys + cache * key_words, *v = values + cache * value_words;
      // Constants, so that each form gets loops of its own.
#define ATTEND(heads, bits) F(attend_heads)(q + at, k, v, y + at, scratch, scale, n, hidden, shape, heads, bits)
#define ATTEND_BITS(heads) \
  bits == 8 ? ATTEND(heads, 8) : bits == 16 ? ATTEND(heads, 16) : ATTEND(heads, 32)
#if TOGETHER > 2
      if (step == 4)
        ATTEND_BITS(4);
      else if (step == 3)
        ATTEND_BITS(3);
      else
#endif
          if (step == 2)
        ATTEND_BITS(2);
      else
        ATTEND_BITS(1);
#undef ATTEND_BITS
#undef ATTEND
    }
  }
}

static void F(swiglu_rows)(const float *x, float *y, long width, long first, long end) {
  for (long row = first; row < end; row++) {
    const float *gate = x + row * 2 * width, *up = gate + width;
    float *to = y + row * width;
    long i = 0;
    for (; i + 16 <= width; i += 16) {
      F(v) g = LD(gate + i);
      ST(to + i) = g / (F(exp)(-g) + 1) * LD(up + i);
    }
    if (i < width) {
      float a[16] = {0}, b[16] = {0};
      memcpy(a, gate + i, (size_t)(width - i) * sizeof(float));
      memcpy(b, up + i, (size_t)(width - i) * sizeof(float));
      F(v) g = LD(a);
      ST(a) = g / (F(exp)(-g) + 1) * LD(b);
      memcpy(to + i, a, (size_t)(width - i) * sizeof(float));
    }
  }
}

// A weight above 0 and its index as one number: larger weights first, then smaller indices.
INLINE uint64_t F(key)(float weight, long index) {
  uint32_t bits;
  memcpy(&bits, &weight, 4);
  return (uint64_t)bits << 32 | (uint32_t)~(uint32_t)index;
}
INLINE long F(index)(uint64_t key) { return (uint32_t)~(uint32_t)key; }

// Descending heap sort: no recursion, no allocation, n log n at worst.
static void F(sift)(uint64_t *keys, long root, long n) {
  uint64_t moved = keys[root];
  for (long child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && keys[child + 1] < keys[child]) child++;
    if (moved <= keys[child]) break;
    keys[root] = keys[child];
  }
  keys[root] = moved;
}
static void F(sort)(uint64_t *keys, long n) {
  for (long i = n / 2 - 1; i >= 0; i--) F(sift)(keys, i, n);
  for (long last = n - 1; last > 0; last--) {
    uint64_t smallest = keys[0];
    keys[0] = keys[last];
    keys[last] = smallest;
    F(sift)(keys, 0, last);
  }
}

// weights[i] = exp((x[i] − max x) · inverse); returns their sum. Weights are at least 1e-38, never 0.
static double F(weigh)(const float *x, long n, float inverse, float *weights, float *maximum) {
  F(v) largest = F(broadcast)(-FLT_MAX);
  long i = 0;
  for (; i + 16 <= n; i += 16) largest = __builtin_elementwise_max(largest, LD(x + i));
  float m = __builtin_reduce_max(largest);
  for (long j = i; j < n; j++) m = x[j] > m ? x[j] : m;
  F(v) sum = {};
  for (i = 0; i + 16 <= n; i += 16) {
    F(v) e = F(exp)((LD(x + i) - m) * inverse);
    ST(weights + i) = e;
    sum += e;
  }
  double all = F(total)(sum);
  if (i < n) {
    float rest[16];
    for (long j = 0; j < 16; j++) rest[j] = i + j < n ? x[i + j] : -FLT_MAX;
    ST(rest) = F(exp)((LD(rest) - m) * inverse);
    for (long j = 0; i + j < n; j++) {
      weights[i + j] = rest[j];
      all += rest[j];
    }
  }
  *maximum = m;
  return all;
}

// The keys of all x[i] >= bound; returns their count.
INLINE long F(collect)(const float *x, long n, float bound, uint64_t *keys, const float *weights) {
  long count = 0;
  for (long i = 0; i < n; i += 16) {
    long width = n - i < 16 ? n - i : 16;
    if (width == 16) {
      F(i) above = LD(x + i) >= bound;
      if (!__builtin_reduce_or(above)) continue;
    }
    for (long j = i; j < i + width; j++)
      if (x[j] >= bound) keys[count++] = F(key)(weights[j], j);
  }
  return count;
}

// A number that at least k of the x reach: the k-th largest of the maxima of 16 · 8 interleaved groups.
static float F(bound)(const float *x, long n, long k, uint64_t *keys) {
  if (k > 64 || n < 16 * 16) return -FLT_MAX;
  F(v) group[8];
  for (int g = 0; g < 8; g++) group[g] = LD(x + 16 * g);
  long i = 128;
  for (; i + 128 <= n; i += 128)
    for (int g = 0; g < 8; g++) group[g] = __builtin_elementwise_max(group[g], LD(x + i + 16 * g));
  float maxima[128];
  for (int g = 0; g < 8; g++) ST(maxima + 16 * g) = group[g];
  // Order-preserving integers, sorted descending.
  for (int j = 0; j < 128; j++) {
    uint32_t bits;
    memcpy(&bits, maxima + j, 4);
    keys[j] = (uint64_t)(bits >> 31 ? ~bits : bits | 0x80000000u) << 32 | (uint32_t)j;
  }
  F(sort)(keys, 128);
  return maxima[(uint32_t)keys[k - 1]];
}

static long F(candidates)(
    const float *x, long n, const generation_draw *draw, float *weights, uint64_t *order, float *scratch) {
  (void)scratch;
  float maximum;
  double total = F(weigh)(x, n, draw->inverse_temperature, weights, &maximum);
  // By logits, not weights: weights of distant tokens are all the smallest one. Ties of the k-th token stay.
  long k = draw->top_k;
  if (k > 0 && k < n) {
    long count = F(collect)(x, n, F(bound)(x, n, k, order), order, weights);
    if (k > count) k = count;
    if (k == 0) return 0;
    // By logit first, to find the k-th.
    for (long i = 0; i < count; i++) {
      long index = F(index)(order[i]);
      uint32_t bits;
      memcpy(&bits, x + index, 4);
      order[i] = (uint64_t)(bits >> 31 ? ~bits : bits | 0x80000000u) << 32 | (uint32_t)index;
    }
    F(sort)(order, count);
    const float least = x[(uint32_t)order[k - 1]];
    total = 0;
    long kept = 0;
    for (; kept < count && x[(uint32_t)order[kept]] >= least; kept++) total += weights[(uint32_t)order[kept]];
    for (long i = 0; i < kept; i++) order[i] = F(key)(weights[(uint32_t)order[i]], (uint32_t)order[i]);
    F(sort)(order, kept);
    count = kept;
    if (draw->top_p < 1) {
      double mass = 0;
      long i = 0;
      while (i < count && (i == 0 || mass < draw->top_p * total)) mass += weights[F(index)(order[i++])];
      count = i;
    }
    while (count > 1 && weights[F(index)(order[count - 1])] < draw->min_p) count--;
    return count;
  }
  long count;
  if (draw->top_p < 1) {
    // Most of the mass lies in few tokens: widen the threshold until they hold enough.
    float threshold = 1.0f / 64;
    for (;;) {
      if (threshold < 1e-30f) threshold = 0;
      count = F(collect)(weights, n, threshold, order, weights);
      double mass = 0;
      for (long i = 0; i < count; i++) mass += weights[F(index)(order[i])];
      if (mass >= draw->top_p * total || threshold == 0) break;
      threshold /= 64;
    }
    F(sort)(order, count);
    double mass = 0;
    long i = 0;
    while (i < count && (i == 0 || mass < draw->top_p * total)) mass += weights[F(index)(order[i++])];
    count = i;
    while (count > 1 && weights[F(index)(order[count - 1])] < draw->min_p) count--;
    return count;
  }
  count = F(collect)(weights, n, draw->min_p, order, weights);
  F(sort)(order, count);
  return count;
}

static void F(draw)(
    const float *logits, long columns, const generation_draw *draws, int32_t *tokens, float *log_probabilities,
    float *scratch, uint64_t *order, long first, long end) {
  for (long row = first; row < end; row++) {
    const float *x = logits + row * columns;
    const generation_draw *d = draws + row;
    float maximum;
    long chosen = 0;
    double total = F(weigh)(x, columns, d->inverse_temperature, scratch, &maximum);
    if (d->top_k == 1) {
      while (chosen + 1 < columns && x[chosen] != maximum) chosen++;
    } else if (d->top_k == 0 && d->top_p >= 1 && d->min_p <= 0) {
      // Whole groups of 64 first, then the group that the number falls into.
      double target = d->uniform * total, mass = 0;
      long group = 0, last = 0;
      for (; group < columns; group += 64) {
        long stop = group + 64 < columns ? group + 64 : columns;
        double sum = 0;
        for (long i = group; i < stop; i++) sum += scratch[i];
        if (mass + sum > target) break;
        mass += sum;
        last = stop - 1;
      }
      chosen = last;
      for (long i = group; i < columns && i < group + 64; i++) {
        chosen = i;
        mass += scratch[i];
        if (mass > target) break;
      }
    } else {
      long count = F(candidates)(x, columns, d, scratch, order, 0);
      double kept = 0, mass = 0;
      for (long i = 0; i < count; i++) kept += scratch[F(index)(order[i])];
      double target = d->uniform * kept;
      for (long i = 0; i < count; i++) {
        chosen = F(index)(order[i]);
        mass += scratch[chosen];
        if (mass > target) break;
      }
    }
    tokens[row] = (int32_t)chosen;
    log_probabilities[row] = (float)((double)(x[chosen] - maximum) * d->inverse_temperature - log(total));
  }
}

static void F(top_log_probabilities)(
    const float *logits, long columns, float inverse, long k, float *values, int32_t *indices, float *tails,
    float *scratch, uint64_t *order, long first, long end) {
  for (long row = first; row < end; row++) {
    const float *x = logits + row * columns;
    float maximum;
    F(weigh)(x, columns, inverse, scratch, &maximum);
    long count = F(collect)(x, columns, F(bound)(x, columns, k, order), order, scratch);
    for (long i = 0; i < count; i++) {
      long index = F(index)(order[i]);
      uint32_t bits;
      memcpy(&bits, x + index, 4);
      order[i] = (uint64_t)(bits >> 31 ? ~bits : bits | 0x80000000u) << 32 | (uint32_t)~(uint32_t)index;
    }
    F(sort)(order, count);
    double top = 0, rest = 0;
    for (long i = count; i < k; i++) order[i] = (uint32_t)~0u;  // Logits that are not finite: the caller checks.
    for (long i = 0; i < k; i++) {
      long index = F(index)(order[i]);
      top += scratch[index];
      scratch[index] = 0;
    }
    // The tail is added up by itself: 1 − top would leave only rounding noise of a small one.
    F(v) sum = {};
    long i = 0;
    for (; i + 16 <= columns; i += 16) sum += LD(scratch + i);
    rest = F(total)(sum);
    for (; i < columns; i++) rest += scratch[i];
    double normaliser = log(top + rest);
    for (long j = 0; j < k; j++) {
      long index = F(index)(order[j]);
      values[row * k + j] = (float)((double)(x[index] - maximum) * inverse - normaliser);
      indices[row * k + j] = (int32_t)index;
    }
    tails[row] = k < columns ? (float)(log(rest) - normaliser) : -INFINITY;
  }
}

static const generation_table F(generation) = {F(place), F(attend),      F(swiglu_rows),
                                               F(draw),  F(candidates), F(top_log_probabilities)};
#undef LD
#undef LDU
#undef ST
#undef INLINE
