/// Every measure: values by hand, corners first; slow twins; and a sample of copies against the people written out.

#include "evaluate/measures.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hash.h"

namespace renown::evaluate {
namespace {

using Values = std::vector<double>;
using Keys = std::vector<std::uint64_t>;

constexpr double kClose = 1e-12;

void expect(std::optional<double> got, std::optional<double> wanted, const char* what) {
  ASSERT_EQ(got.has_value(), wanted.has_value()) << what;
  if (wanted) {
    EXPECT_NEAR(*got, *wanted, kClose) << what;
  }
}

struct PairCase {
  const char* what;
  Values x, y;
  std::optional<double> spearman, kendall, r_squared;
};

const std::vector<PairCase> kPairs = {
    {"nobody", {}, {}, {}, {}, {}},
    {"one person", {1}, {1}, {}, {}, {}},
    {"all equal in x", {2, 2, 2}, {1, 2, 3}, {}, {}, {}},
    {"all equal in y", {1, 2, 3}, {0, 0, 0}, {}, {}, {}},
    {"two in order", {1, 2}, {5, 9}, 1.0, 1.0, 1.0},
    {"two in reverse", {1, 2}, {9, 5}, -1.0, -1.0, 1.0},
    // d^2 = 0 + 1 + 1 + 0: rho = 1 - 12 / 60. Five pairs of six agree. Pearson 4 / 5.
    {"one swap of four", {1, 2, 3, 4}, {1, 3, 2, 4}, 0.8, 4.0 / 6.0, 0.64},
    // Midranks 1, 2.5, 2.5, 4: 4.5 / sqrt(4.5 * 5). Five of five untied pairs agree: 5 / sqrt(5 * 6). Pearson^2: 3^2 /
    // (2 * 5).
    {"a tie in x", {1, 2, 2, 3}, {1, 2, 3, 4}, 4.5 / std::sqrt(22.5), 5.0 / std::sqrt(30.0), 0.9},
    // Midranks of y: 2, 2, 2, 4 less 2.5: sum x*y = -.5 (-1.5 -.5 + .5) + 1.5 * 1.5 = 3; squares 5 and 3.
    {"three zeros in y", {1, 2, 3, 4}, {0, 0, 0, 7}, 3.0 / std::sqrt(15.0), 3.0 / std::sqrt(18.0), 0.6},
};

TEST(Measures, of_pairs) {
  for (const PairCase& one : kPairs) {
    expect(spearman(one.x, one.y), one.spearman, one.what);
    expect(kendall_tau_b(one.x, one.y), one.kendall, one.what);
    expect(r_squared(one.x, one.y), one.r_squared, one.what);
  }
}

TEST(Measures, partial_takes_out_what_the_control_explains) {
  expect(partial(0.5, 0.0, 0.0), 0.5, "a control that says nothing");
  expect(partial(0.5, 0.6, 0.5), (0.5 - 0.3) / std::sqrt(0.64 * 0.75), "by the formula");
  expect(partial(0.7, 1.0, 0.7), {}, "the score is the control");
  expect(partial(0.7, 0.7, -1.0), {}, "the outcome is the control upside down");
  expect(partial({}, 0.5, 0.5), {}, "no correlation");
  expect(partial(0.5, {}, 0.5), {}, "no control");
}

struct Ranked {
  Ranking score, outcome;
  Values outcomes;
  Copies copies;
};

Ranked ranked(const Values& score, const Values& outcomes, Keys keys = {}, Copies copies = {}) {
  keys.resize(score.size());
  if (copies.empty()) copies.assign(score.size(), 1);
  return {rank_people(score, keys), rank_people(outcomes, keys), outcomes, copies};
}

std::optional<double> ndcg(const Ranked& it, std::size_t k) {
  return ndcg(it.score, it.outcome, it.outcomes, it.copies, k);
}
std::optional<double> precision(const Ranked& it, std::size_t k) {
  return precision(it.score, it.outcome, it.outcomes, it.copies, k);
}

TEST(Measures, ndcg_by_hand) {
  const double second = 1.0 / std::log2(3.0);
  expect(ndcg(ranked({}, {}), 3), {}, "nobody");
  expect(ndcg(ranked({1, 2}, {0, 0}), 3), {}, "no outcome");
  expect(ndcg(ranked({5}, {2}), 100), 1.0, "one person");
  expect(ndcg(ranked({3, 2, 1}, {9, 4, 0}), 3), 1.0, "the ideal order");
  expect(ndcg(ranked({3, 2, 1}, {1, 3, 2}), 3), (1 + 3 * second + 2 * 0.5) / (3 + 2 * second + 1 * 0.5), "three");
  expect(ndcg(ranked({3, 2, 1}, {1, 3, 2}), 2), (1 + 3 * second) / (3 + 2 * second), "the first two of three");
  expect(ndcg(ranked({3, 2, 1}, {0, 0, 2}), 2), 0.0, "the outcome is below the cut");
  expect(ndcg(ranked({7, 7}, {1, 0}, {2, 1}), 1), 0.0, "among equals the smaller key leads");
  expect(ndcg(ranked({7, 7}, {1, 0}, {1, 2}), 1), 1.0, "and here it is the other");
}

TEST(Measures, precision_by_hand) {
  expect(precision(ranked({}, {}), 3), {}, "nobody");
  expect(precision(ranked({1, 2}, {0, 0}), 3), {}, "no outcome");
  expect(precision(ranked({5}, {2}), 100), 1.0, "one person, of one");
  expect(precision(ranked({4, 3, 2, 1}, {9, 0, 8, 7}), 2), 0.5, "one of two");
  expect(precision(ranked({4, 3, 2, 1}, {9, 0, 0, 0}), 2), 0.5, "without an outcome nobody is a hit");
  expect(precision(ranked({4, 3, 2, 1}, {9, 5, 5, 5}, {0, 3, 2, 1}), 2), 0.5, "equals of the outcome go by key");
}

/// Everybody as often as they have copies, one after the other.
struct WrittenOut {
  Values x, y;
  Keys keys;
};

WrittenOut written_out(const Values& x, const Values& y, const Keys& keys, const Copies& copies) {
  WrittenOut result;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::uint32_t copy = 0; copy < copies[i]; ++copy) {
      result.x.push_back(x[i]);
      result.y.push_back(y[i]);
      result.keys.push_back(keys[i]);
    }
  }
  return result;
}

