/*
 * activity.h: what the files of activity_find share.
 *
 *     activity_class.c  which memory a pointer may point to
 *     activity_shape.c  ... behind calls of recursive functions
 *     activity.c        what is varied and useful
 *     refuse.c           what is refused of it; refuse_call.c, of calls
 */
#ifndef ADGEN_ACTIVITY_H
#define ADGEN_ACTIVITY_H

#include "passes.h"

typedef struct {
    int parent;  /* union-find; itself at the root */
    int pointee; /* what pointers stored here point to; 0: none known */
    int nfields;
    int *fields; /* of a record: class of each field, 0: not met */
    bool varied, useful;
    bool shadowless; /* may be memory that has no shadow: a passive parameter's, a constant's */
    bool lacks;      /* ... and that may be written, and is not ADGEN_PASSIVE */
    bool passive;    /* all of it is ADGEN_PASSIVE */
    bool is_met;     /* some memory that is in it is known; not only that pointers lead here */
    bool foreign;    /* ... and was there before the call */
    bool allocated;  /* of a shape: from the heap; elsewhere: by a recursive function */
    bool given_back; /* ... and back to it */
} Class;

/* A global has one class, however often its address is taken. */
typedef struct {
    const Global *global;
    int class;
} GlobalClass;

struct Activity {
    Function *function;
    unsigned last_id; /* values made later are not known */
    const Request *request;
    VEC(Class) classes; /* from 1 */
    int *class_of;      /* by id of a pointer: what it points to */
    bool is_shape;      /* of several functions (activity_shape.c): ... */
    unsigned first_id;  /* ... where in class_of the one in hand begins */
    VEC(GlobalClass) globals;
    bool *varied, *useful;
    bool *has_bar; /* by parameter */
    bool changed;
    bool classified;               /* all classes are known */
    VEC(const Value *) given_away; /* calls that write varied values to files or text, or hand them to who knows whom */
    bool *lasting;                 /* by class: it may be there when the call is over */
    bool *reals;                   /* by class: something takes it for real numbers (refuse.c) */
    bool *reported;                /* by line: one message a line */
    unsigned *visit;               /* by id: the walk over pointers that met it last ... */
    unsigned walk;                 /* ... and the number of the one in hand */
};

/* ---- activity_class.c ---- */

/* Classes are numbers; 0 is none. */
int class_new(Activity *a);
int class_root(const Activity *a, int c);
Class *class_at(const Activity *a, int c);
/* The class that a pointer points into. */
int class_of(Activity *a, const Value *pointer);
/* ... of pointers in memory of the class; of a member of such a struct. */
int class_pointee(Activity *a, int c);
int class_of_member(Activity *a, int c, int field, int nfields, bool passive);
/* Makes two classes one. */
int class_unify(Activity *a, int x, int y);
/* Puts all that the block's pointers point to into classes. */
void classes_find(Activity *a, const Block *block);
/* A flag for each class, none of them set. */
bool *class_none(const Activity *a);
/* What may be asked of a class, which is a root. */
typedef bool (*ClassTest)(const Activity *a, int c);
bool class_is_active(const Activity *a, int c);
bool class_is_varied(const Activity *a, int c);
bool class_is_useful(const Activity *a, int c);
/* Is there such memory to be reached from a class, through fields and pointers? */
bool class_leads_to(const Activity *a, int c, ClassTest is_such);
/* ... but through what has been seen; sets that of all that it meets: of all there is, where is_such is NULL. */
bool class_reaches(const Activity *a, int c, ClassTest is_such, bool *seen);
/* Memory at a base that is no choice and not loaded: has it no shadow? */
bool activity_lacks_shadow(const Activity *a, const Value *base);
bool activity_is_passive_memory(const Activity *a, const Value *base);
/* Does the pointer lead to real or complex numbers, for all that its type tells? */
bool activity_reaches_reals(const Value *pointer);

/* ---- activity_shape.c ---- */

/* What a recursive function that is called puts together. */
void activity_bind_call(Activity *a, const Value *call);

/* ---- activity.c ---- */

/* Text made from values carries no derivative; whether it comes back as a value is asked by refuse_coming_back. */
bool activity_formats_text(const Value *call);
/* A call of a function whose body is not in reach. */
bool activity_is_opaque_call(const Value *v);
bool activity_points_to_active(const Activity *a, const Value *pointer);
bool activity_is_varied_memory(Activity *a, const Value *address);

/* ---- refuse.c ---- */

void refuse_active(Activity *a);
/* One message a line: false where there was one. */
bool refuse_once(Activity *a, Loc loc);

/* ---- refuse_call.c ---- */

/* Sets given_away. */
void refuse_find_given_away(Activity *a, const Block *block);
/* Sets lasting[]. */
void refuse_find_lasting(Activity *a);
void refuse_call(Activity *a, const Value *v);
void refuse_coming_back(Activity *a, const Value *call);

#endif
