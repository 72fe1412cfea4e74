// Sixteen floats at a time; a narrower processor takes them in parts. A cast between vectors keeps the bits.

INLINE v16 FN(splat)(float x) { return (v16)(x); }

// The first `left` of 16 floats, the others `fill`.
INLINE v16 FN(load)(const float *p, long left, float fill) {
  if (left >= 16) return *(const v16 *)p;
  v16 x = FN(splat)(fill);
  for (int i = 0; i < left; i++) x[i] = p[i];
  return x;
}

INLINE void FN(store)(float *p, long left, v16 x) {
  if (left >= 16) {
    *(v16 *)p = x;
  } else {
    for (int i = 0; i < left; i++) p[i] = x[i];
  }
}

INLINE float FN(add_lanes)(v16 x) {
  float s[8];
  for (int i = 0; i < 8; i++) s[i] = x[i] + x[i + 8];
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

// A NaN in any lane is lost: take it from the sum instead.
INLINE float FN(max_lanes)(v16 x) {
  float largest = x[0];
  for (int i = 1; i < 16; i++) largest = x[i] > largest ? x[i] : largest;
  return largest;
}

// exp by 2^n e^r with |r| <= ln 2 / 2 (Cephes' polynomial, 2 ulp). Below -87.3 it is 0, above 88.4 infinity, and
// NaN stays NaN, which comparisons and selections keep where a minimum would lose it.
INLINE v16 FN(exp)(v16 x) {
  const float magic = 12582912.f;  // 1.5 * 2^23: adding it rounds to an integer, left in the low bits.
  v16 bounded = x > 88.7f ? FN(splat)(88.7f) : x;
  v16 t = FMA(bounded, FN(splat)(1.44269504f), FN(splat)(magic));
  v16 n = t - magic;
  v16 r = FMA(n, FN(splat)(2.12194440e-4f), FMA(n, FN(splat)(-0.693359375f), bounded));
  v16 p = FN(splat)(1.9875691500e-4f);
  p = FMA(p, r, FN(splat)(1.3981999507e-3f));
  p = FMA(p, r, FN(splat)(8.3334519073e-3f));
  p = FMA(p, r, FN(splat)(4.1665795894e-2f));
  p = FMA(p, r, FN(splat)(1.6666665459e-1f));
  p = FMA(p, r, FN(splat)(5.0000001201e-1f));
  v16 y = FMA(p, r * r, r + 1.f);
  v16 power = (v16)(((u16)t + 127) << 23);
  return x < -87.3f ? FN(splat)(0) : y * power;
}

// The natural logarithm of a positive normal number (Cephes' polynomial); NaN stays NaN.
INLINE v16 FN(log)(v16 x) {
  u16 bits = (u16)x;
  v16 m = (v16)((bits & 0x7FFFFF) | 0x3F000000);  // [0.5, 1)
  v16 e = __builtin_convertvector((i16)(bits >> 23) - 126, v16);
  i16 low = m < 0.707106781f;
  e = low ? e - 1 : e;
  m = low ? m + m - 1 : m - 1;
  v16 z = m * m;
  v16 p = FN(splat)(7.0376836292e-2f);
  p = FMA(p, m, FN(splat)(-1.1514610310e-1f));
  p = FMA(p, m, FN(splat)(1.1676998740e-1f));
  p = FMA(p, m, FN(splat)(-1.2420140846e-1f));
  p = FMA(p, m, FN(splat)(1.4249322787e-1f));
  p = FMA(p, m, FN(splat)(-1.6668057665e-1f));
  p = FMA(p, m, FN(splat)(2.0000714765e-1f));
  p = FMA(p, m, FN(splat)(-2.4999993993e-1f));
  p = FMA(p, m, FN(splat)(3.3333331174e-1f));
  v16 y = p * m * z;
  y = FMA(e, FN(splat)(-2.12194440e-4f), y);
  y = FMA(z, FN(splat)(-0.5f), y);
  return x == x ? m + y + e * 0.693359375f : x;
}

INLINE v16 FN(sigmoid)(v16 x) { return 1.f / (FN(exp)(-x) + 1.f); }

// Exchanges rows and columns of a 16 x 16 block: four rounds, each pairing rows 8 apart and interleaving them.
INLINE void FN(transpose16)(v16 r[16]) {
  v16 t[16];
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < 8; i++) {
      t[2 * i] = __builtin_shufflevector(
          r[i], r[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      t[2 * i + 1] = __builtin_shufflevector(
          r[i], r[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 16; i++) r[i] = t[i];
  }
}
