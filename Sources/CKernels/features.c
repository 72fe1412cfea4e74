#include "CKernels.h"

swiftlet_features swiftlet_processor_features(void) {
  swiftlet_features features = {false, false, false, false};
#if defined(__x86_64__)
  __builtin_cpu_init();
  features.x86_64_v3 = __builtin_cpu_supports("x86-64-v3");
  features.x86_64_v4 = __builtin_cpu_supports("x86-64-v4");
  features.avx512_bf16 = features.x86_64_v4 && __builtin_cpu_supports("avx512bf16");
  features.avx512_vnni = features.x86_64_v4 && __builtin_cpu_supports("avx512vnni");
#endif
  return features;
}
