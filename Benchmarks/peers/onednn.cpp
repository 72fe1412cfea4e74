// oneDNN's matrix products as kernels for `swiftlet bench matmul`.
//
//     g++ -O2 -shared -fPIC -o onednn.so Benchmarks/peers/onednn.cpp -ldnnl
//     swiftlet bench matmul --kernel ./onednn.so:onednn_fp32 --kernel ./onednn.so:onednn_bf16 --max-error 8e-3
//
// Needs libdnnl-dev 2.x (Debian). Nothing else in the project needs this file.
//
// In bf16 a forward's or an input gradient's B is a weight matrix: it is rounded and brought into oneDNN's own order
// when a case is first seen, outside the time. A, and B where both are activations (TN), are rounded inside the time.
#include <cstdint>
#include <dnnl.hpp>
#include <map>
#include <tuple>

extern "C" void omp_set_num_threads(int);

namespace {
using dnnl::memory;
using type = memory::data_type;

dnnl::engine engine(dnnl::engine::kind::cpu, 0);
dnnl::stream stream(engine);

memory::desc matrix(int64_t rows, int64_t columns, bool transposed, type kind) {
  return memory::desc({rows, columns}, kind, transposed ? memory::dims{1, rows} : memory::dims{columns, 1});
}

struct Product {
  memory::desc given_a, given_b, result;
  memory a, b;
  dnnl::reorder round_a, round_b;
  dnnl::matmul multiply;
  bool rounds_b;

  Product(int64_t m, int64_t n, int64_t k, bool ta, bool tb, const float *weights)
      : given_a(matrix(m, k, ta, type::f32)), given_b(matrix(k, n, tb, type::f32)),
        result(matrix(m, n, false, type::f32)), rounds_b(ta) {
    auto any = memory::format_tag::any;
    dnnl::matmul::primitive_desc description(
        {rounds_b ? matrix(m, k, ta, type::bf16) : memory::desc({m, k}, type::bf16, any),
         rounds_b ? matrix(k, n, tb, type::bf16) : memory::desc({k, n}, type::bf16, any), result},
        engine);
    a = memory(description.src_desc(), engine);
    b = memory(description.weights_desc(), engine);
    round_a = dnnl::reorder(dnnl::reorder::primitive_desc(engine, given_a, engine, a.get_desc()));
    round_b = dnnl::reorder(dnnl::reorder::primitive_desc(engine, given_b, engine, b.get_desc()));
    multiply = dnnl::matmul(description);
    pack_b(weights);
  }

  void pack_b(const float *values) {
    memory source(given_b, engine, const_cast<float *>(values));
    round_b.execute(stream, source, b);
  }

  void run(const float *x, const float *w, float *y) {
    memory source(given_a, engine, const_cast<float *>(x)), target(result, engine, y);
    round_a.execute(stream, source, a);
    if (rounds_b) pack_b(w);
    multiply.execute(stream, {{DNNL_ARG_SRC, a}, {DNNL_ARG_WEIGHTS, b}, {DNNL_ARG_DST, target}});
    stream.wait();
  }
};
}  // namespace

extern "C" int onednn_fp32(
    int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
  omp_set_num_threads(threads);
  return dnnl_sgemm(ta ? 'T' : 'N', tb ? 'T' : 'N', m, n, k, 1, a, ta ? m : k, b, tb ? k : n, 0, c, n);
}

extern "C" int onednn_bf16(
    int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
  omp_set_num_threads(threads);
  static std::map<std::tuple<int64_t, int64_t, int64_t, int, int, const float *, int>, Product> cases;
  try {
    auto key = std::make_tuple(m, n, k, ta, tb, b, threads);
    auto found = cases.find(key);
    if (found == cases.end()) {
      // One case at a time is measured; what earlier ones packed is let go.
      cases.clear();
      found = cases.try_emplace(key, m, n, k, ta != 0, tb != 0, b).first;
    }
    found->second.run(a, b, c);
    return 0;
  } catch (const dnnl::error &) {
    return 1;
  }
}
