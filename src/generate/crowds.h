/// Crowds: farms, pods and bots that are planted in a world, and what each of their rows is.
///
/// What they do is cut into errands: so many rows in one bin of the timetable. The everyday rows stay what they are
/// without crowds (their number apart).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "generate/communities.h"
#include "generate/draws.h"
#include "generate/everyday.h"

namespace renown::generate {

enum class Role : std::uint8_t { farm, pod, bot };

/// "farm", "pod", "bot".
std::string_view role_name(Role role);

struct CrowdCounts {
  std::uint64_t farms = 0;
  std::uint64_t pods = 0;
  std::uint64_t bots = 0;
};

/// Some accounts with one purpose. A bot is a crowd of one.
struct Crowd {
  Role role = Role::bot;
  PersonNumber first = 0;  ///< its accounts are first ... first + size - 1, all >= the number of everyday people
  std::uint32_t size = 1;
  std::vector<PersonNumber> customers;  ///< of a farm: everyday people, rising
};

class Crowds {
 public:
  /// Crowds among `people` everyday people, in a timetable of so many bins.
  ///
  /// most_rows  what they may do in all
  /// errors     usage when they would do more, saying what they need; when there are too few people for customers
  static Result<Crowds> create(const Draws& draws, const CrowdCounts& counts, std::uint64_t people, std::uint64_t bins,
                               std::uint64_t most_rows);

  const std::vector<Crowd>& all() const { return crowds_; }
  std::uint64_t accounts() const { return accounts_; }
  std::uint64_t rows() const { return before_.empty() ? 0 : before_.back(); }

  /// Rows of all crowds in bins before each; one more than there are bins, or empty where there are no crowds.
  const std::vector<std::uint64_t>& rows_before_bins() const { return before_; }

  /// The act of row `row` of all rows of crowds, which happens at `time` in its bin.
  Act act(std::uint64_t row, std::int64_t time, const Everyday& everyday) const;

 private:
  /// Rows of one crowd in one bin.
  struct Errand {
    std::uint32_t bin = 0;
    std::uint32_t crowd = 0;
    std::uint32_t about = 0;  ///< the customer, the author in the pod; of a farm's cover kCover + the account
    std::uint32_t first = 0;  ///< number of its first row among those about the same post
    std::uint32_t rows = 0;
    std::uint32_t post = 0;    ///< which errands are about the same post
    std::uint32_t posted = 0;  ///< bin at whose begin that post is there
  };

  explicit Crowds(const Draws& draws) : draws_(draws) {}

  static Error too_many(const std::string& what);
  Result<void> plan(const CrowdCounts& counts, std::uint64_t people, std::uint64_t bins, std::uint64_t most_rows);
  void plan_farm(std::uint64_t people, std::uint64_t bins);
  void plan_pod(std::uint64_t bins);
  void plan_bot(std::uint64_t bins);
  void send(std::uint64_t bin, std::uint64_t about, std::uint64_t rows);
  void send(Errand errand);
  PersonNumber of_errand(const Errand& errand, std::uint64_t count, std::uint64_t number) const;
  Deed deed(const Errand& errand, std::uint64_t row, std::uint64_t number, const Communities& communities) const;
  std::int64_t post_time_of(const Errand& errand, std::uint64_t row, std::int64_t time,
                            const Timetable& timetable) const;
  void put_in_order(std::uint64_t bins);
  double next_draw();
  std::uint64_t between(std::uint64_t least, std::uint64_t most);

  Draws draws_;
  std::uint64_t drawn_ = 0;  ///< numbers used up in planning
  std::uint64_t people_ = 0;
  std::uint64_t accounts_ = 0;
  std::uint64_t planned_rows_ = 0;
  std::vector<Crowd> crowds_;
  std::vector<Errand> errands_;               ///< by bin
  std::vector<std::uint64_t> before_;         ///< rows in bins before each; one more than there are bins
  std::vector<std::uint64_t> errand_before_;  ///< rows of errands before each
};

}  // namespace renown::generate
