// What a core can do at most: multiply-adds between registers alone, and reading memory. The loops are written in
// assembly so that a debug build measures the same as a release build.
#include "CKernels.h"

// Twelve independent sums hide the latency of each multiply-add. Registers 14 and 15 hold the factors.
#define TWELVE(x) x(0) x(1) x(2) x(3) x(4) x(5) x(6) x(7) x(8) x(9) x(10) x(11)
#define CLOBBERS \
  "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm14", \
      "xmm15"

#if defined(__x86_64__)
#define LOOP(setup, op) \
  asm volatile(setup "1:\n" TWELVE(op) "dec %0\njnz 1b\n" : "+r"(rounds) : "m"(factor) : CLOBBERS)
#define SETUP(r) "vzeroall\nvbroadcastss %1, %%" r "14\nvbroadcastss %1, %%" r "15\n"

#define BF16_STEP(i) "vdpbf16ps %%zmm14, %%zmm15, %%zmm" #i "\n"
__attribute__((target("avx512f,avx512bf16"))) static void bf16_loop(long rounds, float factor) {
  LOOP(SETUP("zmm"), BF16_STEP);
}

#define V4_STEP(i) "vfmadd231ps %%zmm14, %%zmm15, %%zmm" #i "\n"
__attribute__((target("avx512f"))) static void v4_loop(long rounds, float factor) {
  LOOP(SETUP("zmm"), V4_STEP);
}

#define V3_STEP(i) "vfmadd231ps %%ymm14, %%ymm15, %%ymm" #i "\n"
__attribute__((target("avx2,fma"))) static void v3_loop(long rounds, float factor) {
  LOOP(SETUP("ymm"), V3_STEP);
}

// Without multiply-add: a product and a sum of four lanes in turn.
#define BASE_STEP(i) "mulps %%xmm15, %%xmm" #i "\n" "addps %%xmm15, %%xmm" #i "\n"
static void base_loop(long rounds, float factor) {
  (void)factor;
  LOOP("xorps %%xmm15, %%xmm15\n", BASE_STEP);
}

double swiftlet_peak_loop(swiftlet_peak_kind kind, long rounds) {
  if (rounds <= 0) return 0;
  const float half = 0.5f;
  switch (kind) {
    case swiftlet_peak_bf16: bf16_loop(rounds, half); return rounds * 12.0 * 64;
    case swiftlet_peak_v4: v4_loop(rounds, half); return rounds * 12.0 * 32;
    case swiftlet_peak_v3: v3_loop(rounds, half); return rounds * 12.0 * 16;
    case swiftlet_peak_base: base_loop(rounds, half); return rounds * 12.0 * 8;
  }
  return 0;
}

#else

double swiftlet_peak_loop(swiftlet_peak_kind kind, long rounds) {
  (void)kind;
  typedef float v4 __attribute__((ext_vector_type(4)));
  v4 sums[12] = {0};
  v4 factor = 0.5f;
  for (long i = 0; i < rounds; i++) {
#pragma clang fp contract(fast)
#pragma unroll
    for (int j = 0; j < 12; j++) sums[j] = factor * factor + sums[j];
    // The compiler must not see through the loop.
    for (int j = 0; j < 12; j++) asm volatile("" : "+w"(sums[j]));
  }
  return rounds > 0 ? rounds * 12.0 * 8 : 0;
}
#endif

uint64_t swiftlet_read_memory(const float *p, long n) {
  typedef uint64_t words __attribute__((ext_vector_type(8), aligned(4)));
  words seen[4] = {0};
  for (long i = 0; i + 64 <= n; i += 64) {
    for (int j = 0; j < 4; j++) seen[j] ^= *(const words *)(p + i + 16 * j);
  }
  words all = (seen[0] ^ seen[1]) ^ (seen[2] ^ seen[3]);
  uint64_t result = 0;
  for (int j = 0; j < 8; j++) result ^= all[j];
  return result;
}
