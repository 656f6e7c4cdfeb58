/* The paper's shared encoder as a C programmer writes it: channels last, borders tested tap by tap, the maximum of a pool taken before
   anything is stored. `benchmarks native FOLDER` puts it beside model.h, which has the weights, a window of codes and the codes that
   the compiler's interpreter gives for it. Marks before and after the run let an emulator's plugin count what lies between. */
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "model.h"

static uint8_t ping[ARENA], pong[ARENA];

static void mark(char name) { (void)!write(1, &name, 1); }

static uint8_t code(int32_t best, int shift)
{
    best >>= shift;
    return best > MOST ? MOST : (uint8_t)best;
}

/* 3x3, padded with code 0, then the maximum of each pool, ReLU and shift. Images are [row][column][channel], weights [output][tap][input]. */
static void convolve(const uint8_t *in, int rows, int columns, int inputs, uint8_t *out, int outputs, int down, int right,
    const int8_t *weights, const int32_t *biases, const uint8_t *shifts)
{
    for (int y = 0; y < rows; y += down)
        for (int x = 0; x < columns; x += right)
            for (int o = 0; o < outputs; o++) {
                int32_t best = 0;
                for (int py = y; py < y + down; py++)
                    for (int px = x; px < x + right; px++) {
                        const int8_t *w = weights + o * 9 * inputs;
                        int32_t sum = biases[o];
                        for (int r = py - 1; r <= py + 1; r++)
                            for (int c = px - 1; c <= px + 1; c++, w += inputs) {
                                if (r < 0 || r >= rows || c < 0 || c >= columns)
                                    continue;
                                const uint8_t *p = in + (r * columns + c) * inputs;
                                for (int i = 0; i < inputs; i++)
                                    sum += w[i] * p[i];
                            }
                        if (sum > best)
                            best = sum;
                    }
                *out++ = code(best, shifts[o]);
            }
}

static void connect(const uint8_t *in, int inputs, uint8_t *out, int outputs, const int8_t *weights, const int32_t *biases, const uint8_t *shifts)
{
    for (int o = 0; o < outputs; o++) {
        int32_t sum = biases[o];
        for (int i = 0; i < inputs; i++)
            sum += weights[o * inputs + i] * in[i];
        out[o] = code(sum > 0 ? sum : 0, shifts[o]);
    }
}

static const uint8_t *run(const uint8_t *codes)
{
    LAYERS
}

int main(void)
{
    mark('a');
    mark('b');
    const uint8_t *embedding = run(codes);
    mark('c');
    int same = memcmp(embedding, expected, sizeof expected) == 0;
    (void)!write(1, same ? "\nPASS\n" : "\nFAIL\n", 6);
    return !same;
}
