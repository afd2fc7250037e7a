#include "evaluate/enrolment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "base/hash.h"

namespace renown::evaluate {
namespace {

using aggregate::AccountId;
using aggregate::Event;
using aggregate::EventTable;

constexpr std::array<std::string_view, 2> kEnrolmentNames = {"random", "spread"};

constexpr std::size_t kInvitations = 20;  // people vouch for those they know, not for an audience
constexpr double kLargestChance = 0.5;    // so a quarter of the invited joins: ordinary for an invitation
constexpr std::size_t kEnrolledByFounder = 200;
constexpr std::size_t kFewestFounders = 3;

/// What a draw is for: each has random numbers of its own.
enum class Draw : std::uint64_t { verified = 1, founder, chance, invitation };

double unit(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

std::uint64_t draw(std::uint64_t seed, Draw purpose, std::string_view key) {
  return base::mix64(base::stable_hash(key) ^ base::mix64(base::mix64(seed) + static_cast<std::uint64_t>(purpose)));
}

/// The accounts of the rows, in byte order of (network, account): numbers of rows must not decide anything.
std::vector<AccountId> accounts_in_order(const EventTable& events) {
  std::vector<bool> seen(events.accounts().size());
  for (const Event& event : events.events()) {
    seen[event.actor] = true;
    if (event.target != aggregate::kNoAccount) seen[event.target] = true;
  }
  std::vector<AccountId> accounts;
  for (AccountId id = 0; id < seen.size(); ++id) {
    if (seen[id]) accounts.push_back(id);
  }
  std::ranges::sort(accounts, {}, [&](AccountId id) { return events.accounts().key(id); });
  return accounts;
}

Account account(const EventTable& events, AccountId id) {
  const aggregate::AccountName name = events.accounts()[id];
  return {std::string(name.network), std::string(name.account)};
}

AccountSet draw_random(const EventTable& events, double share, std::uint64_t seed) {
  AccountSet verified;
  for (const AccountId id : accounts_in_order(events)) {
    if (unit(draw(seed, Draw::verified, events.accounts().key(id))) < share)
      verified.insert(verified.end(), account(events, id));
  }
  return verified;
}

/// Who has to do with whom, and how much: engagement in both directions, by rank in byte order.
class Acquaintances {
 public:
  struct Tie {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t acts = 0;
  };

  Acquaintances(const EventTable& events, std::span<const AccountId> in_order) {
    std::vector<std::uint32_t> rank(events.accounts().size());
    for (std::uint32_t i = 0; i < in_order.size(); ++i) rank[in_order[i]] = i;
    for (const Event& event : events.events()) {
      if (!is_engagement(event.kind) || event.target == aggregate::kNoAccount || event.actor == event.target) continue;
      ties_.push_back({rank[event.actor], rank[event.target], 1});
      ties_.push_back({rank[event.target], rank[event.actor], 1});
    }
    std::ranges::sort(ties_, {}, [](const Tie& tie) { return std::pair(tie.from, tie.to); });
    std::size_t kept = 0;
    for (const Tie& tie : ties_) {
      const bool again = kept > 0 && ties_[kept - 1].from == tie.from && ties_[kept - 1].to == tie.to;
      if (again) {
        ++ties_[kept - 1].acts;
      } else {
        ties_[kept++] = tie;
      }
    }
    ties_.resize(kept);
  }

  std::span<const Tie> of(std::uint32_t person) const {
    const auto found = std::ranges::equal_range(ties_, person, {}, &Tie::from);
    return {found.begin(), found.end()};
  }

 private:
  std::vector<Tie> ties_;
};

/// Invitations until enough have joined.
class Spreading {
 public:
  Spreading(const EventTable& events, std::uint64_t seed)
      : events_(events),
        seed_(seed),
        in_order_(accounts_in_order(events)),
        acquaintances_(events, in_order_),
        joined_(in_order_.size()) {
    for (std::uint32_t person = 0; person < in_order_.size(); ++person) founders_.push_back(person);
    std::ranges::sort(founders_, {},
                      [&](std::uint32_t person) { return std::pair(draw_for(Draw::founder, person), person); });
  }

  AccountSet enrol(double share) {
    const double count = std::floor(share * static_cast<double>(in_order_.size()) + 0.5);
    wanted_ = static_cast<std::size_t>(std::clamp(count, 0.0, static_cast<double>(in_order_.size())));
    const std::size_t first_founders = std::max(kFewestFounders, wanted_ / kEnrolledByFounder);
    for (std::size_t i = 0; i < first_founders; ++i) found();
    while (members_ < wanted_) {
      if (to_invite_.empty()) {
        found();
      } else {
        invite(to_invite_.front());
        to_invite_.pop_front();
      }
    }
    AccountSet verified;
    for (std::uint32_t person = 0; person < in_order_.size(); ++person) {
      if (joined_[person]) verified.insert(verified.end(), account(events_, in_order_[person]));
    }
    return verified;
  }

 private:
  std::uint64_t draw_for(Draw purpose, std::uint32_t person) const {
    return draw(seed_, purpose, events_.accounts().key(in_order_[person]));
  }

  void join(std::uint32_t person) {
    if (joined_[person] || members_ == wanted_) return;
    joined_[person] = true;
    ++members_;
    to_invite_.push_back(person);
  }

  /// The next founder who has not joined, if anybody is left.
  void found() {
    while (next_founder_ < founders_.size() && joined_[founders_[next_founder_]]) ++next_founder_;
    if (next_founder_ < founders_.size()) join(founders_[next_founder_++]);
  }

  void invite(std::uint32_t inviter) {
    std::vector<Acquaintances::Tie> asked;
    for (const Acquaintances::Tie& tie : acquaintances_.of(inviter)) {
      if (!joined_[tie.to]) asked.push_back(tie);
    }
    const std::size_t count = std::min(kInvitations, asked.size());
    std::ranges::partial_sort(asked, asked.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [&](const Acquaintances::Tie& tie) {
                                return std::tuple(~tie.acts, draw_for(Draw::invitation, tie.to), tie.to);
                              });
    for (const Acquaintances::Tie& tie : std::span(asked).first(count)) {
      const double chance = kLargestChance * unit(draw_for(Draw::chance, tie.to));
      const std::uint64_t answer =
          base::mix64(draw_for(Draw::invitation, inviter) ^ base::mix64(draw_for(Draw::invitation, tie.to)));
      if (unit(answer) < chance) join(tie.to);
    }
  }

  const EventTable& events_;
  std::uint64_t seed_;
  std::vector<AccountId> in_order_;
  Acquaintances acquaintances_;
  std::vector<bool> joined_;
  std::vector<std::uint32_t> founders_;
  std::size_t next_founder_ = 0;
  std::deque<std::uint32_t> to_invite_;
  std::size_t members_ = 0;
  std::size_t wanted_ = 0;
};

}  // namespace

std::optional<Enrolment> parse_enrolment(std::string_view name) {
  for (std::size_t i = 0; i < kEnrolmentNames.size(); ++i) {
    if (kEnrolmentNames[i] == name) return static_cast<Enrolment>(i);
  }
  return std::nullopt;
}

std::string_view enrolment_name(Enrolment enrolment) {
  return kEnrolmentNames[static_cast<std::size_t>(enrolment)];
}

AccountSet draw_verified(const EventTable& events, double share, Enrolment enrolment, std::uint64_t seed) {
  if (enrolment == Enrolment::random) return draw_random(events, share, seed);
  return Spreading(events, seed).enrol(share);
}

}  // namespace renown::evaluate
