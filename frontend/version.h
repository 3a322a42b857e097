/*
 * version.h: which adgen this is.
 */
#ifndef ADGEN_VERSION_H
#define ADGEN_VERSION_H

#define ADGEN_VERSION "0.1.0"

#endif
