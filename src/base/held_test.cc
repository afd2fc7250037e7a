#include "base/held.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace renown::base {
namespace {

using Names = std::vector<std::string>;

template <class H>
concept HasArrow = requires(H&& held) { std::forward<H>(held).operator->()->size(); };
template <class H>
concept HasStar = requires(H&& held) { (*std::forward<H>(held)).size(); };
template <class H>
concept HasGet = requires(H&& held) { std::forward<H>(held).get()->size(); };

template <class H>
constexpr bool kReadable = HasArrow<H> && HasStar<H> && HasGet<H>;
template <class H>
constexpr bool kClosed = !HasArrow<H> && !HasStar<H> && !HasGet<H>;

static_assert(kReadable<Held<Names>&> && kReadable<const Held<Names>&>, "what has a name is read");
static_assert(kClosed<Held<Names>> && kClosed<const Held<Names>>, "what has none is not");

TEST(HeldTest, KeepsWhatOthersReplace) {
  std::shared_ptr<const Names> current = std::make_shared<Names>(Names{"ada", "ben"});
  const auto look = [&] { return Held<Names>(current); };
  const auto names = look();
  current = std::make_shared<Names>();
  std::string all;
  for (const std::string& name : *names) all += name;
  EXPECT_EQ(all, "adaben");
  EXPECT_EQ(names->size(), 2U);
  EXPECT_NE(names, look());
}

TEST(HeldTest, MayBeNothing) {
  const auto nothing = [] { return Held<Names>(); };
  EXPECT_TRUE(nothing() == nullptr) << "asked without a name: nothing is taken out of it";
  EXPECT_FALSE(nothing());
  EXPECT_EQ(nothing(), Held<Names>(nullptr));
  EXPECT_EQ(Held<Names>(std::make_shared<Names>()) == nullptr, false);
}

}  // namespace
}  // namespace renown::base
