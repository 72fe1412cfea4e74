// Included once per instruction set by variants.c, which defines FN, FMA, TILE,
// PRODUCT_ROWS and PRODUCT_VECTORS.
#include "vector.h"
#include "elementwise.h"
#include "rows.h"
#include "operands.h"
#include "attention.h"
#include "attention-pullback.h"
#include "packed-product.h"
#include "quantized.h"

static const swiftlet_kernels FN(table) = {
    .rms_norm = FN(rms_norm),
    .rms_norm_pullback = FN(rms_norm_pullback),
    .silu = FN(silu),
    .silu_pullback = FN(silu_pullback),
    .swiglu = FN(swiglu),
    .swiglu_pullback = FN(swiglu_pullback),
    .dropout = FN(dropout),
    .rope_half = FN(rope_half),
    .adamw = FN(adamw),
    .sum = FN(sum),
    .dot = FN(dot),
    .max_abs = FN(max_abs),
    .log_sum_exp = FN(log_sum_exp),
    .softmax = FN(softmax),
    .cross_entropy = FN(cross_entropy),
    .divergence = FN(divergence),
    .top_k_divergence = FN(top_k_divergence),
    .attention = FN(attention),
    .attention_pullback = FN(attention_pullback),
    .pack_panels = FN(pack_panels),
    .multiply_panels = FN(multiply_panels),
    .quantize_rows = FN(quantize_rows),
    .quantize_blocks = FN(quantize_blocks),
    .multiply_blocks = FN(multiply_blocks),
};
