/*
 * heap.h: what the compiler knows of the library's functions for memory.
 */
#ifndef ADGEN_HEAP_H
#define ADGEN_HEAP_H

#include "ir.h"

typedef enum {
    HEAP_NONE,
    HEAP_ALLOC,   /* a new object: malloc, calloc, aligned_alloc */
    HEAP_REALLOC, /* a new object, and the end of the one that args[0] leads to */
    HEAP_FREE,    /* the end of the object that args[0] leads to */
    HEAP_COPY,    /* args[2] bytes from args[1] to args[0]: memcpy */
    HEAP_MOVE,    /* likewise, where the two may overlap: memmove */
    HEAP_SET      /* args[2] bytes at args[0] become args[1]: memset */
} HeapRole;

/* What a call does to memory; HEAP_NONE for what is no call of the library's function of that name. */
HeapRole heap_role(const Value *call);

/* Is it the address of a new object on the heap? */
bool heap_is_object(const Value *v);

/* How many bytes an allocation asks for: a new value at the builder's place, or an operand. */
Value *heap_bytes(Builder *b, const Value *allocation);

/* bytes / size, where that is a whole number for sure; NULL where it cannot be seen. */
Value *heap_elements(Builder *b, Value *bytes, uint64_t size);

/* The function of the library that clears what it allocates and never fails (adgen_tape.h): (count, size). */
Function *heap_zeroed(Module *module);
Function *heap_free(Module *module);

/* The function that hears how many bytes are allocated next (adgen_tape.h). */
Function *heap_reserve(Module *module);

/* Memory that knows its size in bytes: (bytes); the size, of what came from there or is null; its end. */
Function *heap_sized(Module *module);
Function *heap_size(Module *module);
Function *heap_sized_free(Module *module);
bool heap_is_sized(const Value *v); /* a call of heap_sized */

/* Another function of the same header as `like`: its name, and like's first parameter or parameters from `first` on. */
Function *heap_function(const Function *like, const char *name, Type *result, int first, int nparams);

#endif
