// Working memory of a thread's own: it stays in that core's cache from one block of work to the next.
#include <pthread.h>
#include <stdlib.h>

#include "CKernels.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread float *memory;
static __thread long capacity;

// The key frees the memory when its thread ends.
static void make_key(void) { pthread_key_create(&key, free); }

float *swiftlet_thread_scratch(long count) {
  if (memory && count <= capacity) return memory;
  pthread_once(&once, make_key);
  free(memory);
  // Whole kilofloats, so that sizes that grow a little do not allocate each time.
  capacity = (count / 1024 + 1) * 1024;
  void *block = 0;
  if (posix_memalign(&block, 64, (size_t)capacity * sizeof(float)) != 0) block = 0, capacity = 0;
  memory = block;
  pthread_setspecific(key, memory);
  return memory;
}
