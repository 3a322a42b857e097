/*
 * transform.h: what the front end may ask of transform/, whose header is ir.h besides.
 */
#ifndef ADGEN_TRANSFORM_H
#define ADGEN_TRANSFORM_H

#include "ir.h"

typedef struct {
    bool strong_zero; /* --strong-zero */
    bool may_alias;   /* --may-alias */
    bool workspace;   /* --workspace */
    bool verify;      /* check the IR after each pass (default in debug builds) */
    /* Optimisations: derivatives are right without them, too. The command's table says what each leaves out. */
    bool one_pass;     /* --no-one-pass: fuse.c */
    bool recompute;    /* --no-recompute: storage_cost.c */
    bool reload;       /* --no-reload: storage_graph.c */
    bool dependences;  /* --no-dependences: storage_there.c, dependence.c */
    bool copies;       /* --no-copies: storage_state.c */
    bool sections;     /* --no-sections: storage_state.c */
    bool telling;      /* --no-telling: storage_told.c, early.c */
    bool later_copies; /* --no-later-copies: storage_state.c */
    bool next_copies;  /* --no-next-copies: storage_graph.c */
    bool rows;         /* --no-rows: storage_state.c, expand.c */
    bool series;       /* --no-series: storage_cost.c, series.c */
    bool replay;       /* --no-replay: replay.c */
    bool hand_back;    /* --no-hand-back: storage_supply.c */
    bool results_back; /* --no-results-back: split_result.c */
    bool counting;     /* --no-counting: loops.c */
    bool unroll;       /* --no-unroll: unroll.c */
    bool hoisting;     /* --no-hoisting: bounds.c, invariant.c */
    bool renaming;     /* --no-renaming: rename.c */
    bool substitution; /* --no-substitution: substitute.c */
    bool peeling;      /* --no-peeling: peel.c */
    bool splitting;    /* --no-splitting: fission.c */
    bool stencils;     /* --no-stencils: stencil.c */
    bool rings;        /* --no-rings: ring.c */
    bool restoring;    /* --no-restoring: restore.c */
    bool histories;    /* --no-histories: history.c */
    bool turns;        /* --no-turns: turns.c */
    bool selects;      /* --no-selects: loops.c */
    bool merging;      /* --no-merging: values.c */
    bool accumulation; /* --no-accumulation: values.c */
    bool last_stores;  /* --no-last-stores: overwritten.c */
    bool scratch;      /* --no-scratch: scratch.c */
    bool reordering;   /* --no-reordering: order.c */
    bool first_stores; /* --no-first-stores: clears.c */
    bool sinking;      /* --no-sinking: sink.c */
    bool gathering;    /* --no-gathering: gather.c */
    bool like_terms;   /* --no-like-terms: terms.c */
    bool reciprocals;  /* --no-reciprocals: divide.c, inverses.c */
    bool argmax;       /* --no-argmax: argmax.c */
    bool joining;      /* --no-joining: join.c */
    bool factoring;    /* --no-factoring: factor.c */
    bool guards;       /* --no-guards: guard.c */
    bool lanes;        /* --no-lanes: lanes.c */
    bool jamming;      /* --no-jamming: jam.c */
    bool reserving;    /* --no-reserving: reserve.c */
    bool restricting;  /* --no-restrict: restrict.c */
    bool interchange;  /* --no-interchange: interchange.c */
} DeriveOptions;

/*
 * The derivative that `request` asks for, as a new function of the module, ready for codegen: every use is visible,
 * nothing is dead. NULL with errors reported where it cannot be made.
 */
Function *derive(Module *module, Request *request, const DeriveOptions *options);

/* The request's function with its calls inlined and its locals promoted, before differentiation: for --emit=ir and
 * --emit=dot. */
Function *derive_prepared(Module *module, Function *fn, const DeriveOptions *options);

#endif
