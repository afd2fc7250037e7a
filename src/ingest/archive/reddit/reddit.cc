#include "ingest/archive/reddit/reddit.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "ingest/archive/archive_time.h"
#include "ingest/archive/csv_table.h"

namespace renown::ingest::archive::reddit {
namespace {

constexpr std::string_view kNetwork = "reddit";

enum Turn { kOwner, kPosts, kComments, kAwardsReceived, kAwardsGiven, kVotes };

struct OpenedTable {
  std::string_view name;
  Turn turn;
};

/// All that is opened; a large table comes in parts: "post_votes_1.csv".
constexpr OpenedTable kOpened[] = {{"statistics", kOwner},           {"posts", kPosts},
                                   {"comments", kComments},          {"gold_received", kAwardsReceived},
                                   {"gilded_content", kAwardsGiven}, {"post_votes", kVotes},
                                   {"comment_votes", kVotes}};

std::optional<int> turn_of(std::string_view member) {
  for (const auto& [name, turn] : kOpened) {
    if (is_part(member, name, "_", ".csv")) return turn;
  }
  return std::nullopt;
}

bool is_name(std::string_view text) {
  constexpr std::size_t kMostLetters = 20;
  return !text.empty() && text.size() <= kMostLetters &&
         std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '_' || c == '-'; });
}

bool is_id(std::string_view text) {
  constexpr std::size_t kMostLetters = 13;  // of 64 bits in base 36
  return !text.empty() && text.size() <= kMostLetters && std::ranges::all_of(text, base::is_letter_or_digit);
}

/// Up to the next '/', which goes too.
std::string_view cut_step(std::string_view& path) {
  const std::size_t end = std::min(path.find_first_of("/?#"), path.size());
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return step;
}

/// What an address of Reddit points to, with or without "https://www.reddit.com" before it.
struct Place {
  std::string_view owner;    ///< whose page a post is on, where it is on somebody's page: r/u_bob, user/bob
  std::string_view post;     ///< its id
  std::string_view comment;  ///< the id of a comment below it
};

Place place_of(std::string_view address) {
  constexpr std::string_view kHost = "reddit.com/";
  if (const std::size_t at = address.find(kHost); at != std::string_view::npos) {
    address.remove_prefix(at + kHost.size());
  } else if (address.starts_with('/')) {
    address.remove_prefix(1);
  }
  Place place;
  const std::string_view kind = cut_step(address);
  std::string_view where = cut_step(address);
  const bool is_page = kind == "user" || kind == "u" || (kind == "r" && where.starts_with("u_"));
  if (kind == "r" && is_page) where.remove_prefix(2);
  if (cut_step(address) != "comments") return {};
  if (is_page && is_name(where)) place.owner = where;
  place.post = cut_step(address);
  cut_step(address);  // its title
  place.comment = cut_step(address);
  if (!is_id(place.post)) return {};
  if (!is_id(place.comment)) place.comment = {};
  return place;
}

class Reddit final : public Network {
 public:
  std::string format() const override { return "a copy of one's data from Reddit"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const int turn = *turn_of(member.name);
    if (turn != kOwner && owner_.empty()) {
      return bad_input("whose data this is is not known: statistics.csv is missing or has no account name");
    }
    switch (turn) {
      case kOwner:
        return table(std::move(bytes), {"statistic", "value"}, &Reddit::statistic);
      case kPosts:
        return table(std::move(bytes), {"id", "date"}, &Reddit::post);
      case kComments:
        return table(std::move(bytes), {"id", "date", "link", "parent"}, &Reddit::comment);
      case kAwardsReceived:
        return table(std::move(bytes), {"content_link", "gilder_username", "date"}, &Reddit::award_received);
      case kAwardsGiven:
        return table(std::move(bytes), {"content_link", "date"}, &Reddit::award_given);
      default:
        return table(std::move(bytes), {"id"}, &Reddit::vote);
    }
  }

  std::vector<std::string> closing_notices() const override {
    if (gildings_ == 0) return {};
    return {fmt::format("{} awards without names: shown, never counted", gildings_)};
  }

 private:
  using Take = Result<void> (Reddit::*)(const CsvRow&, Record&);

  Result<std::unique_ptr<MemberRecords>> table(std::string bytes, const std::vector<std::string_view>& needed,
                                               Take take) {
    return csv_table(std::move(bytes), needed,
                     [this, take](const CsvRow& row, Record& record) { return (this->*take)(row, record); });
  }

