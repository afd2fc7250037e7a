#include "generate/truth.h"

#include <array>
#include <cstdint>
#include <iterator>
#include <string>

#include <fmt/format.h>

namespace renown::generate {
namespace {

constexpr std::size_t kTextBytes = std::size_t{1} << 16;  // handed on at a time

class Rows {
 public:
  explicit Rows(const TruthSink& sink) : sink_(sink) {}

  Result<void> add(std::string_view account, std::string_view role, std::string_view group) {
    fmt::format_to(std::back_inserter(text_), "{},{},{},{}\n", World::kNetwork, account, role, group);
    return text_.size() < kTextBytes ? Result<void>{} : hand_on();
  }
  Result<void> hand_on() {
    auto taken = sink_(text_);
    text_.clear();
    return taken;
  }

 private:
  const TruthSink& sink_;
  std::string text_ = "network,account,role,group\n";
};

Result<void> add_crowd(const World& world, const Crowd& crowd, const std::string& group, Rows& rows) {
  for (std::uint64_t i = 0; i < crowd.size; ++i) {
    if (auto added = rows.add(world.name(crowd.first + i), role_name(crowd.role), group); !added) return added;
  }
  for (const PersonNumber customer : crowd.customers) {
    if (auto added = rows.add(world.name(customer), "customer", group); !added) return added;
  }
  return {};
}

}  // namespace

Result<void> write_truth(const World& world, const TruthSink& sink) {
  Rows rows(sink);
  std::array<std::uint64_t, 3> of_role{};
  for (const Crowd& crowd : world.crowds().all()) {
    const std::uint64_t number = ++of_role[static_cast<std::size_t>(crowd.role)];
    const std::string group = fmt::format("{}-{}", role_name(crowd.role), number);
    if (auto added = add_crowd(world, crowd, group, rows); !added) return added;
  }
  if (world.options().dirty > 0.0) {
    const std::uint64_t people = world.options().people + world.crowds().accounts();
    for (PersonNumber person = 0; person < people; ++person) {
      if (!world.is_renamed(person)) continue;
      if (auto added = rows.add(world.later_name(person), "renamed", world.name(person)); !added) return added;
    }
  }
  return rows.hand_on();
}

}  // namespace renown::generate
