// Attention in tiles: 32 lanes of queries by 64 keys.
//
// A lane is one query of one head; the lanes of a tile are consecutive (row, head) pairs of the heads that share a
// key head. Queries stand across the lanes, so a query is transposed once, keys and values are read as they lie, and
// the softmax needs no sum across lanes. The maximum is kept up to date key tile by key tile (Milakov & Gimelshein
// 2018; Dao et al. 2022).

enum { FN(lanes) = 32, FN(tile_keys) = 64 };

// The queries of one tile.
typedef struct {
  long row[32], head[32];
  _Alignas(64) int32_t first[32], end[32];  // An empty range is [0, 0).
  long low, high;       // All keys that any lane sees.
  long common_low, common_high;  // Keys that every lane with a range sees.
} FN(tile);

INLINE void FN(fill_tile)(FN(tile) *tile, const swiftlet_attention *call, long row0, long row1, long kv_head, long lane0) {
  long group = call->heads / call->kv_heads, total = (row1 - row0) * group;
  tile->low = INT32_MAX, tile->high = 0, tile->common_low = 0, tile->common_high = INT32_MAX;
  for (long lane = 0; lane < 32; lane++) {
    long index = lane0 + lane < total ? lane0 + lane : total - 1;
    long row = row0 + index / group;
    bool sees = lane0 + lane < total && call->end[row] > call->first[row];
    int32_t first = sees ? call->first[row] : 0, end = sees ? call->end[row] : 0;
    tile->row[lane] = lane0 + lane < total ? row : -1;
    tile->head[lane] = kv_head * group + index % group;
    tile->first[lane] = first;
    tile->end[lane] = end;
    if (!sees) continue;
    if (first < tile->low) tile->low = first;
    if (end > tile->high) tile->high = end;
    if (first > tile->common_low) tile->common_low = first;
    if (end < tile->common_high) tile->common_high = end;
  }
}

// Lanes of [.., heads, d] across: out[i][lane] = scale x[row][head][i]; a lane without keys is zeros.
INLINE void FN(lanes_across)(float *out, const float *x, const FN(tile) *tile, long heads, long d, float scale) {
  for (long half = 0; half < 32; half += 16) {
    for (long i = 0; i < d; i += 16) {
      v16 block[16];
      for (long l = 0; l < 16; l++) {
        long lane = half + l;
        block[l] = tile->end[lane] == 0 ? FN(splat)(0) : scale * FN(load)(
            x + (tile->row[lane] * heads + tile->head[lane]) * d + i, d - i, 0);
      }
      FN(transpose16)(block);
      for (long j = 0; j < 16; j++) *(v16 *)(out + (i + j) * 32 + half) = block[j];
    }
  }
}

// The way back: y[row][head][i] = x[i][lane] factor[lane]; zeros for a lane without keys.
INLINE void FN(lanes_down)(float *y, const float *x, const FN(tile) *tile, long heads, long d, const float *factor) {
  for (long half = 0; half < 32; half += 16) {
    v16 factors = *(const v16 *)(factor + half);
    for (long i = 0; i < d; i += 16) {
      v16 block[16];
      for (long j = 0; j < 16; j++) block[j] = *(const v16 *)(x + (i + j) * 32 + half) * factors;
      FN(transpose16)(block);
      for (long l = 0; l < 16; l++) {
        long lane = half + l;
        if (tile->row[lane] < 0) continue;
        FN(store)(y + (tile->row[lane] * heads + tile->head[lane]) * d + i, d - i,
                  tile->end[lane] == 0 ? FN(splat)(0) : block[l]);
      }
    }
  }
}

// scores[key][lane] = sum over i of k[key][i] q[i][lane], for a whole number of register tiles of keys; rows beyond
// `keys` repeat the last key. `k` is packed along, `q` [d, 32] across.
INLINE void FN(scores)(float *scores, FN(matrix) k, long keys, FN(matrix) q, long d) {
  for (long key = 0; key < keys; key += TILE) {
    const FN(operand) *row[TILE];
    v16 c[TILE][2];
    for (int r = 0; r < TILE; r++) {
      row[r] = k.at + (key + r < keys ? key + r : keys - 1) * k.stride;
      c[r][0] = c[r][1] = FN(splat)(0);
    }
    for (long i = 0; i < STEPS(d); i++) {
      const FN(operands) *lanes = (const FN(operands) *)(q.at + i * q.stride);
      FN(operands) a0 = lanes[0], a1 = lanes[1];
#pragma unroll
      for (int r = 0; r < TILE; r++) {
        FN(operands) x = (FN(operands))(row[r][i]);
        c[r][0] = FN(multiply_add)(x, a0, c[r][0]);
        c[r][1] = FN(multiply_add)(x, a1, c[r][1]);
      }
    }
    for (int r = 0; r < TILE; r++) {
      *(v16 *)(scores + (key + r) * 32) = c[r][0];
      *(v16 *)(scores + (key + r) * 32 + 16) = c[r][1];
    }
  }
}

