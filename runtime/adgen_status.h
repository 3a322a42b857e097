/*
 * adgen_status.h: how the runtime's functions report failure. Those that can fail return an adgen_status; ADGEN_OK is
 * 0, so `if (adgen_optim_save(...))` reads "if it failed".
 */
#ifndef ADGEN_STATUS_H
#define ADGEN_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum adgen_status {
    ADGEN_OK = 0,
    ADGEN_BAD_ARGUMENT,  /* an argument or a setting outside its range */
    ADGEN_NO_MEMORY,     /* nothing has been changed */
    ADGEN_NEEDS_CLOSURE, /* L-BFGS evaluates the loss itself */
    ADGEN_NOT_FINITE,    /* a NaN or an infinity */
    ADGEN_MISMATCH,      /* a derivative is not what the check expects */
    ADGEN_CANNOT_READ,   /* the file; errno says why */
    ADGEN_CANNOT_WRITE,  /* the file; errno says why, and the file of that name is as it was */
    ADGEN_NOT_A_STATE,   /* the file is of another kind */
    ADGEN_OTHER_VERSION, /* written by a runtime whose file format is another */
    ADGEN_OTHER_MACHINE, /* written with another byte order */
    ADGEN_DAMAGED,       /* the file is cut short, or its checksum is wrong */
    ADGEN_OTHER_MODEL    /* the file holds other blocks: number, names, types or lengths differ */
} adgen_status;

/* What `status` means, in words, without a full stop; never NULL. */
const char *adgen_strerror(adgen_status status);

#ifdef __cplusplus
}
#endif

#endif
