/*
 * Stands between a program and the C library (LD_PRELOAD, Linux): counts the file operations that touch paths under one
 * folder, and at a chosen one ends the process or lets the operation fail. Configured by the environment:
 *
 *   HINDCAST_FAULT_ROOT   the folder; everything elsewhere is let through
 *   HINDCAST_FAULT_STATE  a file of counters, shared by all processes of one try
 *   HINDCAST_FAULT_LOG    a file that gets a line for each operation: "kind number path"
 *   HINDCAST_FAULT_AT     "kind number" of the operation that is met by the fault; absent in a run that only counts
 *   HINDCAST_FAULT_DO     kill, kill-half (a write of which half arrives), kill-all (the whole process group), EIO, ENOSPC
 *                         or EROFS
 *   HINDCAST_FAULT_READS  1: opening for reading, reading and listing count too
 *
 * EIO comes once. A disk that is full or read-only stays so: from the chosen operation on, each that changes something
 * (ENOSPC: that needs room) fails as well.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, WRITE, FSYNC, RENAME, UNLINK, MKDIR, RMDIR, TRUNCATE, LINK, MODE, LOOK, READ, LIST, KINDS };
static const char *const names[KINDS] = {"open",  "write",    "fsync", "rename", "unlink", "mkdir", "rmdir",
                                         "truncate", "link", "mode",  "look",   "read",   "list"};

struct state {
  atomic_uint counts[KINDS];
  atomic_uint tripped;
};

static struct state *state;
static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static int counts_reads;
static int chosen_kind = -1;
static unsigned chosen_number;
static enum { NOTHING, KILL, KILL_HALF, KILL_ALL, FAIL } what;
static int failure;

static int raw_open(const char *path, int flags) { return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600); }

__attribute__((constructor)) static void configure(void) {
  const char *given = getenv("HINDCAST_FAULT_ROOT");
  const char *counters = getenv("HINDCAST_FAULT_STATE");
  const char *log_path = getenv("HINDCAST_FAULT_LOG");
  const char *at = getenv("HINDCAST_FAULT_AT");
  const char *action = getenv("HINDCAST_FAULT_DO");
  if (!given || !counters || strlen(given) >= sizeof root) return;
  strcpy(root, given);
  root_length = strlen(root);
  int file = raw_open(counters, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) return;
  if (log_path) log_file = raw_open(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC);
  counts_reads = getenv("HINDCAST_FAULT_READS") != NULL;
  char name[16];
  if (at && action && sscanf(at, "%15s %u", name, &chosen_number) == 2) {
    for (int kind = 0; kind < KINDS; kind++)
      if (strcmp(names[kind], name) == 0) chosen_kind = kind;
    if (strcmp(action, "kill") == 0) what = KILL;
    else if (strcmp(action, "kill-half") == 0) what = KILL_HALF;
    else if (strcmp(action, "kill-all") == 0) what = KILL_ALL;
    else {
      what = FAIL;
      failure = strcmp(action, "ENOSPC") == 0 ? ENOSPC : strcmp(action, "EROFS") == 0 ? EROFS : EIO;
    }
  }
  state = mapped;
}

static int is_within(const char *path) {
  return strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == '\0');
}

/* The path of an open file. @return whether it lies under the root */
static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = '\0';
  return is_within(path);
}

/* An absolute path for one that is meant from a folder. @return whether it lies under the root */
static int path_at(int folder, const char *given, char *path) {
  if (given[0] == '/') {
    if (strlen(given) >= PATH_MAX) return 0;
    strcpy(path, given);
    return is_within(path);
  }
  char from[PATH_MAX];
  if (folder == AT_FDCWD) {
    if (!getcwd(from, sizeof from)) return 0;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, from, sizeof from - 1);
    if (length <= 0) return 0;
    from[length] = '\0';
  }
  if (snprintf(path, PATH_MAX, "%s/%s", from, given) >= PATH_MAX) return 0;
  return is_within(path);
}

