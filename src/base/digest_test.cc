#include "base/digest.h"

#include <string_view>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

TEST(Sha256, gives_the_published_digests) {
  Sha256 nothing;
  EXPECT_EQ(nothing.hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 abc;
  abc.add(std::string_view("a"));
  abc.add(std::string_view("bc"));
  EXPECT_EQ(abc.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace renown::base
