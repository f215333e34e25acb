// Loaded before the C library (LD_PRELOAD): sends the process the signal CRASH_SIGNAL right before the call number CRASH_AT
// that touches a file of the job's cache, and leaves in CRASH_LOG which call that was.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;

static const char *at, *log, *sent;

// At once: the program empties its environment.
__attribute__((constructor)) static void begin(void) {
  at = getenv("CRASH_AT") ? strdup(getenv("CRASH_AT")) : NULL;
  log = getenv("CRASH_LOG") ? strdup(getenv("CRASH_LOG")) : NULL;
  sent = getenv("CRASH_SIGNAL") ? strdup(getenv("CRASH_SIGNAL")) : NULL;
}

static void step(const char *call, const char *path) {
  const char *name = path ? strrchr(path, '/') : NULL;
  if (!at || !log || !sent || !name || strncmp(name, "/ccaas-token-", 13) != 0 || ++calls != atoi(at)) return;
  const char *ending = strrchr(name, '.');
  FILE *file = fopen(log, "w");
  if (file) {
    fprintf(file, "%s %s", call, ending ? ending : name);
    fclose(file);
  }
  kill(getpid(), atoi(sent));
}

static void step_of(const char *call, int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  step(call, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPEN(name)                                \
  int name(const char *path, int flags, ...) {    \
    va_list rest;                                 \
    va_start(rest, flags);                        \
    mode_t mode = mode_of(flags, rest);           \
    va_end(rest);                                 \
    step("open", path);                           \
    return REAL(name)(path, flags, mode);         \
  }
OPEN(open)
OPEN(open64)

int flock(int fd, int operation);
int flock(int fd, int operation) { step_of("flock", fd); return REAL(flock)(fd, operation); }
int fchmod(int fd, mode_t mode) { step_of("fchmod", fd); return REAL(fchmod)(fd, mode); }
int ftruncate(int fd, off_t length) { step_of("ftruncate", fd); return REAL(ftruncate)(fd, length); }
int ftruncate64(int fd, off64_t length) { step_of("ftruncate", fd); return REAL(ftruncate64)(fd, length); }
int close(int fd) { step_of("close", fd); return REAL(close)(fd); }
ssize_t write(int fd, const void *bytes, size_t count) { step_of("write", fd); return REAL(write)(fd, bytes, count); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { step_of("write", fd); return REAL(pwrite)(fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { step_of("write", fd); return REAL(pwrite64)(fd, bytes, count, at); }
int lchown(const char *path, uid_t user, gid_t group) { step("lchown", path); return REAL(lchown)(path, user, group); }
int unlink(const char *path) { step("unlink", path); return REAL(unlink)(path); }
int rename(const char *from, const char *to) { step("rename", from); return REAL(rename)(from, to); }
