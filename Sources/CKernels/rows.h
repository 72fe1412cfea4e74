// Softmax and the losses on it: one row at a time, the vocabulary in vectors of 16.

// The maximum of scale x and the sum of exp(scale x - maximum); the exponentials go to `e` unless it is null.
// A NaN among x makes the sum NaN.
INLINE float FN(exponentials)(float *e, const float *x, long n, float scale, float *maximum) {
  v16 m0 = FN(splat)(-INFINITY), m1 = m0;
  for (long i = 0; i < n; i += 32) {
    m0 = __builtin_elementwise_max(m0, FN(load)(x + i, n - i, -INFINITY) * scale);
    if (n - i > 16) m1 = __builtin_elementwise_max(m1, FN(load)(x + i + 16, n - i - 16, -INFINITY) * scale);
  }
  float largest = FN(max_lanes)(__builtin_elementwise_max(m0, m1));
  // All of -infinity: keep the differences below from being NaN.
  float shift = largest == -INFINITY ? 0 : largest;
  v16 s0 = FN(splat)(0), s1 = s0;
  for (long i = 0; i < n; i += 32) {
    v16 a = FN(exp)(FN(load)(x + i, n - i, -INFINITY) * scale - shift);
    s0 += a;
    if (e) FN(store)(e + i, n - i, a);
    if (n - i > 16) {
      v16 b = FN(exp)(FN(load)(x + i + 16, n - i - 16, -INFINITY) * scale - shift);
      s1 += b;
      if (e) FN(store)(e + i + 16, n - i - 16, b);
    }
  }
  *maximum = shift;
  return FN(add_lanes)(s0 + s1);
}

static float FN(log_sum_exp)(const float *x, long n, float scale) {
  float maximum, sum = FN(exponentials)(0, x, n, scale, &maximum);
  return maximum + logf(sum);
}

static void FN(softmax)(float *y, const float *x, long rows, long n, bool logarithm) {
  for (long row = 0; row < rows; row++, x += n, y += n) {
    float maximum, sum = FN(exponentials)(logarithm ? 0 : y, x, n, 1, &maximum);
    if (logarithm) {
      float log_sum = logf(sum);
      for (long i = 0; i < n; i++) y[i] = (x[i] - maximum) - log_sum;
    } else {
      float inverse = 1 / sum;
      for (long i = 0; i < n; i++) y[i] *= inverse;
    }
  }
}

static void FN(cross_entropy)(
    float *losses, float *dx, const float *x, const int32_t *labels, long rows, long n, float smoothing) {
  REASSOCIATE
  float uniform = smoothing / (float)n;
  for (long row = 0; row < rows; row++, x += n, dx += n) {
    long label = labels[row];
    if (label == -100) {
      losses[row] = 0;
      memset(dx, 0, (size_t)n * sizeof(float));
      continue;
    }
    float maximum, sum = FN(exponentials)(dx, x, n, 1, &maximum), log_sum = logf(sum);
    float loss = (1 - smoothing) * ((maximum - x[label]) + log_sum);
    if (smoothing != 0) {
      float total = 0;
      for (long i = 0; i < n; i++) total += (maximum - x[i]) + log_sum;
      loss += uniform * total;
    }
    float inverse = 1 / sum;
    for (long i = 0; i < n; i++) dx[i] = dx[i] * inverse - uniform;
    dx[label] -= 1 - smoothing;
    losses[row] = loss;
  }
}

// An element's share of the divergence, and its derivative by s up to a constant that the softmax cancels.
// log_s and log_t are normalized; their mixtures' logarithms are taken relative to the larger of the two.
typedef struct { v16 loss, slope; } FN(term);
INLINE FN(term) FN(divergence_term)(swiftlet_divergence kind, float weight, v16 log_s, v16 log_t) {
  v16 s = FN(exp)(log_s), t = FN(exp)(log_t), zero = FN(splat)(0);
  v16 larger = log_s > log_t ? log_s : log_t;
  // The share of the first operand of a mixture is `weight`.
  float share_t = kind == swiftlet_skew_reverse_kl ? 1 - weight : weight, share_s = 1 - share_t;
  v16 log_m = zero;
  if (kind == swiftlet_jsd || kind == swiftlet_skew_forward_kl || kind == swiftlet_skew_reverse_kl) {
    v16 mixture = share_t * FN(exp)(log_t - larger) + share_s * FN(exp)(log_s - larger);
    log_m = larger + FN(log)(mixture < 1e-37f ? FN(splat)(1e-37f) : mixture);
  }
  // 0 log 0 is 0; a NaN is not 0 and stays.
  i16 no_s = s == 0.f, no_t = t == 0.f;
  switch (kind) {
    case swiftlet_forward_kl:
      return (FN(term)){no_t ? zero : t * (log_t - log_s), t};  // The gradient is s - t: see below.
    case swiftlet_reverse_kl:
      return (FN(term)){no_s ? zero : s * (log_s - log_t), log_s - log_t};
    case swiftlet_jsd:
      return (FN(term)){
          weight * (no_t ? zero : t * (log_t - log_m)) + (1 - weight) * (no_s ? zero : s * (log_s - log_m)),
          (1 - weight) * (log_s - log_m)};
    case swiftlet_skew_forward_kl:
      return (FN(term)){no_t ? zero : t * (log_t - log_m), -(1 - weight) * FN(exp)(log_t - log_m)};
    case swiftlet_skew_reverse_kl:
      return (FN(term)){
          no_s ? zero : s * (log_s - log_m), log_s - log_m - weight * FN(exp)(log_s - log_m)};
    case swiftlet_total_variation:
      return (FN(term)){
          0.5f * (s > t ? s - t : t - s), s > t ? FN(splat)(0.5f) : s < t ? FN(splat)(-0.5f) : zero};
  }
}

