/*
 * A disk that fails when it is told to: loaded before libc (LD_PRELOAD), it stands between the database and the
 * kernel. The file that FAULT names is read at every call; while it is there and says `OPERATION ERRNO SUFFIX`,
 * each such call on a file whose path ends with SUFFIX fails. OPERATION is `sync` or `write`; a number before it,
 * as in `3 sync 5 -wal`, lets that many calls through first.
 *
 * Where DISK_LOG names a file, every write, truncation and sync of the database's files is noted there with the
 * time (CLOCK_MONOTONIC, nanoseconds), so that a power cut can be played afterwards. A record is a header of
 * { kind, length of the path, time, offset, length of the data } followed by the path and the data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

typedef ssize_t (*write_fn)(int, const void *, size_t, off_t);
typedef int (*fd_fn)(int);
typedef int (*truncate_fn)(int, off_t);

struct record { uint32_t kind; uint32_t path_length; uint64_t time; uint64_t offset; uint64_t length; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "database.sqlite") != NULL && strstr(path, "-shm") == NULL;
}

/* Whether this call is to fail; the count in the file goes down with each call that is let through. */
static int fault(const char *operation, const char *path) {
  const char *name = getenv("FAULT");
  FILE *file = name == NULL ? NULL : fopen(name, "r");
  if (file == NULL) return 0;
  int skip = 0, number = 0;
  char wanted[16], suffix[64];
  int count = fscanf(file, "%d %15s %d %63s", &skip, wanted, &number, suffix);
  fclose(file);
  if (count != 4 || strcmp(wanted, operation) != 0) return 0;
  size_t tail = strlen(suffix), length = strlen(path);
  if (tail > length || strcmp(path + length - tail, suffix) != 0) return 0;
  if (skip == 0) return number;
  file = fopen(name, "w");
  if (file == NULL) return 0;
  fprintf(file, "%d %s %d %s", skip - 1, wanted, number, suffix);
  fclose(file);
  return 0;
}

static void note(uint32_t kind, const char *path, uint64_t offset, const void *data, uint64_t length) {
  const char *name = getenv("DISK_LOG");
  if (name == NULL) return;
  if (log_fd < 0) log_fd = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (log_fd < 0) return;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct record head = { kind, (uint32_t)strlen(path),
    (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec, offset, data == NULL ? 0 : length };
  if (write(log_fd, &head, sizeof head) < 0) return;
  if (write(log_fd, path, head.path_length) < 0) return;
  if (data != NULL && write(log_fd, data, length) < 0) return;
}

static ssize_t do_write(const char *name, int fd, const void *data, size_t size, off_t offset) {
  char path[4096];
  write_fn real = (write_fn)next(name);
  if (!path_of(fd, path, sizeof path)) return real(fd, data, size, offset);
  pthread_mutex_lock(&lock);
  int number = fault("write", path);
  ssize_t written = number == 0 ? real(fd, data, size, offset) : -1;
  if (number == 0) note(1, path, (uint64_t)offset, data, (uint64_t)written);
  pthread_mutex_unlock(&lock);
  if (number != 0) errno = number;
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return do_write("pwrite", fd, data, size, offset); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) { return do_write("pwrite64", fd, data, size, offset); }

static int do_sync(const char *name, int fd) {
  char path[4096];
  fd_fn real = (fd_fn)next(name);
  if (!path_of(fd, path, sizeof path)) return real(fd);
  pthread_mutex_lock(&lock);
  int number = fault("sync", path);
  int result = number == 0 ? real(fd) : -1;
  if (number == 0) note(2, path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (number != 0) errno = number;
  return result;
}

int fsync(int fd) { return do_sync("fsync", fd); }
int fdatasync(int fd) { return do_sync("fdatasync", fd); }

static int do_truncate(const char *name, int fd, off_t length) {
  char path[4096];
  truncate_fn real = (truncate_fn)next(name);
  int result = real(fd, length);
  if (result == 0 && path_of(fd, path, sizeof path)) {
    pthread_mutex_lock(&lock);
    note(3, path, (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return result;
}

int ftruncate(int fd, off_t length) { return do_truncate("ftruncate", fd, length); }
int ftruncate64(int fd, off_t length) { return do_truncate("ftruncate64", fd, length); }