static void end_here(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

static int goes_on_failing(enum kind kind) {
  if (failure == EROFS) return kind <= MODE;
  return failure == ENOSPC && (kind == OPEN || kind == WRITE || kind == MKDIR || kind == TRUNCATE || kind == LINK);
}

/*
 * Counts an operation and does what was chosen for it. @return 0: go on; 1: fail with the errno that is set; 2: do half
 * of it, then call end_here
 */
static int meet(enum kind kind, const char *path) {
  unsigned number = 1 + atomic_fetch_add(&state->counts[kind], 1);
  int chosen = (int)kind == chosen_kind && number == chosen_number;
  if (log_file >= 0) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s%s %u %s\n", chosen ? "! " : "", names[kind], number, path);
    if (length > 0) syscall(SYS_write, log_file, line, (size_t)length);
  }
  if (chosen) {
    if (what == KILL_ALL) syscall(SYS_kill, 0, SIGKILL);
    if (what == KILL) end_here();
    if (what == KILL_HALF) return 2;
    atomic_store(&state->tripped, 1);
    errno = failure;
    return 1;
  }
  if (what == FAIL && atomic_load(&state->tripped) && goes_on_failing(kind)) {
    errno = failure;
    return 1;
  }
  return 0;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* ---- by path ---- */

static int meet_at(enum kind kind, int folder, const char *given) {
  char path[PATH_MAX];
  return state && given && path_at(folder, given, path) ? meet(kind, path) : 0;
}

static int meet_open(int folder, const char *given, int flags) {
  int changes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  if (!changes && !counts_reads) return 0;
  return meet_at(changes ? OPEN : LOOK, folder, given);
}

#define MODE_OF(flags, last) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, last); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  REAL(open);
  MODE_OF(flags, flags)
  int met = meet_open(AT_FDCWD, path, flags);
  if (met == 1) return -1;
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  MODE_OF(flags, flags)
  int met = meet_open(AT_FDCWD, path, flags);
  if (met == 1) return -1;
  return real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  REAL(openat);
  MODE_OF(flags, flags)
  int met = meet_open(folder, path, flags);
  if (met == 1) return -1;
  return real(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  REAL(openat64);
  MODE_OF(flags, flags)
  int met = meet_open(folder, path, flags);
  if (met == 1) return -1;
  return real(folder, path, flags, mode);
}

#define BY_PATH(kind, name, parameters, folder, path, arguments) \
  int name parameters { \
    REAL(name); \
    return meet_at(kind, folder, path) == 1 ? -1 : real arguments; \
  }

BY_PATH(UNLINK, unlink, (const char *path), AT_FDCWD, path, (path))
BY_PATH(MKDIR, mkdir, (const char *path, mode_t mode), AT_FDCWD, path, (path, mode))
BY_PATH(MKDIR, mkdirat, (int folder, const char *path, mode_t mode), folder, path, (folder, path, mode))
BY_PATH(RMDIR, rmdir, (const char *path), AT_FDCWD, path, (path))
BY_PATH(UNLINK, remove, (const char *path), AT_FDCWD, path, (path))
BY_PATH(UNLINK, unlinkat, (int folder, const char *path, int flags), folder, path, (folder, path, flags))
BY_PATH(RENAME, rename, (const char *from, const char *to), AT_FDCWD, from, (from, to))
BY_PATH(RENAME, renameat, (int a, const char *from, int b, const char *to), a, from, (a, from, b, to))
BY_PATH(RENAME, renameat2, (int a, const char *from, int b, const char *to, unsigned flags), a, from,
        (a, from, b, to, flags))
BY_PATH(LINK, link, (const char *from, const char *to), AT_FDCWD, to, (from, to))
BY_PATH(LINK, linkat, (int a, const char *from, int b, const char *to, int flags), b, to, (a, from, b, to, flags))
BY_PATH(LINK, symlink, (const char *from, const char *to), AT_FDCWD, to, (from, to))
BY_PATH(TRUNCATE, truncate, (const char *path, off_t length), AT_FDCWD, path, (path, length))
BY_PATH(TRUNCATE, truncate64, (const char *path, off64_t length), AT_FDCWD, path, (path, length))
BY_PATH(MODE, chmod, (const char *path, mode_t mode), AT_FDCWD, path, (path, mode))

/* ---- by open file ---- */

static int meet_file(enum kind kind, int file) {
  char path[PATH_MAX];
  return state && path_of(file, path) ? meet(kind, path) : 0;
}

#define BY_FILE(kind, name, parameters, file, arguments) \
  int name parameters { \
    REAL(name); \
    return meet_file(kind, file) == 1 ? -1 : real arguments; \
  }

BY_FILE(FSYNC, fsync, (int file), file, (file))
BY_FILE(FSYNC, fdatasync, (int file), file, (file))
BY_FILE(TRUNCATE, ftruncate, (int file, off_t length), file, (file, length))
BY_FILE(TRUNCATE, ftruncate64, (int file, off64_t length), file, (file, length))
BY_FILE(MODE, fchmod, (int file, mode_t mode), file, (file, mode))

#define HALF(met, written) \
  switch (met) { \
    case 1: \
      return -1; \
    case 2: \
      written; \
      end_here(); \
  }

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  HALF(meet_file(WRITE, file), (void)!real(file, bytes, count / 2))
  return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  HALF(meet_file(WRITE, file), (void)!real(file, bytes, count / 2, offset))
  return real(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  HALF(meet_file(WRITE, file), (void)!real(file, bytes, count / 2, offset))
  return real(file, bytes, count, offset);
}

/* Half of many pieces: half of the first. */
ssize_t writev(int file, const struct iovec *pieces, int count) {
  REAL(writev);
  HALF(meet_file(WRITE, file), (void)!syscall(SYS_write, file, pieces[0].iov_base, pieces[0].iov_len / 2))
  return real(file, pieces, count);
}

ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t offset) {
  REAL(pwritev);
  HALF(meet_file(WRITE, file),
       (void)!syscall(SYS_pwrite64, file, pieces[0].iov_base, pieces[0].iov_len / 2, offset))
  return real(file, pieces, count, offset);
}

