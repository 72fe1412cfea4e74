// Memory that the C library keeps of freed blocks.
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "CKernels.h"

void swiftlet_return_free_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
