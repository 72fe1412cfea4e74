// Choosing tokens from rows of logits, and their largest log-probabilities, without sorting the vocabulary.

#define LD(p) (*(const v16 *)(p))
#define ST(p) (*(v16 *)(p))

INLINE double FN(total)(v16 x) {
  double sum = 0;
  for (int i = 0; i < 16; i++) sum += x[i];
  return sum;
}

// A float and its index as one number: larger floats first, then smaller indices.
INLINE uint64_t FN(key)(float x, long index) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  bits = bits >> 31 ? ~bits : bits | 0x80000000u;
  return (uint64_t)bits << 32 | (uint32_t)~(uint32_t)index;
}
INLINE long FN(index)(uint64_t key) { return (uint32_t)~(uint32_t)key; }

// Descending heap sort: no recursion, no allocation, n log n at worst.
static void FN(sift)(uint64_t *keys, long root, long n) {
  uint64_t moved = keys[root];
  for (long child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && keys[child + 1] < keys[child]) child++;
    if (moved <= keys[child]) break;
    keys[root] = keys[child];
  }
  keys[root] = moved;
}
static void FN(sort)(uint64_t *keys, long n) {
  for (long i = n / 2 - 1; i >= 0; i--) FN(sift)(keys, i, n);
  for (long last = n - 1; last > 0; last--) {
    uint64_t smallest = keys[0];
    keys[0] = keys[last];
    keys[last] = smallest;
    FN(sift)(keys, 0, last);
  }
}

INLINE v16 FN(weight)(v16 x, float maximum, float inverse) {
  v16 t = (x - maximum) * inverse;
  return FN(exp)(t < -87.f ? FN(splat)(-87) : t);
}

// weights[i] = exp((x[i] - max x) * inverse), at least 1e-38, so that no logarithm meets a 0; returns their sum.
static double FN(weigh)(const float *x, long n, float inverse, float *weights, float *maximum) {
  v16 largest = FN(splat)(-FLT_MAX);
  long i = 0;
  for (; i + 16 <= n; i += 16) largest = __builtin_elementwise_max(largest, LD(x + i));
  float m = FN(max_lanes)(largest);
  for (long j = i; j < n; j++) m = x[j] > m ? x[j] : m;
  v16 sum = {};
  for (i = 0; i + 16 <= n; i += 16) {
    v16 e = FN(weight)(LD(x + i), m, inverse);
    ST(weights + i) = e;
    sum += e;
  }
  double all = FN(total)(sum);
  if (i < n) {
    float rest[16];
    for (long j = 0; j < 16; j++) rest[j] = i + j < n ? x[i + j] : -FLT_MAX;
    ST(rest) = FN(weight)(LD(rest), m, inverse);
    for (long j = 0; i + j < n; j++) {
      weights[i + j] = rest[j];
      all += rest[j];
    }
  }
  *maximum = m;
  return all;
}

// The keys of all x[i] >= bound; returns their number.
INLINE long FN(collect)(const float *x, long n, float bound, uint64_t *keys) {
  long count = 0;
  for (long i = 0; i < n; i += 16) {
    long width = n - i < 16 ? n - i : 16;
    if (width == 16 && !__builtin_reduce_or(LD(x + i) >= bound)) continue;
    for (long j = i; j < i + width; j++)
      if (x[j] >= bound) keys[count++] = FN(key)(x[j], j);
  }
  return count;
}

// The keys of the k largest x and possibly more, sorted; returns their number.
static long FN(largest)(const float *x, long n, long k, uint64_t *keys) {
  // At least k of the x reach the k-th largest of the maxima of 128 interleaved groups.
  float bound = -FLT_MAX, maxima[128];
  if (k <= 64 && n >= 256) {
    v16 group[8];
    for (int g = 0; g < 8; g++) group[g] = LD(x + 16 * g);
    for (long i = 128; i + 128 <= n; i += 128)
      for (int g = 0; g < 8; g++) group[g] = __builtin_elementwise_max(group[g], LD(x + i + 16 * g));
    for (int g = 0; g < 8; g++) ST(maxima + 16 * g) = group[g];
    for (int j = 0; j < 128; j++) keys[j] = FN(key)(maxima[j], j);
    FN(sort)(keys, 128);
    bound = maxima[FN(index)(keys[k - 1])];
  }
  long count = FN(collect)(x, n, bound, keys);
  FN(sort)(keys, count);
  return count;
}

INLINE double FN(mass)(const float *weights, const uint64_t *order, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) sum += weights[FN(index)(order[i])];
  return sum;
}

