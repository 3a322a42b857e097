/*
 * For adolc.cpp: ADOL-C's tape of one evaluation, and the reverse sweep over it. A problem's adolc.cpp writes the
 * primal for `adouble` and names its inputs; each call records the tape anew, since branches may go another way each
 * time.
 */
#ifndef BENCH_ADOLC_H
#define BENCH_ADOLC_H

#include <adolc/adolc.h>
#include <cstddef>
#include <vector>

class bench_tape
{
    struct block {
        double *bar;
        std::size_t count;
    };
    std::vector<block> blocks;
    std::vector<adouble> active;
    std::vector<double> values;

  public:
    /* Begins recording. `inputs` is how many reals are made independent in all. */
    explicit bench_tape(std::size_t inputs)
    {
        trace_on(1, 1);
        active.resize(inputs);
        values.reserve(inputs);
    }

    /* The inputs of one array, as independent variables. */
    adouble *input(const double *value, double *bar, std::size_t count)
    {
        adouble *const first = active.data() + values.size();
        for (std::size_t i = 0; i < count; i++) {
            first[i] <<= value[i];
            values.push_back(value[i]);
        }
        blocks.push_back({bar, count});
        return first;
    }

    /* Ends recording and adds the gradient of `result` to the bars. */
    double gradient(const adouble &result)
    {
        double value = 0.0;
        adouble(result) >>= value;
        trace_off();
        std::vector<double> adjoint(values.size());
        double one = 1.0;
        fos_reverse(1, 1, static_cast<int>(values.size()), &one, adjoint.data());
        std::size_t at = 0;
        for (const block &b : blocks)
            for (std::size_t i = 0; i < b.count; i++)
                b.bar[i] += adjoint[at++];
        return value;
    }
};

#endif
