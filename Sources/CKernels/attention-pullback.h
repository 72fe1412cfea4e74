// The gradients of attention in the same tiles: the probabilities are computed again from the log-sum-exp.

// Lanes as rows: out[lane][i] = scale x[row][head][i], padded with zeros; a lane without keys is zeros.
INLINE void FN(lanes_as_rows)(float *out, const float *x, const FN(tile) *tile, long heads, long d, float scale) {
  long padded = swiftlet_padded_dimension(d);
  for (long lane = 0; lane < 32; lane++) {
    const float *row = x + (tile->row[lane] * heads + tile->head[lane]) * d;
    for (long i = 0; i < d; i += 16) {
      *(v16 *)(out + lane * padded + i) =
          tile->end[lane] == 0 ? FN(splat)(0) : scale * FN(load)(row + i, d - i, 0);
    }
  }
}

// sums[key][i] += sum over lanes of p[key][lane] rows[lane][i], for `vectors` vectors of i and tiles of `tile` keys;
// `p` is packed along, `rows` across.
INLINE void FN(add_outer_columns)(
    float *sums, FN(matrix) p, FN(matrix) rows, long keys, long padded, const int tile, const int vectors) {
  for (long key = 0; key < keys; key += tile) {
    v16 c[TILE][4];
#pragma unroll
    for (int r = 0; r < tile; r++)
#pragma unroll
      for (int j = 0; j < vectors; j++) c[r][j] = *(const v16 *)(sums + (key + r) * padded + 16 * j);
    for (long lane = 0; lane < STEPS(32); lane++) {
      FN(operands) x[4];
#pragma unroll
      for (int j = 0; j < vectors; j++) x[j] = *(const FN(operands) *)(rows.at + lane * rows.stride + 16 * j);
#pragma unroll
      for (int r = 0; r < tile; r++) {
        FN(operands) weight = (FN(operands))(p.at[(key + r) * p.stride + lane]);
#pragma unroll
        for (int j = 0; j < vectors; j++) c[r][j] = FN(multiply_add)(weight, x[j], c[r][j]);
      }
    }
#pragma unroll
    for (int r = 0; r < tile; r++)
#pragma unroll
      for (int j = 0; j < vectors; j++) *(v16 *)(sums + (key + r) * padded + 16 * j) = c[r][j];
  }
}

INLINE void FN(add_outer)(float *sums, FN(matrix) p, FN(matrix) rows, long keys, long padded) {
  for (long i = 0; i < padded; i += 64, rows.at += 64) {
    long left = (padded - i) / 16;
    if (left >= 4) FN(add_outer_columns)(sums + i, p, rows, keys, padded, TILE / 2, 4);
    else if (left == 3) FN(add_outer_columns)(sums + i, p, rows, keys, padded, TILE / 2, 3);
    else if (left == 2) FN(add_outer_columns)(sums + i, p, rows, keys, padded, TILE, 2);
    else FN(add_outer_columns)(sums + i, p, rows, keys, padded, TILE, 1);
  }
}

// Probabilities and score gradients of one key tile: p = exp(score - lse), ds = p (dp - inner), 0 where unseen.
// Rows up to a whole number of register tiles become 0.
INLINE void FN(probabilities)(
    float *p, float *ds, long keys, long key0, bool masked, const FN(tile) *tile, const float *log_sum_exp,
    const float *inner) {
  for (long half = 0; half < 32; half += 16) {
    v16 lse = *(const v16 *)(log_sum_exp + half), inside = *(const v16 *)(inner + half);
    for (long key = 0; key < keys; key++) {
      long at = key * 32 + half;
      v16 probability = FN(exp)(*(v16 *)(p + at) - lse);
      if (masked) probability = FN(sees)(tile, half, key0 + key) ? probability : FN(splat)(0);
      *(v16 *)(p + at) = probability;
      *(v16 *)(ds + at) = probability * (*(v16 *)(ds + at) - inside);
    }
    for (long key = keys; key % TILE != 0; key++) {
      *(v16 *)(p + key * 32 + half) = *(v16 *)(ds + key * 32 + half) = FN(splat)(0);
    }
  }
}

