#include "ingest/archive/x/x_archive.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive/json_list.h"
#include "ingest/archive/x/post_acts.h"

namespace renown::ingest::archive::x {
namespace {

enum Turn { kAccount, kPosts, kLikes };

/// "tweets.js" and, of a large archive, "tweets-part1.js" in the folder "data".
bool is_part_of(std::string_view member, std::string_view name) {
  return is_in(member, "data") && is_part(member, name, "-part", ".js");
}

std::optional<int> turn_of(std::string_view member) {
  if (is_at(member, "data/account.js")) return kAccount;
  if (is_part_of(member, "tweets") || is_part_of(member, "tweet")) return kPosts;
  if (is_part_of(member, "like")) return kLikes;
  return std::nullopt;
}

/// The list in "window.YTD.tweets.part0 = [ ... ];", which is a script, and is read as text.
std::string_view list_in(std::string_view script) {
  script.remove_prefix(std::min(script.find('['), script.size()));
  const std::size_t end = script.find_last_not_of("; \t\r\n");
  return script.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

class XArchive final : public Network {
 public:
  std::string format() const override { return "an archive of X (Twitter)"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const auto whole = [](io::JsonValue root) { return root; };
    const std::string_view list = list_in(bytes);
    switch (*turn_of(member.name)) {
      case kAccount:
        return json_list(list, whole, [this](io::JsonValue item, Record& record) { return account(item, record); });
      case kPosts:
        if (owner_.empty()) {
          return bad_input("whose posts these are is not known: data/account.js is missing or names no accountId");
        }
        return json_list(list, whole, [this](io::JsonValue item, Record& record) {
          return acts_of_post(item["tweet"].is_object() ? item["tweet"] : item, owner_, totals_, record);
        });
      default:
        return json_list(list, whole, [](io::JsonValue, Record& record) {
          record.leave_out("a like of a post whose author and time the archive does not tell");
          return Result<void>();
        });
    }
  }

  std::vector<std::string> closing_notices() const override {
    std::vector<std::string> notices;
    if (totals_.likes > 0 || totals_.reposts > 0) {
      notices.push_back(
          fmt::format("{} likes and {} reposts without names: shown, never counted", totals_.likes, totals_.reposts));
    }
    if (totals_.nameless_quotes > 0) {
      notices.push_back(
          fmt::format("{} quotes of accounts that the archive tells by a changeable name only: not counted",
                      totals_.nameless_quotes));
    }
    return notices;
  }

 private:
  Result<void> account(io::JsonValue item, Record& record) {
    const std::string_view id = item.find({"account", "accountId"}).text_or_number();
    if (id.empty()) return bad_input("the account has no accountId");
    owner_ = id;
    record.leave_out("the account itself");
    return {};
  }

  std::string owner_;
  Totals totals_;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<XArchive>();
}

bool looks_like_x(const Archive& archive) {
  return std::ranges::any_of(archive.members(), [](const Member& member) { return turn_of(member.name) == kPosts; });
}

}  // namespace renown::ingest::archive::x
