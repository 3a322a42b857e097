/*
 * Trains a 784-128-10 perceptron to read handwritten digits, with the gradient that adgen makes of loss() in model.c.
 * One digit in five is held back, and measures how well the network reads digits that it has not seen.
 */
#include "digits.h"
#include "model.h"
#include "model_grad.h"
#include "picture.h"

#include <adgen_batches.h>
#include <adgen_init.h>
#include <adgen_optim.h>
#include <adgen_schedule.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char usage[] =
    "usage: mlp [options]\n"
    "  --optimizer NAME   sgd (with momentum), adagrad, rmsprop, adam, adamw or lbfgs (default: adamw)\n"
    "  --rate NUMBER      learning rate (default: one that suits the optimizer); falls to zero along a cosine\n"
    "  --decay NUMBER     weight decay (default: that of the optimizer; adamw: 0.5)\n"
    "  --epochs NUMBER    times that all digits are seen (default: 20)\n"
    "  --batch NUMBER     digits in a step (default: 50; lbfgs: 2000)\n"
    "  --seed NUMBER      of all random numbers (default: 1)\n"
    "  --images FILE      MNIST's pictures, and\n"
    "  --labels FILE      their labels (default: in the folder that ADGEN_DATA names, else in ../shared/data)\n"
    "  --drawn NUMBER     don't look for these, draw so many digits instead\n"
    "  --picture FILE     where to put the picture (default: mlp.png; none: no picture)\n"
    "  --at-least NUMBER  exit with 1 if less than so many per cent are read right in the end\n";

enum { DRAWN = 10000 };

struct options {
    adgen_settings settings;
    size_t epochs, batch, drawn;
    const char *images, *labels, *picture;
    unsigned long seed;
    double at_least;
};

/* ---- The command line ---- */

static _Noreturn void misused(const char *what)
{
    fprintf(stderr, "mlp: %s\n%s", what, usage);
    exit(2);
}

static double number(const char *text, double least)
{
    char *end;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= least && value <= 1e9))
        misused("a number is missing or out of range");
    return value;
}

/* A learning rate with which each method does well here. */
static double usual_rate(const char *method)
{
    static const struct {
        const char *method;
        double rate;
    } rates[] = {{"sgd", 0.05}, {"adagrad", 0.02}, {"rmsprop", 5e-4}, {"adam", 1e-3}, {"adamw", 1e-3}, {"lbfgs", 1.0}};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        if (strcmp(method, rates[i].method) == 0)
            return rates[i].rate;
    misused("no such optimizer");
}

static struct options read_options(int argc, char **argv)
{
    enum { OPTIMIZER, RATE, DECAY, EPOCHS, BATCH, SEED, IMAGES, LABELS, DRAW, PICTURE, AT_LEAST, HELP };
    static const struct option known[] = {{"optimizer", required_argument, NULL, OPTIMIZER},
                                          {"rate", required_argument, NULL, RATE},
                                          {"epochs", required_argument, NULL, EPOCHS},
                                          {"decay", required_argument, NULL, DECAY},
                                          {"batch", required_argument, NULL, BATCH},
                                          {"seed", required_argument, NULL, SEED},
                                          {"images", required_argument, NULL, IMAGES},
                                          {"labels", required_argument, NULL, LABELS},
                                          {"drawn", required_argument, NULL, DRAW},
                                          {"picture", required_argument, NULL, PICTURE},
                                          {"at-least", required_argument, NULL, AT_LEAST},
                                          {"help", no_argument, NULL, HELP},
                                          {NULL, 0, NULL, 0}};
    struct options options = {.epochs = 20, .seed = 1, .picture = "mlp.png"};
    const char *method = "adamw";
    double rate = 0.0, decay = -1.0;

    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;)
        switch (option) {
        case OPTIMIZER:
            method = optarg;
            break;
        case RATE:
            rate = number(optarg, 1e-9);
            break;
        case DECAY:
            decay = number(optarg, 0.0);
            break;
        case EPOCHS:
            options.epochs = (size_t)number(optarg, 1.0);
            break;
        case BATCH:
            options.batch = (size_t)number(optarg, 1.0);
            break;
        case SEED:
            options.seed = (unsigned long)number(optarg, 0.0);
            break;
        case IMAGES:
            options.images = optarg;
            break;
        case LABELS:
            options.labels = optarg;
            break;
        case DRAW:
            options.drawn = (size_t)number(optarg, 50.0);
            break;
        case PICTURE:
            options.picture = strcmp(optarg, "none") == 0 ? NULL : optarg;
            break;
        case AT_LEAST:
            options.at_least = number(optarg, 0.0);
            break;
        case HELP:
            fputs(usage, stdout);
            exit(0);
        default:
            misused("an option was not understood");
        }
    if (optind < argc || (options.images == NULL) != (options.labels == NULL))
        misused(optind < argc ? "there are no arguments but options" : "--images and --labels go together");

    adgen_settings_named(method, rate > 0.0 ? rate : usual_rate(method), &options.settings);
    if (options.settings.method == ADGEN_SGD)
        options.settings.momentum = 0.9;
    if (decay >= 0.0 || options.settings.method == ADGEN_ADAMW)
        options.settings.weight_decay = decay >= 0.0 ? decay : 0.5;
    if (options.batch == 0)
        options.batch = options.settings.method == ADGEN_LBFGS ? 2000 : 50;
    return options;
}

