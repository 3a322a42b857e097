/*
 * stack.c: a stack for recursion as deep as the source is nested. libclang's parser and every walk over a tree recurse;
 * the address space is reserved, and memory is used as far as the recursion really goes.
 */
#include <pthread.h>
#include <stdlib.h>

#include "frontend.h"

typedef struct {
    int (*work)(void *argument);
    void *argument;
    int result;
} Job;

static void *run_job(void *job)
{
    Job *j = job;
    j->result = j->work(j->argument);
    return NULL;
}

int stack_run(int (*work)(void *argument), void *argument)
{
    enum { LEAST = 8 << 20 };
    Job job = {work, argument, 1};
    setenv("LIBCLANG_NOTHREADS", "1", 1); /* parse on this stack, not on a thread of libclang's */
    for (size_t size = (size_t)4 << 30; size >= LEAST; size /= 2) {
        pthread_attr_t attributes;
        pthread_t thread;
        pthread_attr_init(&attributes);
        const bool runs = pthread_attr_setstacksize(&attributes, size) == 0 &&
                          pthread_create(&thread, &attributes, run_job, &job) == 0;
        pthread_attr_destroy(&attributes);
        if (runs) {
            pthread_join(thread, NULL);
            return job.result;
        }
    }
    return work(argument);
}
