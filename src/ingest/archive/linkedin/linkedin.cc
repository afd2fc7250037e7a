#include "ingest/archive/linkedin/linkedin.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive/archive_time.h"
#include "ingest/archive/csv_table.h"
#include "ingest/tag_list.h"

namespace renown::ingest::archive::linkedin {
namespace {

constexpr std::string_view kNetwork = "linkedin";

enum Turn {
  kProfile,
  kEndorsementsReceived,
  kEndorsementsGiven,
  kRecommendationsReceived,
  kRecommendationsGiven,
  kShares
};

struct OpenedMember {
  std::string_view file;
  Turn turn;
};

/// All that is opened. Invitations.csv would name the owner by address, but holds messages.
constexpr std::array<OpenedMember, 6> kOpened = {{{"Profile.csv", kProfile},
                                                  {"Endorsement_Received_Info.csv", kEndorsementsReceived},
                                                  {"Endorsement_Given_Info.csv", kEndorsementsGiven},
                                                  {"Recommendations_Received.csv", kRecommendationsReceived},
                                                  {"Recommendations_Given.csv", kRecommendationsGiven},
                                                  {"Shares.csv", kShares}}};

std::optional<int> turn_of(std::string_view member) {
  for (const auto& [file, turn] : kOpened) {
    if (is_at(member, file)) return turn;
  }
  return std::nullopt;
}

std::string name_account(std::string_view first, std::string_view last) {
  if (first.empty() && last.empty()) return {};
  return fmt::format("name:{}{}{}", first, first.empty() || last.empty() ? "" : " ", last);
}

/// "ann-cross-1" from "www.linkedin.com/in/ann-cross-1", with or without a scheme; else the name, marked as one.
std::string account_of(std::string_view address, std::string_view first, std::string_view last) {
  constexpr std::string_view kProfilePath = "linkedin.com/in/";
  const std::size_t at = address.find(kProfilePath);
  if (at != std::string_view::npos) {
    std::string_view account = address.substr(at + kProfilePath.size());
    account = account.substr(0, account.find_first_of("/?#"));
    if (!account.empty()) return std::string(account);
  }
  return name_account(first, last);
}

class LinkedIn final : public Network {
 public:
  std::string format() const override { return "a data export of LinkedIn"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const int turn = *turn_of(member.name);
    if (turn != kProfile && owner_.empty()) {
      return bad_input("whose export this is is not known: Profile.csv is missing or names nobody");
    }
    switch (turn) {
      case kProfile:
        return table(std::move(bytes), {"First Name", "Last Name"}, &LinkedIn::profile);
      case kEndorsementsReceived:
        return table(std::move(bytes), {"Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name"},
                     &LinkedIn::endorsement_received);
      case kEndorsementsGiven:
        return table(std::move(bytes), {"Endorsement Date", "Skill Name", "Endorsee First Name", "Endorsee Last Name"},
                     &LinkedIn::endorsement_given);
      case kRecommendationsReceived:
        return table(std::move(bytes), {"First Name", "Last Name", "Creation Date"}, &LinkedIn::recommendation<true>);
      case kRecommendationsGiven:
        return table(std::move(bytes), {"First Name", "Last Name", "Creation Date"}, &LinkedIn::recommendation<false>);
      default:
        return table(std::move(bytes), {"Date", "ShareLink"}, &LinkedIn::share);
    }
  }

 private:
  using Take = Result<void> (LinkedIn::*)(const CsvRow&, Record&);

  Result<std::unique_ptr<MemberRecords>> table(std::string bytes, const std::vector<std::string_view>& needed,
                                               Take take) {
    return csv_table(std::move(bytes), needed,
                     [this, take](const CsvRow& row, Record& record) { return (this->*take)(row, record); });
  }

  Result<void> profile(const CsvRow& row, Record& record) {
    owner_ = name_account(row["First Name"], row["Last Name"]);
    if (owner_.empty()) return bad_input("the profile has no name");
    record.leave_out("the profile itself");
    return {};
  }

  /// What was given, hidden or taken back again shows no regard that still stands.
  static bool stands(std::string_view status) { return status.empty() || status == "ACCEPTED" || status == "VISIBLE"; }

  Result<void> endorsement(const CsvRow& row, std::string actor, std::string target, Record& record) const {
    if (actor.empty() || target.empty()) return bad_input("the endorsement names nobody");
    const auto time = parse_archive_time(row["Endorsement Date"]);
    if (!time) return time.error();
    if (!stands(row["Endorsement Status"])) {
      record.leave_out("an endorsement that was not accepted");
      return {};
    }
    TagList tags;
    tags.add(row["Skill Name"]);
    const std::string_view skill = record.keep(tags.text());
    record.add(
        {*time, Kind::endorse, kNetwork, record.keep(std::move(actor)), record.keep(std::move(target)), {}, {}, skill});
    return {};
  }

  Result<void> endorsement_received(const CsvRow& row, Record& record) {
    return endorsement(row,
                       account_of(row["Endorser Public Url"], row["Endorser First Name"], row["Endorser Last Name"]),
                       owner_, record);
  }

  Result<void> endorsement_given(const CsvRow& row, Record& record) {
    return endorsement(row, owner_,
                       account_of(row["Endorsee Public Url"], row["Endorsee First Name"], row["Endorsee Last Name"]),
                       record);
  }

  template <bool kReceived>
  Result<void> recommendation(const CsvRow& row, Record& record) {
    const std::string_view other = record.keep(name_account(row["First Name"], row["Last Name"]));
    if (other.empty()) return bad_input("the recommendation names nobody");
    const auto time = parse_archive_time(row["Creation Date"]);
    if (!time) return time.error();
    if (!stands(row["Status"])) {
      record.leave_out("a recommendation that is not shown");
    } else {
      record.add({*time, Kind::endorse, kNetwork, kReceived ? other : owner_, kReceived ? owner_ : other, {}, {}, {}});
    }
    return {};
  }

  Result<void> share(const CsvRow& row, Record& record) {
    const auto time = parse_archive_time(row["Date"]);
    if (!time) return time.error();
    const std::string_view link = record.keep(std::string(row["ShareLink"]));
    record.add({*time, Kind::post, kNetwork, owner_, {}, link, link, {}});
    return {};
  }

  std::string owner_;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<LinkedIn>();
}

bool looks_like_linkedin(const Archive& archive) {
  const auto has = [&](std::string_view path) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) { return is_at(member.name, path); });
  };
  return has("Profile.csv") && (has("Connections.csv") || has("Endorsement_Received_Info.csv") ||
                                has("Recommendations_Received.csv") || has("Shares.csv"));
}

}  // namespace renown::ingest::archive::linkedin
