/// Summing in one fixed order: the same terms give the same bits, whatever the number of threads.
#pragma once

#include <cstddef>

namespace renown::base {

/// The sum of term(begin) ... term(end - 1), added as a balanced binary tree over the positions; runs of up to eight
/// are added from left to right. The rounding error grows with log(n), not with n.
///
/// Terms are doubles, or several of them that are added each to its own: anything with += whose T{} is 0.
template <class Term>
auto pairwise_sum(std::size_t begin, std::size_t end, const Term& term) {
  constexpr std::size_t kRun = 8;
  if (end - begin <= kRun) {
    decltype(term(begin)) sum{};
    for (std::size_t i = begin; i < end; ++i) sum += term(i);
    return sum;
  }
  const std::size_t middle = begin + (end - begin) / 2;
  auto sum = pairwise_sum<Term>(begin, middle, term);
  sum += pairwise_sum<Term>(middle, end, term);
  return sum;
}

}  // namespace renown::base
