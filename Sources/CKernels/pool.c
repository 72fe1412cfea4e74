// A process-wide worker pool for short jobs: workers spin briefly, then sleep on a futex.
//
// `ticket` holds (generation, blocks not yet claimed). A claim is a compare-and-swap on the whole word, so it can
// only succeed within one generation, and from then until the claimed block is counted in `unfinished` the caller
// cannot leave `swiftlet_pool_run`: the job's fields stay valid for whoever holds a block.
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CKernels.h"

enum { SPIN_LIMIT = 4000, CALLER_SPIN_LIMIT = 20000, MAXIMUM_THREADS = 256 };

static _Alignas(64) _Atomic uint64_t ticket;
static _Alignas(64) _Atomic long unfinished;
static _Alignas(64) atomic_int wakeups;
static atomic_int sleepers;
static atomic_int threads = 1;
static atomic_flag busy = ATOMIC_FLAG_INIT;
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;
static int started = 1;

static swiftlet_block job_body;
static void *job_context;
static long job_blocks;
static __thread bool inside;

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Claims and runs blocks until none is left; returns whether it ran any.
static bool run_blocks(void) {
  bool ran = false;
  uint64_t seen = atomic_load_explicit(&ticket, memory_order_acquire);
  while ((uint32_t)seen > 0) {
    if (!atomic_compare_exchange_weak(&ticket, &seen, seen - 1)) continue;
    job_body(job_context, job_blocks - (long)(uint32_t)seen);
    atomic_fetch_sub_explicit(&unfinished, 1, memory_order_release);
    ran = true;
    seen = atomic_load_explicit(&ticket, memory_order_acquire);
  }
  return ran;
}

static bool has_work(int worker) {
  return worker < atomic_load(&threads) && (uint32_t)atomic_load(&ticket) > 0;
}

static void *work(void *argument) {
  int worker = (int)(intptr_t)argument, idle = 0;
  inside = true;
  for (;;) {
    if (has_work(worker) && run_blocks()) {
      idle = 0;
    } else if (idle++ < SPIN_LIMIT) {
      relax();
    } else {
      int before = atomic_load(&wakeups);
      atomic_fetch_add(&sleepers, 1);
      if (!has_work(worker)) syscall(SYS_futex, &wakeups, FUTEX_WAIT_PRIVATE, before, 0, 0, 0);
      atomic_fetch_sub(&sleepers, 1);
      idle = 0;
    }
  }
  return 0;
}

void swiftlet_pool_set_threads(int wanted) {
  if (wanted < 1) wanted = 1;
  if (wanted > MAXIMUM_THREADS) wanted = MAXIMUM_THREADS;
  pthread_mutex_lock(&starting);
  while (started < wanted) {
    pthread_t thread;
    if (pthread_create(&thread, 0, work, (void *)(intptr_t)started) != 0) break;
    pthread_detach(thread);
    started++;
  }
  atomic_store(&threads, wanted < started ? wanted : started);
  pthread_mutex_unlock(&starting);
}

int swiftlet_pool_threads(void) { return atomic_load(&threads); }

void swiftlet_pool_run(long blocks, swiftlet_block body, void *context) {
  if (blocks <= 1 || blocks > INT_MAX || inside || atomic_load(&threads) == 1 || atomic_flag_test_and_set(&busy)) {
    for (long block = 0; block < blocks; block++) body(context, block);
    return;
  }
  inside = true;
  job_body = body;
  job_context = context;
  job_blocks = blocks;
  atomic_store(&unfinished, blocks);
  uint64_t generation = (atomic_load(&ticket) >> 32) + 1;
  atomic_store(&ticket, generation << 32 | (uint64_t)blocks);
  atomic_fetch_add(&wakeups, 1);
  if (atomic_load(&sleepers) > 0) syscall(SYS_futex, &wakeups, FUTEX_WAKE_PRIVATE, INT_MAX, 0, 0, 0);
  run_blocks();
  for (int spins = 0; atomic_load_explicit(&unfinished, memory_order_acquire) > 0;) {
    // A worker that holds the last block may have lost its core to another process.
    if (spins++ < CALLER_SPIN_LIMIT) relax(); else sched_yield();
  }
  inside = false;
  atomic_flag_clear(&busy);
}

int swiftlet_available_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}