// The candidates of a row whose weights are known to add up to `total`, best first.
static long FN(select)(
    const float *x, long n, const swiftlet_draw *draw, const float *weights, double total, uint64_t *order) {
  long count;
  if (draw->top_k > 0 && draw->top_k < n) {
    // By logits, not weights: those of distant tokens are all the smallest one. What equals the k-th stays.
    long found = FN(largest)(x, n, draw->top_k, order);
    count = draw->top_k < found ? draw->top_k : found;
    while (count > 0 && count < found && x[FN(index)(order[count])] >= x[FN(index)(order[count - 1])]) count++;
    total = FN(mass)(weights, order, count);
  } else if (draw->top_p < 1) {
    // Most of the mass lies in few tokens: lower the threshold until they hold enough.
    for (float threshold = 1.0f / 64;; threshold = threshold > 1e-30f ? threshold / 64 : 0) {
      count = FN(collect)(weights, n, threshold, order);
      if (threshold == 0 || FN(mass)(weights, order, count) >= draw->top_p * total) break;
    }
    FN(sort)(order, count);
  } else {
    count = FN(collect)(weights, n, draw->min_p, order);
    FN(sort)(order, count);
  }
  if (draw->top_p < 1) {
    double mass = 0;
    long kept = 0;
    while (kept < count && (kept == 0 || mass < draw->top_p * total)) mass += weights[FN(index)(order[kept++])];
    count = kept;
  }
  while (count > 1 && weights[FN(index)(order[count - 1])] < draw->min_p) count--;
  return count;
}

static long FN(candidates)(
    const float *logits, long n, const swiftlet_draw *draw, float *weights, uint64_t *order) {
  float maximum;
  double total = FN(weigh)(logits, n, draw->inverse_temperature, weights, &maximum);
  return FN(select)(logits, n, draw, weights, total, order);
}

// The token at which the running sum of all weights passes `target`: whole groups of 64 first.
static long FN(draw_among_all)(const float *weights, long n, double target) {
  double mass = 0;
  for (long group = 0; group < n; group += 64) {
    long end = group + 64 < n ? group + 64 : n;
    double sum = 0;
    for (long i = group; i < end; i++) sum += weights[i];
    if (mass + sum <= target) {
      mass += sum;
      continue;
    }
    for (long i = group; i < end; i++)
      if ((mass += weights[i]) > target) return i;
    return end - 1;
  }
  return n - 1;
}

static void FN(draw)(
    const float *logits, long n, const swiftlet_draw *draws, int32_t *tokens, float *log_probabilities,
    float *weights, uint64_t *order, long first, long end) {
  for (long row = first; row < end; row++) {
    const float *x = logits + row * n;
    const swiftlet_draw *d = draws + row;
    float maximum;
    long chosen = 0;
    double total = FN(weigh)(x, n, d->inverse_temperature, weights, &maximum);
    if (d->top_k == 1) {
      while (chosen + 1 < n && x[chosen] != maximum) chosen++;
    } else if (d->top_k == 0 && d->top_p >= 1 && d->min_p <= 0) {
      chosen = FN(draw_among_all)(weights, n, d->uniform * total);
    } else {
      long count = FN(select)(x, n, d, weights, total, order);
      double target = d->uniform * FN(mass)(weights, order, count), mass = 0;
      for (long i = 0; i < count && mass <= target; i++) {
        chosen = FN(index)(order[i]);
        mass += weights[chosen];
      }
    }
    tokens[row] = (int32_t)chosen;
    log_probabilities[row] = (float)((double)(x[chosen] - maximum) * d->inverse_temperature - log(total));
  }
}

static void FN(top_log_probabilities)(
    const float *logits, long n, float inverse, long k, float *values, int32_t *indices, float *tails,
    float *weights, uint64_t *order, long first, long end) {
  for (long row = first; row < end; row++) {
    const float *x = logits + row * n;
    float maximum;
    FN(weigh)(x, n, inverse, weights, &maximum);
    long count = FN(largest)(x, n, k, order);
    for (long i = count; i < k; i++) order[i] = FN(key)(0, 0);  // Only where logits are not finite.
    double top = FN(mass)(weights, order, k);
    for (long i = 0; i < k; i++) weights[FN(index)(order[i])] = 0;
    // The tail is added up by itself: 1 - top would leave only rounding noise of a small one.
    v16 sum = FN(splat)(0);
    long i = 0;
    for (; i + 16 <= n; i += 16) sum += LD(weights + i);
    double rest = FN(total)(sum);
    for (; i < n; i++) rest += weights[i];
    double normaliser = log(top + rest);
    for (long j = 0; j < k; j++) {
      long index = FN(index)(order[j]);
      values[row * k + j] = (float)((double)(x[index] - maximum) * inverse - normaliser);
      indices[row * k + j] = (int32_t)index;
    }
    tails[row] = k < n ? (float)(log(rest) - normaliser) : -INFINITY;
  }
}

#undef LD
#undef ST
