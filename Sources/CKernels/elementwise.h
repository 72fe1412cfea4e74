// Loops without a dependence between rows or elements: the compiler vectorizes the plain ones.

static void FN(rms_norm)(
    float *restrict y, float *restrict inverse_rms, const float *restrict x, const float *restrict w, long rows,
    long n, float epsilon) {
  REASSOCIATE
  for (long row = 0; row < rows; row++, x += n, y += n) {
    float sum = 0;
    for (long i = 0; i < n; i++) sum += x[i] * x[i];
    float inverse = 1 / __builtin_elementwise_sqrt(sum / (float)n + epsilon);
    inverse_rms[row] = inverse;
    for (long i = 0; i < n; i++) y[i] = x[i] * inverse * w[i];
  }
}

static void FN(rms_norm_pullback)(
    float *restrict dx, float *restrict dw, const float *restrict dy, const float *restrict x,
    const float *restrict w, const float *restrict inverse_rms, long rows, long n, bool adds) {
  REASSOCIATE
  for (long row = 0; row < rows; row++, x += n, dy += n, dx += n) {
    float sum = 0, inverse = inverse_rms[row];
    for (long i = 0; i < n; i++) sum += dy[i] * w[i] * x[i];
    float factor = sum / (float)n * inverse * inverse * inverse;
    for (long i = 0; i < n; i++) {
      float slope = dy[i] * w[i] * inverse - x[i] * factor;
      dx[i] = adds ? dx[i] + slope : slope;
      dw[i] += dy[i] * x[i] * inverse;
    }
  }
}

static void FN(silu)(float *y, const float *x, long n) {
  for (long i = 0; i < n; i += 16) {
    v16 a = FN(load)(x + i, n - i, 0);
    FN(store)(y + i, n - i, a * FN(sigmoid)(a));
  }
}

static void FN(silu_pullback)(float *dx, const float *dy, const float *x, long n) {
  for (long i = 0; i < n; i += 16) {
    v16 a = FN(load)(x + i, n - i, 0), sigmoid = FN(sigmoid)(a);
    FN(store)(dx + i, n - i, FN(load)(dy + i, n - i, 0) * sigmoid * (1.f + a * (1.f - sigmoid)));
  }
}

static void FN(swiglu)(float *y, const float *gate, const float *up, long n) {
  for (long i = 0; i < n; i += 16) {
    v16 x = FN(load)(gate + i, n - i, 0);
    FN(store)(y + i, n - i, x * FN(sigmoid)(x) * FN(load)(up + i, n - i, 0));
  }
}

static void FN(swiglu_pullback)(
    float *d_gate, float *d_up, const float *dy, const float *gate, const float *up, long n) {
  for (long i = 0; i < n; i += 16) {
    v16 x = FN(load)(gate + i, n - i, 0), d = FN(load)(dy + i, n - i, 0), u = FN(load)(up + i, n - i, 0);
    v16 sigmoid = FN(sigmoid)(x), silu = x * sigmoid;
    FN(store)(d_up + i, n - i, d * silu);
    FN(store)(d_gate + i, n - i, d * u * FMA(silu, 1.f - sigmoid, sigmoid));
  }
}

static void FN(rope_half)(
    float *restrict y, const float *restrict x, const float *restrict cosine, const float *restrict sine,
    long heads, long half, float sign) {
  for (long head = 0; head < heads; head++, x += 2 * half, y += 2 * half) {
    for (long i = 0; i < half; i++) {
      float a = x[i], b = x[half + i], s = sign * sine[i];
      y[i] = a * cosine[i] - b * s;
      y[half + i] = a * s + b * cosine[i];
    }
  }
}

static void FN(adamw)(
    float *restrict p, const float *restrict g, float *restrict m, float *restrict v, long n,
    const swiftlet_adamw *update) {
  const swiftlet_adamw u = *update;
  const float keep = 1 - u.learning_rate * u.decay;
  for (long i = 0; i < n; i++) {
    float slope = g[i] * u.gradient_scale;
    float first = u.beta1 * m[i] + (1 - u.beta1) * slope;
    float second = u.beta2 * v[i] + (1 - u.beta2) * slope * slope;
    m[i] = first;
    v[i] = second;
    float deviation = __builtin_elementwise_sqrt(second) * u.second_correction + u.epsilon;
    p[i] = p[i] * keep - u.learning_rate * (first * u.first_correction) / deviation;
  }
}

static double FN(sum)(const float *x, long n) {
  REASSOCIATE
  double sum = 0;
  for (long i = 0; i < n; i++) sum += (double)x[i];
  return sum;
}

static double FN(dot)(const float *a, const float *b, long n) {
  REASSOCIATE
  double sum = 0;
  for (long i = 0; i < n; i++) sum += (double)a[i] * (double)b[i];
  return sum;
}

static float FN(max_abs)(const float *x, long n) {
  // Magnitudes order as their bits do, and every NaN lies above infinity.
  uint32_t largest = 0;
  for (long i = 0; i < n; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, 4);
    bits &= 0x7FFFFFFF;
    largest = bits > largest ? bits : largest;
  }
  float result;
  memcpy(&result, &largest, 4);
  return result;
}

// The draw is 32 bits of the element's place and the seed, mixed twice: counters, so that every element stands alone.
static void FN(dropout)(
    float *y, const float *x, long n, uint64_t first, uint64_t seed, uint32_t threshold, float scale) {
  const uint32_t start = (uint32_t)first, low = (uint32_t)seed, high = (uint32_t)(seed >> 32);
  for (long i = 0; i < n; i++) {
    uint32_t draw = ((start + (uint32_t)i) * 0x9E3779B9u + low) ^ high;
    draw = (draw ^ draw >> 16) * 0x21F0AAADu;
    draw = (draw ^ draw >> 15) * 0x735A2D97u;
    draw ^= draw >> 15;
    y[i] = draw < threshold ? 0 : x[i] * scale;
  }
}