static void FN(attention_pullback)(
    const swiftlet_attention *call, long row0, long row1, long key0, long key1, long kv_head, const float *dy,
    const float *y, const float *log_sum_exp, float *dq, float *dk, float *dv, float *scratch) {
  long d = call->dimension, padded = swiftlet_padded_dimension(d), stride = call->kv_heads * d;
  long total = (row1 - row0) * (call->heads / call->kv_heads), heads = call->heads;
  float *query = scratch, *gradient = query + 32 * padded, *d_query = gradient + 32 * padded;
  float *query_rows = d_query + 32 * padded, *gradient_rows = query_rows + 32 * padded;
  float *p = gradient_rows + 32 * padded, *ds = p + 72 * 32, *dk_sums = ds + 72 * 32;
  float *dv_sums = dk_sums + (key1 - key0 + 8) * padded, *packed = dv_sums + (key1 - key0 + 8) * padded;
  // Room for what must be packed: the queries and their gradients across and as rows, then one key tile.
  float *packed_query = packed, *packed_gradient = packed_query + 32 * padded;
  float *packed_query_rows = packed_gradient + 32 * padded, *packed_gradient_rows = packed_query_rows + 32 * padded;
  float *packed_keys = packed_gradient_rows + 32 * padded, *packed_p = packed_keys + 64 * padded;
  const float *k = call->k + kv_head * d, *v = call->v + kv_head * d;
  memset(dk_sums, 0, (size_t)(2 * (key1 - key0 + 8) * padded) * sizeof(float));
  FN(tile) tile;
  for (long lane0 = 0; lane0 < total; lane0 += 32) {
    FN(fill_tile)(&tile, call, row0, row1, kv_head, lane0);
    FN(lanes_across)(query, call->q, &tile, heads, d, call->scale);
    FN(lanes_across)(gradient, dy, &tile, heads, d, 1);
    FN(lanes_as_rows)(query_rows, call->q, &tile, heads, d, call->scale);
    FN(lanes_as_rows)(gradient_rows, dy, &tile, heads, d, 1);
    FN(matrix) q = FN(across)(packed_query, query, 32, padded, 32);
    FN(matrix) g = FN(across)(packed_gradient, gradient, 32, padded, 32);
    FN(matrix) q_rows = FN(across)(packed_query_rows, query_rows, padded, 32, padded);
    FN(matrix) g_rows = FN(across)(packed_gradient_rows, gradient_rows, padded, 32, padded);
    memset(d_query, 0, (size_t)(32 * padded) * sizeof(float));
    _Alignas(64) float lse[32], inner[32], scales[32];
    for (long lane = 0; lane < 32; lane++) {
      long at = tile.row[lane] * heads + tile.head[lane];
      bool sees = tile.end[lane] != 0;
      v16 sum = FN(splat)(0);
      for (long i = 0; sees && i < d; i += 16)
        sum = FMA(FN(load)(y + at * d + i, d - i, 0), *(v16 *)(gradient_rows + lane * padded + i), sum);
      inner[lane] = FN(add_lanes)(sum);
      lse[lane] = sees ? log_sum_exp[at] : INFINITY;  // Probabilities of 0.
      scales[lane] = call->scale;
    }
    for (long key = tile.low; key < tile.high; key += FN(tile_keys)) {
      long keys = tile.high - key < FN(tile_keys) ? tile.high - key : FN(tile_keys);
      bool masked = key < tile.common_low || key + keys > tile.common_high;
      long whole = (keys + TILE - 1) / TILE * TILE;  // The outer products take whole tiles of keys.
      const float *k_tile = k + key * stride, *v_tile = v + key * stride;
      FN(scores)(p, FN(along)(packed_keys, k_tile, stride, keys, d), keys, q, d);
      FN(scores)(ds, FN(along)(packed_keys, v_tile, stride, keys, d), keys, g, d);
      FN(probabilities)(p, ds, keys, key, masked, &tile, lse, inner);
      FN(weighted_sum)(
          d_query, FN(splat)(1), FN(splat)(1), FN(across)(packed_keys, k_tile, stride, keys, d),
          FN(across)(packed_p, ds, 32, keys, 32), keys, d);
      FN(add_outer)(
          dk_sums + (key - key0) * padded, FN(along)(packed_p, ds, 32, whole, 32), q_rows, keys, padded);
      FN(add_outer)(
          dv_sums + (key - key0) * padded, FN(along)(packed_p, p, 32, whole, 32), g_rows, keys, padded);
    }
    FN(lanes_down)(dq, d_query, &tile, heads, d, scales);
  }
  for (long key = key0; key < key1; key++) {
    for (long i = 0; i < d; i += 16) {
      long from = (key - key0) * padded + i, to = key * stride + kv_head * d + i;
      FN(store)(dk + to, d - i, *(v16 *)(dk_sums + from));
      FN(store)(dv + to, d - i, *(v16 *)(dv_sums + from));
    }
  }
}