std::optional<double> slow_kendall(const Values& x, const Values& y) {
  double agree = 0, untied_x = 0, untied_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const int by_x = (x[i] > x[j]) - (x[i] < x[j]);
      const int by_y = (y[i] > y[j]) - (y[i] < y[j]);
      agree += by_x * by_y;
      untied_x += by_x != 0;
      untied_y += by_y != 0;
    }
  }
  if (untied_x == 0 || untied_y == 0) return std::nullopt;
  return agree / std::sqrt(untied_x * untied_y);
}

Values slow_midranks(const Values& values) {
  Values ranks;
  for (const double value : values) {
    double below = 0, equal = 0;
    for (const double other : values) {
      below += other < value;
      equal += other == value;
    }
    ranks.push_back(below + (equal + 1.0) / 2.0);
  }
  return ranks;
}

std::optional<double> slow_spearman(const Values& x, const Values& y) {
  const Values a = slow_midranks(x), b = slow_midranks(y);
  const double mean = (static_cast<double>(x.size()) + 1.0) / 2.0;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) * (a[i] - mean);
    bb += (b[i] - mean) * (b[i] - mean);
  }
  if (aa == 0.0 || bb == 0.0) return std::nullopt;
  return ab / std::sqrt(aa * bb);
}

bool same(std::optional<double> a, std::optional<double> b) {
  return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-9);
}

RC_GTEST_PROP(Measures, of_a_sample_are_those_of_its_people_written_out, ()) {
  const auto people = *rc::gen::inRange<std::size_t>(1, 40);
  const auto values = [&](int most) {
    Values result;
    for (const int value : *rc::gen::container<std::vector<int>>(people, rc::gen::inRange(0, most)))
      result.push_back(value);
    return result;
  };
  const Values x = values(12), y = values(5);
  const auto copies = *rc::gen::container<Copies>(people, rc::gen::inRange<std::uint32_t>(0, 4));
  Keys keys(people);
  for (std::size_t i = 0; i < people; ++i) keys[i] = base::mix64(i + 1);

  const Ranked sample = ranked(x, y, keys, copies);
  const WrittenOut all = written_out(x, y, keys, copies);
  const Ranked plain = ranked(all.x, all.y, all.keys);
  const auto rho = spearman(centred_midranks(sample.score, copies), centred_midranks(sample.outcome, copies), copies);
  RC_ASSERT(same(rho, slow_spearman(all.x, all.y)));
  RC_ASSERT(same(rho, spearman(all.x, all.y)));
  RC_ASSERT(same(kendall_tau_b(sample.score, sample.outcome, copies), slow_kendall(all.x, all.y)));
  for (const std::size_t k : {1u, 3u, 10u, 1000u}) {
    RC_ASSERT(same(ndcg(sample, k), ndcg(plain, k)));
    // Copies of a person are the same person: a hit counts as often as the person stands in both heads.
    const auto hits = precision(sample, k);
    if (hits) RC_ASSERT(*hits >= 0.0 && *hits <= 1.0);
    if (std::ranges::all_of(copies, [](std::uint32_t n) { return n <= 1; })) RC_ASSERT(same(hits, precision(plain, k)));
  }
}

TEST(Measures, precision_counts_copies_that_stand_in_both_heads) {
  // Score order a a b, outcome order b a a: of the first two places of each, one is a in both.
  expect(precision(ranked({2, 1}, {1, 2}, {}, {2, 1}), 2), 0.5, "one of the two copies of a");
}

TEST(Ranking, classes_order_and_ties) {
  const Ranking ranking = rank_people(Values{3, 1, 3, 2}, Keys{9, 0, 4, 0});
  EXPECT_EQ(ranking.order, (std::vector<std::uint32_t>{2, 0, 3, 1}));
  EXPECT_EQ(ranking.ties, (std::vector<std::uint32_t>{0, 2, 3, 4}));
  EXPECT_EQ(ranking.classes, (std::vector<std::uint32_t>{2, 0, 2, 1}));
  const Ranking nobody = rank_people(Values{}, Keys{});
  EXPECT_EQ(nobody.class_count(), 0u);
}

}  // namespace
}  // namespace renown::evaluate
