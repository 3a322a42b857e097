/*
 * emit_lanes.c: what loops over lanes need in the output. Sums that were kept in lanes (transform/lanes.c) are added up
 * as a tree of loads and additions; a function of the output's own has that tree, and is called instead:
 *
 *     t[0] + t[4] + (t[2] + t[6]) + (t[1] + t[5] + (t[3] + t[7]))   →   adgen_sum_lanes(t)
 */
#include "emit.h"

enum { LANES = 8 };

/* Lane k of the array, which is found there if it is not known yet. */
static bool is_lane(const Plan *plan, const Value *v, int64_t k, const Value **lanes)
{
    const Value *address = v->kind == VAL_LOAD && is_folded(plan, v) ? v->args[0] : NULL;
    const bool is_behind_first = address && address->kind == VAL_PTRADD && address->args[1]->kind == VAL_INT;
    const Value *start = is_behind_first ? address->args[0] : address;
    if (!start || start->kind != VAL_DECAY || (is_behind_first ? address->args[1]->i : 0) != k)
        return false;
    const Value *array = start->args[0];
    if (array->kind != VAL_LOCAL || array->type->to->count != LANES)
        return false;
    *lanes = *lanes ? *lanes : array;
    return *lanes == array;
}

/* The sum of every lane `step` away from the first. */
static bool is_tree(const Plan *plan, const Value *v, int first, int step, const Value **lanes)
{
    if (step == LANES)
        return is_lane(plan, v, first, lanes);
    return v->kind == VAL_ADD && (step == 1 || is_folded(plan, v)) &&
           is_tree(plan, v->args[0], first, 2 * step, lanes) &&
           is_tree(plan, v->args[1], first + step, 2 * step, lanes);
}

const Value *lanes_summed(const Plan *plan, const Value *v)
{
    const Value *lanes = NULL;
    return v->adjoint && v->type->kind == TYPE_REAL && is_tree(plan, v, 0, 1, &lanes) ? lanes : NULL;
}

static const char *const suffix_of_rank[] = {[1] = "f", [2] = "", [3] = "l"};
static const char *const type_of_rank[] = {[1] = "float", [2] = "double", [3] = "long double"};

const char *lanes_call(Needs *needs, const Type *type, const char *array)
{
    needs->lane_sums[type->rank] = true;
    return arena_printf("adgen_sum_lanes%s(%s)", suffix_of_rank[type->rank], array);
}

/*
 * gcc writes loops of few iterations out before it looks for vector operations. clang, where it may change the order of
 * sums, looks for them in the loop around, whose iterations have their elements far apart.
 */
static const char macros[] = "#if defined __GNUC__ && __GNUC__ >= 8 && !defined __clang__\n"
                             "#define ADGEN_LANES _Pragma(\"GCC unroll 1\")\n"
                             "#else\n"
                             "#define ADGEN_LANES\n"
                             "#endif\n"
                             "#if defined __clang__ && defined __FAST_MATH__\n"
                             "#define ADGEN_BY_LANES _Pragma(\"clang loop vectorize(disable)\")\n"
                             "#else\n"
                             "#define ADGEN_BY_LANES\n"
                             "#endif\n";

void lanes_add_support(Text *out, const Needs *needs)
{
    if (!needs->lanes)
        return;
    text_add(out, macros);
    for (int rank = 1; rank <= 3; rank++)
        if (needs->lane_sums[rank])
            text_printf(out,
                        "\n/* Each lane with the one half of them away, as vector operations add. */\n"
                        "static inline %s adgen_sum_lanes%s(const %s t[%d])\n"
                        "{\n"
                        "    return t[0] + t[4] + (t[2] + t[6]) + (t[1] + t[5] + (t[3] + t[7]));\n"
                        "}\n",
                        type_of_rank[rank], suffix_of_rank[rank], type_of_rank[rank], LANES);
}
