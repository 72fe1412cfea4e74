// Shared libraries that a person names at run time.
#define _GNU_SOURCE
#include <dlfcn.h>

#include "CKernels.h"

void *swiftlet_open_library(const char *path) {
  int mode = RTLD_NOW | RTLD_LOCAL;
#if defined(RTLD_DEEPBIND)
  // Its calls must end in itself: this program already holds a BLAS with the same names.
  mode |= RTLD_DEEPBIND;
#endif
  return dlopen(path, mode);
}

void *swiftlet_library_symbol(void *library, const char *name) { return dlsym(library, name); }

const char *swiftlet_library_error(void) {
  const char *text = dlerror();
  return text ? text : "no reason given";
}
