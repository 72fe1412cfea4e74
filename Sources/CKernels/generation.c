// Cached decoding and sampling, compiled for three levels of x86-64 and once elsewhere.
#include "generation.h"

#include <float.h>
#include <math.h>
#include <string.h>

#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang diagnostic ignored "-Wpass-failed"

// The base variant must not ask for a fused product: it would become a call of libm's fmaf.
#define FMA(a, b, c) ((a) * (b) + (c))
#define F(name) base_##name
// Heads that attend together: their sums must fit the registers.
#define TOGETHER 2
#include "generation_variants.h"
#undef F
#undef FMA

#if defined(__x86_64__)
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define F(name) v3_##name
#include "generation_variants.h"
#undef F
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define F(name) v4_##name
#undef TOGETHER
#define TOGETHER 4
#include "generation_variants.h"
#undef F
#pragma clang attribute pop

const generation_table *generation_kernels(const char *variant) {
  __builtin_cpu_init();
  int has_v4 = __builtin_cpu_supports("x86-64-v4"), has_v3 = __builtin_cpu_supports("x86-64-v3");
  if (!variant) return has_v4 ? &v4_generation : has_v3 ? &v3_generation : &base_generation;
  if (!strcmp(variant, "base")) return &base_generation;
  if (!strcmp(variant, "v3")) return has_v3 ? &v3_generation : 0;
  if (!strcmp(variant, "v4")) return has_v4 ? &v4_generation : 0;
  return 0;
}
#else
const generation_table *generation_kernels(const char *variant) {
  return !variant || !strcmp(variant, "base") ? &base_generation : 0;
}
#endif
