/*
 * lower_jump.c: frames, the places that a jump passes on its way; see lower.h. A jump sets the flags of the frames
 * between it and the one that absorbs it. A flag serves for everything that is skipped by the same jumps.
 */
#include "lower.h"

void frame_push(Lower *lo, Frame *frame)
{
    frame->outer = lo->frames;
    lo->frames = frame;
}

void frame_pop(Lower *lo)
{
    lo->frames = lo->frames->outer;
}

Frame *frame_of(const Lower *lo, Jumps jumps)
{
    for (Frame *frame = lo->frames; frame && !(frame->absorbs & jumps); frame = frame->outer)
        if (frame->flag)
            return frame;
    return NULL;
}

const char *frame_flag_name(Jumps jumps)
{
    switch (jumps) {
    case JUMP_BREAK:
        return "stop";
    case JUMP_CONTINUE:
        return "skip";
    case JUMP_RETURN:
        return "returned";
    default:
        return "left";
    }
}

Value *frame_flag(Lower *lo, const char *name, bool initial)
{
    Value *flag = ir_local(&lo->b, lo->types->bool_, 0, NULL, name);
    ir_store(&lo->b, flag, ir_int(&lo->b, lo->types->bool_, initial));
    return flag;
}

Value *frame_intact(Lower *lo, const Frame *frame)
{
    lo->b.hint = frame->flag->hint;
    Value *flag = ir_load(&lo->b, frame->flag);
    lo->b.hint = NULL;
    return frame->left ? ir_unary(&lo->b, VAL_LNOT, lo->types->int_, flag) : flag;
}

void frame_jump(Lower *lo, Jumps jump, Loc loc)
{
    const Value *last = NULL;
    for (Frame *frame = lo->frames; frame; frame = frame->outer) {
        if (frame->absorbs & jump) {
            if (frame->repeat)
                ir_store(&lo->b, frame->repeat, ir_int(&lo->b, lo->types->bool_, true));
            return;
        }
        if (frame->flag && frame->flag != last)
            ir_store(&lo->b, frame->flag, ir_int(&lo->b, lo->types->bool_, frame->left));
        last = frame->flag ? frame->flag : last;
    }
    if (jump < (Jumps)1 << JUMP_FIRST_LABEL && jump != 0)
        fence_refuse(loc, "a jump out of a statement expression",
                     "put the statement expression's work into a function");
    else
        fence_refuse(loc, "this goto: it leads into a block or loop from outside",
                     "put the label where the goto's block, or one around it, has it, or write a loop");
}