// out[i][lane] = out[i][lane] factor[lane] + sum over keys of v[key][i] p[key][lane]; both packed across.
INLINE void FN(weighted_sum)(
    float *out, v16 factor0, v16 factor1, FN(matrix) v, FN(matrix) p, long keys, long d) {
  for (long i = 0; i < d; i += TILE) {
    long column[TILE];
    v16 c[TILE][2];
    for (int r = 0; r < TILE; r++) {
      column[r] = i + r < d ? i + r : d - 1;
      c[r][0] = *(const v16 *)(out + (i + r) * 32) * factor0;
      c[r][1] = *(const v16 *)(out + (i + r) * 32 + 16) * factor1;
    }
    const FN(operand) *row = v.at;
    for (long key = 0; key < STEPS(keys); key++, row += v.stride) {
      const FN(operands) *lanes = (const FN(operands) *)(p.at + key * p.stride);
      FN(operands) p0 = lanes[0], p1 = lanes[1];
#pragma unroll
      for (int r = 0; r < TILE; r++) {
        FN(operands) x = (FN(operands))(row[column[r]]);
        c[r][0] = FN(multiply_add)(x, p0, c[r][0]);
        c[r][1] = FN(multiply_add)(x, p1, c[r][1]);
      }
    }
    for (int r = 0; r < TILE; r++) {
      *(v16 *)(out + (i + r) * 32) = c[r][0];
      *(v16 *)(out + (i + r) * 32 + 16) = c[r][1];
    }
  }
}

// Whether lane by lane a key may be seen, for lanes [half, half + 16).
INLINE i16 FN(sees)(const FN(tile) *tile, long half, long key) {
  i16 at = (i16)((int32_t)key);
  return (at >= *(const i16 *)(tile->first + half)) & (at < *(const i16 *)(tile->end + half));
}

// One step of the running softmax over `keys` rows of scores, which become exp(score - maximum).
// Returns the factor for what was summed under the old maximum.
INLINE v16 FN(running_softmax)(
    float *scores, long keys, long key0, bool masked, const FN(tile) *tile, long half, v16 *maximum, v16 *sum) {
  v16 largest = *maximum;
  for (long key = 0; key < keys; key++) {
    float *at = scores + key * 32 + half;
    v16 s = *(v16 *)at;
    if (masked) {
      s = FN(sees)(tile, half, key0 + key) ? s : FN(splat)(-INFINITY);
      *(v16 *)at = s;
    }
    largest = s > largest ? s : largest;
  }
  v16 factor = FN(exp)(*maximum - largest), total = *sum * factor;
  for (long key = 0; key < keys; key++) {
    float *at = scores + key * 32 + half;
    v16 e = FN(exp)(*(v16 *)at - largest);
    *(v16 *)at = e;
    total += e;
  }
  *maximum = largest;
  *sum = total;
  return factor;
}

static void FN(attention)(
    const swiftlet_attention *call, long row0, long row1, long kv_head, float *y, float *log_sum_exp,
    float *scratch) {
  long d = call->dimension, padded = swiftlet_padded_dimension(d), stride = call->kv_heads * d;
  long total = (row1 - row0) * (call->heads / call->kv_heads);
  float *query = scratch, *out = query + 32 * padded, *scores = out + 32 * padded;
  float *packed_query = scores + 72 * 32, *packed_keys = packed_query + 32 * padded;
  float *packed_values = packed_keys + 64 * padded, *packed_scores = packed_values + 64 * padded;
  const float *k = call->k + kv_head * d, *v = call->v + kv_head * d;
  FN(tile) tile;
  for (long lane0 = 0; lane0 < total; lane0 += 32) {
    FN(fill_tile)(&tile, call, row0, row1, kv_head, lane0);
    FN(lanes_across)(query, call->q, &tile, call->heads, d, call->scale);
    FN(matrix) q = FN(across)(packed_query, query, 32, padded, 32);
    memset(out, 0, (size_t)(32 * padded) * sizeof(float));
    // A finite floor: -infinity less -infinity would not be a number.
    v16 max0 = FN(splat)(-1e30f), max1 = max0, sum0 = FN(splat)(0), sum1 = sum0;
    for (long key = tile.low; key < tile.high; key += FN(tile_keys)) {
      long keys = tile.high - key < FN(tile_keys) ? tile.high - key : FN(tile_keys);
      bool masked = key < tile.common_low || key + keys > tile.common_high;
      FN(scores)(scores, FN(along)(packed_keys, k + key * stride, stride, keys, d), keys, q, d);
      v16 factor0 = FN(running_softmax)(scores, keys, key, masked, &tile, 0, &max0, &sum0);
      v16 factor1 = FN(running_softmax)(scores, keys, key, masked, &tile, 16, &max1, &sum1);
      FN(weighted_sum)(
          out, factor0, factor1, FN(across)(packed_values, v + key * stride, stride, keys, d),
          FN(across)(packed_scores, scores, 32, keys, 32), keys, d);
    }
    _Alignas(64) float inverse[32], sums[32], maxima[32];
    *(v16 *)inverse = 1.f / sum0, *(v16 *)(inverse + 16) = 1.f / sum1;
    *(v16 *)sums = sum0, *(v16 *)(sums + 16) = sum1;
    *(v16 *)maxima = max0, *(v16 *)(maxima + 16) = max1;
    FN(lanes_down)(y, out, &tile, call->heads, d, inverse);
    for (long lane = 0; lane < 32; lane++) {
      if (tile.row[lane] < 0) continue;
      log_sum_exp[tile.row[lane] * call->heads + tile.head[lane]] =
          tile.end[lane] == 0 ? -INFINITY : maxima[lane] + logf(sums[lane]);
    }
  }
}