INLINE float FN(divergence_row)(
    float *dx, const float *x, const float *z, long n, float scale, swiftlet_divergence kind, float weight,
    float *slopes) {
  float student_max, teacher_max;
  float student_log = logf(FN(exponentials)(0, x, n, scale, &student_max));
  float teacher_log = logf(FN(exponentials)(0, z, n, scale, &teacher_max));
  v16 loss = FN(splat)(0), mean = loss;
  for (long i = 0; i < n; i += 16) {
    v16 log_s = (FN(load)(x + i, n - i, -INFINITY) * scale - student_max) - student_log;
    v16 log_t = (FN(load)(z + i, n - i, -INFINITY) * scale - teacher_max) - teacher_log;
    FN(term) term = FN(divergence_term)(kind, weight, log_s, log_t);
    v16 s = FN(exp)(log_s);
    // Where s is 0, beyond the row's end too, the slope may not be a number.
    mean += s == 0.f ? FN(splat)(0) : s * term.slope;
    loss += term.loss;
    FN(store)(slopes + i, n - i, term.slope);
    FN(store)(dx + i, n - i, s);
  }
  float average = FN(add_lanes)(mean);
  for (long i = 0; i < n; i += 16) {
    v16 s = FN(load)(dx + i, n - i, 0);
    v16 slope = FN(load)(slopes + i, n - i, 0);
    // Forward KL has a gradient even where s is too small for a float.
    v16 d = kind == swiftlet_forward_kl ? s - slope : s == 0.f ? FN(splat)(0) : s * (slope - average);
    FN(store)(dx + i, n - i, d * scale);
  }
  return FN(add_lanes)(loss);
}

static void FN(divergence)(
    float *losses, float *d_student, const float *student, const float *teacher, const int32_t *labels, long rows,
    long n, float inverse_temperature, swiftlet_divergence kind, float weight, float *scratch) {
  for (long row = 0; row < rows; row++) {
    float *dx = d_student + row * n;
    const float *x = student + row * n, *z = teacher + row * n;
    if (labels && labels[row] == -100) {
      losses[row] = 0;
      memset(dx, 0, (size_t)n * sizeof(float));
      continue;
    }
    switch (kind) {  // One copy of the loop per kind, so that the kind is a constant inside.
#define CASE(name) \
  case name: losses[row] = FN(divergence_row)(dx, x, z, n, inverse_temperature, name, weight, scratch); break;
      CASE(swiftlet_forward_kl)
      CASE(swiftlet_reverse_kl)
      CASE(swiftlet_jsd)
      CASE(swiftlet_skew_forward_kl)
      CASE(swiftlet_skew_reverse_kl)
      CASE(swiftlet_total_variation)
#undef CASE
    }
  }
}

// The named tokens' exponentials are taken out before the others are summed, so a small rest loses no digits.
static void FN(top_k_divergence)(
    float *losses, float *d_student, const float *student, const float *log_teacher, const int32_t *indices,
    const float *log_tail, const int32_t *labels, long rows, long n, long k, float scale) {
  for (long row = 0; row < rows; row++, log_teacher += k, indices += k) {
    float *dx = d_student + row * n;
    const float *x = student + row * n;
    if (labels && labels[row] == -100) {
      losses[row] = 0;
      memset(dx, 0, (size_t)n * sizeof(float));
      continue;
    }
    float maximum;
    FN(exponentials)(dx, x, n, scale, &maximum);
    double named = 0, teacher_mass = 0, loss = 0;
    for (long j = 0; j < k; j++) {
      named += dx[indices[j]];
      dx[indices[j]] = 0;
    }
    v16 others = FN(splat)(0);
    for (long i = 0; i < n; i += 16) others += FN(load)(dx + i, n - i, 0);
    double rest = FN(add_lanes)(others), total = named + rest, log_total = log(total);
    for (long j = 0; j < k; j++) {
      double t = exp(log_teacher[j]);
      teacher_mass += t;
      if (t > 0) loss += t * (log_teacher[j] - ((double)(x[indices[j]] * scale - maximum) - log_total));
    }
    double tail = exp(log_tail[row]);
    teacher_mass += tail;
    if (tail > 0) loss += tail * (log_tail[row] - (log(rest > 1e-300 ? rest : 1e-300) - log_total));
    float inside = (float)(teacher_mass / total * scale);
    float outside = rest > 0 ? (float)((teacher_mass / total - tail / rest) * scale) : 0;
    for (long i = 0; i < n; i += 16) FN(store)(dx + i, n - i, outside * FN(load)(dx + i, n - i, 0));
    for (long j = 0; j < k; j++) {
      float s = expf(x[indices[j]] * scale - maximum);
      dx[indices[j]] = inside * s - expf(log_teacher[j]) * scale;
    }
    losses[row] = (float)loss;
  }
}
