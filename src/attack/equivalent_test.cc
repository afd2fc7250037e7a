#include "attack/equivalent.h"

#include <gtest/gtest.h>

#include "attack/test_world.h"

namespace renown::attack {
namespace {

const ScoreModel kModel = test_model();  // a fresh first-time engagement is worth .8

TEST(Equivalent, nobody_where_nothing_was_gained) {
  const score::Vouching vouching(kModel, true);
  const score::Engaged before{2.0, 5.0};
  EXPECT_EQ(equivalent_people(kModel, vouching, before, 0.1, vouching.raw(before)), 0.0);
  EXPECT_EQ(equivalent_people(kModel, vouching, before, 0.1, vouching.raw(before) - 1.0), 0.0);
}

TEST(Equivalent, unprotected_everybody_counts_alike) {
  const score::Vouching vouching(kModel, false);
  EXPECT_NEAR(equivalent_people(kModel, vouching, {0.0, 10.0}, 0.0, 18.0), 10.0, 1e-12);
}

TEST(Equivalent, finds_the_people_who_would_have_done_it) {
  const score::Vouching vouching(kModel, true);
  for (const double people : {0.5, 1.0, 10.0, 1'000.0, 1e6}) {
    for (const double mix : {0.02, 0.1, 0.5, 1.0}) {
      const score::Engaged before{3.0, 40.0};
      const score::Engaged with{3.0 + people * mix * 0.8, 40.0 + people * (1.0 - mix) * 0.8};
      EXPECT_NEAR(equivalent_people(kModel, vouching, before, mix, vouching.raw(with)), people, 1e-6 * people);
    }
  }
}

TEST(Equivalent, ends_where_no_number_would_do) {
  const score::Vouching vouching(kModel, true);  // nobody in the mix is verified: the bound is never passed
  const score::Engaged before{1.0, 1.0};
  EXPECT_GE(equivalent_people(kModel, vouching, before, 0.0, vouching.bound(1.0) + 1.0), 1e12);
}

}  // namespace
}  // namespace renown::attack
