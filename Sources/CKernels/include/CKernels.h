// The C side of Kernels: a worker pool, and loops over memory that Swift does not vectorize.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "generation.h"

// One block of a job; `block` counts from 0.
typedef void (*swiftlet_block)(void *context, long block);

// Runs `body` for blocks 0..<blocks on the pool and the calling thread, and returns when all are done.
// Blocks run in any order, each once. A nested call, or one that finds the pool taken by another thread, runs
// all its blocks on the caller.
void swiftlet_pool_run(long blocks, swiftlet_block body, void *context);

// Threads that share a job, the caller among them; starts workers when there are too few.
void swiftlet_pool_set_threads(int threads);
int swiftlet_pool_threads(void);

// Cores this process may run on.
int swiftlet_available_cores(void);

// What the processor has, as far as the kernels care; false everywhere but on x86-64.
typedef struct {
  bool x86_64_v3, x86_64_v4, avx512_bf16, avx512_vnni;
} swiftlet_features;
swiftlet_features swiftlet_processor_features(void);