ssize_t pwritev64(int file, const struct iovec *pieces, int count, off64_t offset) {
  REAL(pwritev64);
  HALF(meet_file(WRITE, file),
       (void)!syscall(SYS_pwrite64, file, pieces[0].iov_base, pieces[0].iov_len / 2, offset))
  return real(file, pieces, count, offset);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
  REAL(sendfile64);
  HALF(meet_file(WRITE, to), (void)!real(to, from, offset, count / 2))
  return real(to, from, offset, count);
}

ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned flags) {
  REAL(copy_file_range);
  HALF(meet_file(WRITE, to), (void)!real(from, from_offset, to, to_offset, count / 2, flags))
  return real(from, from_offset, to, to_offset, count, flags);
}

/* ---- reading ---- */

#define READING(name, parameters, file, arguments) \
  ssize_t name parameters { \
    REAL(name); \
    return counts_reads && meet_file(READ, file) == 1 ? -1 : real arguments; \
  }

READING(read, (int file, void *bytes, size_t count), file, (file, bytes, count))
READING(pread, (int file, void *bytes, size_t count, off_t offset), file, (file, bytes, count, offset))
READING(pread64, (int file, void *bytes, size_t count, off64_t offset), file, (file, bytes, count, offset))

int scandir64(const char *path, struct dirent64 ***found, int (*choose)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **)) {
  REAL(scandir64);
  return counts_reads && meet_at(LIST, AT_FDCWD, path) == 1 ? -1 : real(path, found, choose, compare);
}