/* ---- The digits ---- */

static struct digit *draw_digits(adgen_random *random, size_t count)
{
    struct digit *digits = malloc(count * sizeof *digits);
    if (digits == NULL)
        misused("out of memory");
    for (size_t i = 0; i < count; i++)
        digits_draw(random, &digits[i]);
    printf("digits: %zu, drawn by this program\n", count);
    return digits;
}

/* MNIST's digits, where they are, or drawn ones; *name says which. */
static struct digit *get_digits(const struct options *options, adgen_random *random, size_t *count, const char **name)
{
    static const char *const endings[] = {".gz", ""};
    const char *folder = getenv("ADGEN_DATA") != NULL ? getenv("ADGEN_DATA") : "../shared/data";
    struct digit *digits;
    char images[1024], labels[1024];

    *name = "MNIST";
    if (options->images != NULL) {
        if (!digits_read(options->images, options->labels, &digits, count))
            exit(1);
        printf("digits: %zu, from %s\n", *count, options->images);
        return digits;
    }
    for (int i = 0; i < 2 && options->drawn == 0; i++) {
        snprintf(images, sizeof images, "%s/mnist/t10k-images-idx3-ubyte%s", folder, endings[i]);
        snprintf(labels, sizeof labels, "%s/mnist/t10k-labels-idx1-ubyte%s", folder, endings[i]);
        FILE *there = fopen(images, "rb");
        if (there != NULL && fclose(there) == 0 && digits_read(images, labels, &digits, count)) {
            printf("digits: %zu, from %s\n", *count, images);
            return digits;
        }
    }
    if (options->drawn == 0)
        printf("no MNIST in %s/mnist: digits are drawn instead\n", folder);
    *name = "drawn digits";
    *count = options->drawn > 0 ? options->drawn : DRAWN;
    return draw_digits(random, *count);
}

/* Puts the digits into random order, so that the last fifth is like the others. */
static void mix(struct digit *digits, size_t count, adgen_random *random)
{
    for (size_t i = count - 1; i > 0; i--) {
        const size_t j = (size_t)(adgen_random_u64(random) % (i + 1));
        const struct digit kept = digits[i];
        digits[i] = digits[j];
        digits[j] = kept;
    }
}

/* ---- Training ---- */

/* A step's loss and gradient: what the optimizer asks for. */
struct step {
    const struct net *net;
    struct net *net_bar;
    const struct digit *digits;
    const size_t *pick;
    size_t count;
};

static double evaluate(void *user)
{
    const struct step *step = user;
    memset(step->net_bar, 0, sizeof *step->net_bar);
    return (double)loss_grad(step->net, step->count, step->pick, step->digits, step->net_bar);
}

/* How well the network reads digits that it has not seen. */
static struct result examine(const struct net *net, const struct digit *digits, size_t count)
{
    struct result result = {0.0, 0.0};

    for (size_t i = 0; i < count; i++) {
        float score[CLASSES];
        int best = 0;
        scores(net, digits[i].pixel, score);
        for (int c = 1; c < CLASSES; c++)
            best = score[c] > score[best] ? c : best;
        result.accuracy += best == digits[i].label;
        result.loss += (double)loss(net, 1, &i, digits);
    }
    result.accuracy /= (double)count;
    result.loss /= (double)count;
    return result;
}