  Result<void> statistic(const CsvRow& row, Record& record) {
    record.leave_out("what the copy says of the account");
    if (row["statistic"] != "account name") return {};
    if (!is_name(row["value"])) return bad_input("the account name is none");
    owner_ = row["value"];
    return {};
  }

  bool is_owner(std::string_view name) const { return base::same_but_for_case(name, owner_); }

  /// The gildings of a row: how often it was awarded, without a word by whom.
  void count_gildings(const CsvRow& row) {
    const std::string_view text = row["gildings"];
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc{} && end == text.data() + text.size()) gildings_ += count;
  }

  Result<void> post(const CsvRow& row, Record& record) {
    if (!is_id(row["id"])) return bad_input("the post has no id");
    const auto time = parse_archive_time(row["date"]);
    if (!time) return time.error();
    const std::string_view id = record.keep(fmt::format("t3_{}", row["id"]));
    record.add({*time, Kind::post, kNetwork, owner_, {}, id, id, {}});
    count_gildings(row);
    return {};
  }

  /// The only post whose author a comment tells is one on somebody's own page; of a comment answered it tells none.
  Result<void> comment(const CsvRow& row, Record& record) {
    if (!is_id(row["id"])) return bad_input("the comment has no id");
    const auto time = parse_archive_time(row["date"]);
    if (!time) return time.error();
    count_gildings(row);
    const std::string_view parent = row["parent"];
    const Place place = place_of(row["link"]);
    if (!parent.empty() && !parent.starts_with("t3_")) {
      record.leave_out("an answer to a comment: the copy does not say whose");
    } else if (place.owner.empty()) {
      record.leave_out("a comment on a post: the copy does not say whose");
    } else if (is_owner(place.owner)) {
      record.leave_out("a comment on a post of one's own");
    } else {
      const std::string_view on = record.keep(fmt::format("t3_{}", place.post));
      const std::string_view id = record.keep(fmt::format("t1_{}", row["id"]));
      record.add({*time, Kind::comment, kNetwork, owner_, record.keep(std::string(place.owner)), on, id, {}});
    }
    return {};
  }

  /// "t1_c" or "t3_p" of what was awarded; empty where the link says neither.
  static std::string awarded(const Place& place) {
    if (!place.comment.empty()) return fmt::format("t1_{}", place.comment);
    return place.post.empty() ? std::string() : fmt::format("t3_{}", place.post);
  }

  Result<void> award_received(const CsvRow& row, Record& record) {
    const auto time = parse_archive_time(row["date"]);
    if (!time) return time.error();
    const std::string_view giver = row["gilder_username"];
    if (!is_name(giver) || base::same_but_for_case(giver, "none")) {
      record.leave_out("an award without a giver");
    } else if (is_owner(giver)) {
      record.leave_out("an award to oneself");
    } else {
      const std::string_view what = record.keep(awarded(place_of(row["content_link"])));
      record.add({*time, Kind::tip, kNetwork, record.keep(std::string(giver)), owner_, what, {}, {}});
    }
    return {};
  }

  Result<void> award_given(const CsvRow& row, Record& record) {
    const auto time = parse_archive_time(row["date"]);
    if (!time) return time.error();
    const Place place = place_of(row["content_link"]);
    if (place.owner.empty() || !place.comment.empty()) {  // a comment on bob's page need not be bob's
      record.leave_out("an award given: the copy does not say to whom");
    } else if (is_owner(place.owner)) {
      record.leave_out("an award to oneself");
    } else {
      const std::string_view to = record.keep(std::string(place.owner));
      record.add({*time, Kind::tip, kNetwork, owner_, to, record.keep(awarded(place)), {}, {}});
    }
    return {};
  }

  Result<void> vote(const CsvRow&, Record& record) {
    record.leave_out("a vote: the copy says neither when, nor on whose post or comment");
    return {};
  }

  std::string owner_;
  std::uint64_t gildings_ = 0;
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<Reddit>();
}

bool looks_like_reddit(const Archive& archive) {
  const auto has = [&](auto is_it) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) {
      const auto turn = turn_of(member.name);
      return turn && is_it(*turn);
    });
  };
  return has([](int turn) { return turn == kOwner; }) && has([](int turn) { return turn != kOwner; });
}

}  // namespace renown::ingest::archive::reddit
