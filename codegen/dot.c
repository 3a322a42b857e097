/*
 * dot.c: the dataflow graph for Graphviz: a node for each value, an edge from each operand to its user, a box around
 * what a region owns. Carried values have a dashed edge back from what they will be in the next iteration.
 */
#include "emit.h"

static const char *const kind_text[VAL_KIND_COUNT] = {
    [VAL_ADD] = "+",
    [VAL_SUB] = "-",
    [VAL_MUL] = "*",
    [VAL_DIV] = "/",
    [VAL_REM] = "%",
    [VAL_NEG] = "-",
    [VAL_AND] = "&",
    [VAL_OR] = "|",
    [VAL_XOR] = "^",
    [VAL_SHL] = "<<",
    [VAL_SHR] = ">>",
    [VAL_NOT] = "~",
    [VAL_EQ] = "==",
    [VAL_NE] = "!=",
    [VAL_LT] = "<",
    [VAL_LE] = "<=",
    [VAL_GT] = ">",
    [VAL_GE] = ">=",
    [VAL_LNOT] = "!",
    [VAL_LAND] = "&&",
    [VAL_LOR] = "||",
    [VAL_SELECT] = "?:",
    [VAL_PTRADD] = "[]",
    [VAL_PTRDIFF] = "-",
    [VAL_DECAY] = "decay",
    [VAL_PASSIVE] = "passive",
    [VAL_LOCAL] = "local",
    [VAL_LOAD] = "load",
    [VAL_STORE] = "store",
    [VAL_ACCUM] = "+=",
    [VAL_COPY] = "copy",
    [VAL_ZERO] = "clear",
    [VAL_ALLOC] = "alloc",
    [VAL_FREE] = "free",
    [VAL_TAPE] = "tape",
    [VAL_PUSH] = "push",
    [VAL_POP] = "pop",
    [VAL_TAPE_FREE] = "free tape",
    [VAL_CARRIED] = "carried",
    [VAL_COUNTER] = "counter",
    [VAL_RESULT] = "result",
    [VAL_IF] = "if",
    [VAL_LOOP] = "loop",
};

typedef struct {
    Text out;
    int depth;
    bool *shown; /* leaves, by id */
} Graph;

static const char *escaped(const char *text)
{
    Text out = {0};
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\')
            text_add(&out, "\\");
        text_add_n(&out, text, 1);
    }
    return text_string(&out);
}

static const char *operation(const Value *v)
{
    switch (v->kind) {
    case VAL_INT:
        return arena_printf("%lld", (long long)v->i);
    case VAL_REAL:
        return arena_printf("%.6Lg", v->real);
    case VAL_STRING:
        return escaped(v->text);
    case VAL_MATH:
        return v->rule->name;
    case VAL_CALL:
    case VAL_PURE_CALL:
        return arena_printf("%s()", v->callee ? v->callee->name : v->text ? v->text : "?");
    case VAL_FUNCTION:
        return v->callee->name;
    case VAL_FIELD:
        return arena_printf(".%s", v->args[0]->type->to->record->fields[v->i].name);
    case VAL_CAST:
        return arena_printf("(%s)", declare(v->type, "", NULL));
    case VAL_SIZEOF:
        return arena_printf("sizeof(%s)", declare(v->aux_type, "", NULL));
    default:
        return kind_text[v->kind] ? kind_text[v->kind] : "";
    }
}

static const char *label(const Value *v)
{
    const char *name = v->hint ? escaped(v->hint) : "";
    const char *what = operation(v);
    const char *line = v->loc.line ? arena_printf("\\nline %u", v->loc.line) : "";
    return arena_printf("%s%s%s%s", name, *name && *what ? " = " : "", what, line);
}

static void indent(Graph *g)
{
    text_printf(&g->out, "%*s", 4 * g->depth, "");
}

static void add_node(Graph *g, const Value *v)
{
    const char *shape = ir_is_leaf(v->kind) ? "ellipse" : ir_is_pure(v->kind) ? "plain" : "box";
    indent(g);
    text_printf(&g->out, "v%u [label=\"%s\", shape=%s%s];\n", v->id, label(v), shape, v->adjoint ? ", color=blue" : "");
}

static void add_edge(Graph *g, const Value *from, const Value *to, const char *style)
{
    if (ir_is_leaf(from->kind) && !g->shown[from->id]) {
        g->shown[from->id] = true;
        add_node(g, from);
    }
    indent(g);
    text_printf(&g->out, "v%u -> v%u%s;\n", from->id, to->id, style);
}

static void add_block(Graph *g, const Block *block);

static void add_region_edges(Graph *g, const Value *v)
{
    for (int k = 0; k < v->nresults; k++) {
        if (v->kind == VAL_IF) {
            add_edge(g, v->blocks[0]->yields[k], v->results[k], " [label=\"then\"]");
            add_edge(g, v->blocks[1]->yields[k], v->results[k], " [label=\"else\"]");
        } else {
            add_edge(g, v->args[k], v->carried[k], "");
            add_edge(g, v->blocks[1]->yields[k], v->carried[k], " [style=dashed, constraint=false]");
            add_edge(g, v->carried[k], v->results[k], "");
        }
    }
    if (v->counted) {
        add_edge(g, v->from, v, " [label=\"from\"]");
        add_edge(g, v->to, v, " [label=\"to\"]");
    } else if (v->kind == VAL_LOOP) {
        add_edge(g, v->blocks[0]->yields[0], v, " [label=\"while\"]");
    }
}

static void add_region(Graph *g, const Value *v)
{
    indent(g);
    text_printf(&g->out, "subgraph cluster_%u {\n", v->id);
    g->depth++;
    indent(g);
    text_printf(&g->out, "label=\"%s\";\n", label(v));
    add_node(g, v);
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            add_block(g, v->blocks[k]);
    g->depth--;
    indent(g);
    text_add(&g->out, "}\n");
    if (v->kind == VAL_IF)
        add_edge(g, v->args[0], v, "");
    add_region_edges(g, v);
}

static void add_block(Graph *g, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (ir_is_region(v)) {
            add_region(g, v);
            continue;
        }
        add_node(g, v);
        for (int k = 0; k < v->nargs; k++)
            add_edge(g, v->args[k], v, "");
    }
}

char *emit_dot(const Function *fn)
{
    Graph g = {.depth = 1, .shown = ARENA_ARRAY(bool, fn->next_id + 1)};
    text_printf(&g.out, "digraph \"%s\" {\n    node [fontsize=10];\n", escaped(fn->name));
    add_block(&g, fn->body);
    for (int k = 0; k < fn->body->nyields; k++) {
        if (ir_is_leaf(fn->body->yields[k]->kind) && !g.shown[fn->body->yields[k]->id])
            add_node(&g, fn->body->yields[k]);
        text_printf(&g.out, "    v%u -> return;\n", fn->body->yields[k]->id);
    }
    text_add(&g.out, "}\n");
    return g.out.at;
}
