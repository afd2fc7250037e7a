#include "ingest/archive/googleplus/googleplus.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive/googleplus/post_records.h"

namespace renown::ingest::archive::googleplus {
namespace {

bool is_post(std::string_view member) {
  return is_in(member, "Google+ Stream/Posts") && member.ends_with(".json");
}

class GooglePlus final : public Network {
 public:
  std::string format() const override { return "a Takeout of Google+ as JSON"; }

  std::optional<int> turn(std::string_view member) const override {
    return is_post(member) ? std::optional(0) : std::nullopt;
  }

  Result<std::unique_ptr<MemberRecords>> open(const Member&, std::string bytes) override {
    return post_records(std::move(bytes), without_time_);
  }

  std::vector<std::string> closing_notices() const override {
    if (without_time_ == 0) return {};
    return {fmt::format("{} +1 and reshares have no time of their own: they count at the time of their post",
                        without_time_)};
  }

 private:
  std::uint64_t without_time_ = 0;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<GooglePlus>();
}

bool looks_like_googleplus(const Archive& archive) {
  return std::ranges::any_of(archive.members(), [](const Member& member) { return is_post(member.name); });
}

}  // namespace renown::ingest::archive::googleplus
