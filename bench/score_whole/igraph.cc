#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include <igraph.h>

#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

class Igraph final : public Candidate {
 public:
  explicit Igraph(const Input& input) : input_(input) {}

  void prepare() override {
    const Columns& rows = input_.rows.columns;
    std::unordered_map<std::uint64_t, double> weight;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows.target[i] != aggregate::kNoAccount && rows.target[i] != rows.actor[i])
        ++weight[(std::uint64_t{rows.actor[i]} << 32) | rows.target[i]];
    }
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 0);
    igraph_vector_init(&weights_, 0);
    for (const auto& [pair, times] : weight) {
      igraph_vector_int_push_back(&ends, static_cast<igraph_integer_t>(pair >> 32));
      igraph_vector_int_push_back(&ends, static_cast<igraph_integer_t>(pair & 0xffffffff));
      igraph_vector_push_back(&weights_, times);
    }
    igraph_create(&graph_, &ends, static_cast<igraph_integer_t>(input_.rows.accounts.size()), IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    igraph_vector_init(&ranks_, 0);
  }

  void run() override {
    igraph_pagerank(&graph_, IGRAPH_PAGERANK_ALGO_PRPACK, &ranks_, nullptr, igraph_vss_all(), IGRAPH_DIRECTED, 0.85,
                    &weights_, nullptr);
    if (std::abs(igraph_vector_sum(&ranks_) - 1.0) > 1e-6) throw std::runtime_error("the ranks do not sum to 1");
  }

 private:
  const Input& input_;
  igraph_t graph_;
  igraph_vector_t weights_;
  igraph_vector_t ranks_;
};

}  // namespace

std::unique_ptr<Candidate> igraph(const Input& input) {
  return std::make_unique<Igraph>(input);
}

}  // namespace renown::bench::score_whole
