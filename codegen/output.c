/*
 * output.c: files written whole or not at all: a temporary file in the same folder, renamed over the old one at the
 * end.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include "codegen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const Loc nowhere;

static bool fail(const char *path)
{
    diag_error(nowhere, "cannot write '%s': %s", path, strerror(errno));
    return false;
}

static bool write_bytes(int file, const char *text, size_t left)
{
    while (left) {
        const ssize_t n = write(file, text, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text += n;
        left -= (size_t)n;
    }
    return true;
}

static bool write_standard_output(const char *text)
{
    if (fflush(stdout) == 0 && write_bytes(STDOUT_FILENO, text, strlen(text)))
        return true;
    return fail("standard output");
}

/* Devices and pipes are written to, not replaced. */
static bool write_in_place(const char *path, const char *text)
{
    const int file = open(path, O_WRONLY);
    if (file < 0)
        return fail(path);
    const bool written = write_bytes(file, text, strlen(text));
    const int reason = errno;
    const bool closed = close(file) == 0;
    if (written && closed)
        return true;
    errno = written ? errno : reason;
    return fail(path);
}

/* What new files get here: mkstemp's are for their owner alone. */
static mode_t default_mode(void)
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool write_temporary(int file, const char *text, mode_t mode)
{
    const bool written = write_bytes(file, text, strlen(text)) && fchmod(file, mode) == 0;
    const int reason = errno;
    const bool closed = close(file) == 0;
    if (!written)
        errno = reason;
    return written && closed;
}

static bool replace(const char *path, const char *text, mode_t mode)
{
    char *temporary = arena_printf("%s.XXXXXX", path);
    const int file = mkstemp(temporary);
    if (file < 0)
        return fail(path);
    if (write_temporary(file, text, mode) && rename(temporary, path) == 0)
        return true;
    const int reason = errno;
    unlink(temporary);
    errno = reason;
    return fail(path);
}

/* The file that a link leads to, so that the link stays one. */
static const char *resolve(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return path;
    char *target = realpath(path, NULL);
    const char *resolved = target ? arena_strdup(target) : path;
    free(target);
    return resolved;
}

bool output_write(const char *path, const char *text)
{
    if (!path || strcmp(path, "-") == 0)
        return write_standard_output(text);
    struct stat status;
    const char *file = resolve(path);
    if (stat(file, &status) != 0)
        return errno == ENOENT ? replace(file, text, default_mode()) : fail(path);
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return fail(path);
    }
    if (!S_ISREG(status.st_mode))
        return write_in_place(file, text);
    if (access(file, W_OK) != 0)
        return fail(path);
    return replace(file, text, status.st_mode & 07777);
}
