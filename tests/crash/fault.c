/* Calls that change a disk → faults at the n-th of them, counted over all processes that share the file $FAULT_FILE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OFF, COUNT, KILL_ALL, KILL_ONE, FULL };

struct state { long mode, at, count; };
static struct state *state;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULT_FILE");
    int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    state = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (state == MAP_FAILED) state = NULL;
    close(file);
}

/* Whether the fault strikes at this call; with FULL it does at every later one, too. */
static int strikes(void) {
    if (!state || state->mode == OFF) return 0;
    long n = __atomic_add_fetch(&state->count, 1, __ATOMIC_SEQ_CST);
    return state->mode == FULL ? n >= state->at : state->mode != COUNT && n == state->at;
}

static void die(void) {
    if (state->mode == KILL_ALL) kill(0, SIGKILL);
    raise(SIGKILL);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAULT(grows) \
    if (strikes()) { if (state->mode != FULL) die(); else if (grows) { errno = ENOSPC; return -1; } }
#define WRAP(result, name, params, args, grows) \
    result name params { FAULT(grows) return REAL(name) args; }

#define OPEN(name, params, args, full) \
    int name params { \
        va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
        if (flags & (O_CREAT | O_TRUNC)) FAULT(flags & O_CREAT) \
        return REAL(name) full; \
    }
OPEN(open, (const char *path, int flags, ...), (path, flags), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags), (path, flags, mode))
OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags), (at, path, flags, mode))

static int on_disk(int file) {
    struct stat found;
    return fstat(file, &found) == 0 && S_ISREG(found.st_mode);
}

/* What is killed while it writes has written a half; what finds the disk full, too. */
ssize_t write(int file, const void *data, size_t size) {
    if (file > 2 && strikes()) {
        size_t half = size / 2;
        if (state->mode != FULL) {
            if (half) REAL(write)(file, data, half);
            die();
        }
        if (on_disk(file)) {
            if (half > 512) return REAL(write)(file, data, half);
            errno = ENOSPC;
            return -1;
        }
    }
    return REAL(write)(file, data, size);
}
WRAP(ssize_t, pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at), 1)
WRAP(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at), 1)
WRAP(int, rename, (const char *old, const char *new), (old, new), 1)
WRAP(int, renameat, (int a, const char *old, int b, const char *new), (a, old, b, new), 1)
WRAP(int, link, (const char *old, const char *new), (old, new), 1)
WRAP(int, linkat, (int a, const char *old, int b, const char *new, int flags), (a, old, b, new, flags), 1)
WRAP(int, symlink, (const char *old, const char *new), (old, new), 1)
WRAP(int, unlink, (const char *path), (path), 0)
WRAP(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), 0)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), 1)
WRAP(int, rmdir, (const char *path), (path), 0)
WRAP(int, fsync, (int file), (file), 1)
WRAP(int, fdatasync, (int file), (file), 1)
WRAP(int, ftruncate, (int file, off_t size), (file, size), 0)
WRAP(int, ftruncate64, (int file, off64_t size), (file, size), 0)
WRAP(int, execve, (const char *path, char *const argv[], char *const envp[]), (path, argv, envp), 0)
WRAP(int, execv, (const char *path, char *const argv[]), (path, argv), 0)
WRAP(int, execvp, (const char *path, char *const argv[]), (path, argv), 0)