static bool add_blocks(adgen_optim *optim, struct net *net, struct net *bar, const adgen_settings *weights)
{
    adgen_settings biases = *weights;
    biases.weight_decay = 0.0;
    return adgen_optim_addf(optim, "w1", net->w1[0], bar->w1[0], INPUTS * HIDDEN, weights) == ADGEN_OK &&
           adgen_optim_addf(optim, "b1", net->b1, bar->b1, HIDDEN, &biases) == ADGEN_OK &&
           adgen_optim_addf(optim, "w2", net->w2[0], bar->w2[0], HIDDEN * CLASSES, weights) == ADGEN_OK &&
           adgen_optim_addf(optim, "b2", net->b2, bar->b2, CLASSES, &biases) == ADGEN_OK;
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Goes once through all digits; the mean of the batches' losses, or NaN where training has to stop. */
static double train_epoch(struct step *step, adgen_optim *optim, adgen_batches *batches, const adgen_schedule *schedule,
                          size_t epoch, struct record *record)
{
    const size_t count = adgen_batches_count(batches), moments_an_epoch = count < 40 ? count : 40;
    double sum = 0.0, recent = 0.0;
    size_t done = 0, since = 0;

    while ((step->count = adgen_batches_next(batches, &step->pick)) > 0) {
        double before;
        adgen_nonfinite where;
        optim->lr_factor = adgen_schedule_factor(schedule, epoch * count + done);
        const adgen_status status = adgen_optim_minimize(optim, evaluate, step, &before);
        if (status != ADGEN_OK || adgen_optim_check_finite(optim, &where) != ADGEN_OK) {
            printf("stopped: %s\n", adgen_strerror(status != ADGEN_OK ? status : ADGEN_NOT_FINITE));
            if (status == ADGEN_OK)
                adgen_nonfinite_print(stdout, &where);
            return NAN;
        }
        sum += before;
        recent += before;
        since++;
        done++;
        if (done * moments_an_epoch / count > (done - 1) * moments_an_epoch / count) {
            record->moments[record->moment_count++] =
                (struct moment){(double)epoch + (double)done / (double)count, recent / (double)since};
            recent = 0.0;
            since = 0;
        }
    }
    return sum / (double)count;
}

static bool train(struct net *net, struct net *net_bar, const struct options *options, const struct digit *digits,
                  size_t count, adgen_random *random, struct record *record)
{
    const size_t held_back = count / 5, training = count - held_back;
    struct step step = {net, net_bar, digits, NULL, 0};
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_batches batches;

    if (adgen_batches_init(&batches, training, options->batch < training ? options->batch : training) != ADGEN_OK ||
        !add_blocks(&optim, net, net_bar, &options->settings)) {
        puts("out of memory");
        return false;
    }
    adgen_schedule schedule = adgen_schedule_cosine(options->epochs * adgen_batches_count(&batches), 0.0);
    if (options->settings.method == ADGEN_LBFGS)
        schedule = adgen_schedule_constant();
    record->results[record->result_count++] = examine(net, digits + training, held_back);

    printf("%zu to train on, %zu held back\n\n", training, held_back);
    printf("epoch   training loss   loss, held back   accuracy, held back   seconds\n");
    for (size_t epoch = 0; epoch < options->epochs; epoch++) {
        const double start = seconds();
        adgen_batches_shuffle(&batches, random);
        const double mean = train_epoch(&step, &optim, &batches, &schedule, epoch, record);
        if (isnan(mean))
            break;
        const struct result result = examine(net, digits + training, held_back);
        record->results[record->result_count++] = result;
        printf("%5zu %15.4f %17.4f %19.2f %% %9.2f\n", epoch + 1, mean, result.loss, 100.0 * result.accuracy,
               seconds() - start);
        fflush(stdout);
    }
    adgen_optim_free(&optim);
    adgen_batches_free(&batches);
    return record->result_count == options->epochs + 1;
}

int main(int argc, char **argv)
{
    static struct net net, net_bar;
    const struct options options = read_options(argc, argv);
    adgen_random random;
    const char *name;
    char title[200];
    size_t count;

    adgen_random_seed(&random, options.seed);
    struct digit *digits = get_digits(&options, &random, &count, &name);
    mix(digits, count, &random);
    adgen_init_he_normalf(&random, net.w1[0], INPUTS * HIDDEN, INPUTS, ADGEN_GAIN_RELU);
    adgen_init_he_normalf(&random, net.w2[0], HIDDEN * CLASSES, HIDDEN, ADGEN_GAIN_RELU);

    struct record record = {calloc(options.epochs, 40 * sizeof *record.moments), 0,
                            calloc(options.epochs + 1, sizeof *record.results), 0};
    if (record.moments == NULL || record.results == NULL)
        misused("out of memory");
    const bool trained = train(&net, &net_bar, &options, digits, count, &random, &record);
    const double percent = 100.0 * record.results[record.result_count - 1].accuracy;

    printf("\n%.2f %% of the digits held back are read right\n", percent);
    snprintf(title, sizeof title, "784-128-10 perceptron on %s: %.2f %% of the digits held back are read right", name,
             percent);
    if (options.picture != NULL && picture_write(options.picture, title, &net, &record))
        printf("picture: %s\n", options.picture);
    free(record.moments);
    free(record.results);
    free(digits);
    return trained && percent >= options.at_least ? 0 : 1;
}
