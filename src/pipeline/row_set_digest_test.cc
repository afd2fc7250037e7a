#include "pipeline/row_set_digest.h"

#include <gtest/gtest.h>

namespace renown::pipeline {
namespace {

std::string digest_of(const std::vector<Interaction>& rows) {
  model::InteractionBlock block;
  for (const Interaction& row : rows) block.push(row);
  RowSetDigest digest;
  digest.add(block);
  return digest.hex();
}

TEST(RowSetDigest, depends_on_the_rows_and_not_on_their_order) {
  const Interaction a{
      .time = 1, .kind = Kind::like, .network = "n", .actor = "a", .target = "b", .post = {}, .id = {}, .tags = {}};
  Interaction b = a;
  b.post = "p";
  Interaction c = a;
  c.id = "p";
  EXPECT_EQ(digest_of({}), std::string(32, '0'));
  EXPECT_EQ(digest_of({a, b}), digest_of({b, a}));
  EXPECT_NE(digest_of({a, b}), digest_of({a, c}));
  EXPECT_NE(digest_of({a}), digest_of({a, a}));
}

}  // namespace
}  // namespace renown::pipeline
