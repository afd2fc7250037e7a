/// Scorer: the whole of Renown's scoring as a library. Link with find_package(renown) and renown::renown.
///
///     auto scorer = renown::Scorer::create();
///     scorer->add({.time = 1420070400, .kind = renown::Kind::like, .network = "forum", .actor = "ada", .target =
///     "hazel"}); auto log = scorer->add_log("events.csv.gz"); auto scores = scorer->score(); for (const auto& row :
///     scores->rows) use(row.account, row.card.score);
///
/// It never prints, exits, reads the clock or draws random numbers. One object is for one thread at a time; different
/// objects are independent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"
#include "renown/result.h"
#include "renown/score_card.h"
#include "renown/score_model.h"

namespace renown {

/// The score of one account; accounts of one person share the card.
struct ScoredAccount {
  Account account;
  std::string person;  ///< empty if the account is linked to nobody
  ScoreCard card;
};

/// One engager's part in one person's raw score; the parts of all accounts of a person sum to card.raw.
struct Contribution {
  Account account;  ///< that received the engager's latest act
  Account actor;    ///< that acted
  std::string post;
  std::string tags;
  Kind kind = Kind::like;
  std::int64_t time = 0;  ///< unix seconds
  bool verified = false;
  double contribution = 0.0;  ///< unit: people
  double vouched_contribution = 0.0;
};

/// One account of a farm: unverified accounts that hit many of the same targets in lockstep. Its acts weigh nothing.
struct FarmMember {
  std::uint64_t farm = 0;  ///< 1 for the largest farm, and so on
  Account account;
  std::string person;              ///< empty if the account is linked to nobody
  std::uint64_t targets = 0;       ///< of the farm's targets, how many it hit together with the others
  double share = 0.0;              ///< of all its acts in the window, how many were such, in (0, 1]
  std::uint64_t lockstep = 0;      ///< how many these acts are
  std::uint64_t engagers = 0;      ///< persons in the farm
  std::uint64_t farm_targets = 0;  ///< persons that the farm hits
  double density = 0.0;            ///< share of what could be in lockstep that is, in (0, 1]
  double reference_density = 0.0;  ///< what honest groups reach, by the model
  std::int64_t first = 0;          ///< unix seconds, of its acts in lockstep
  std::int64_t latest = 0;
};

struct Scores {
  std::string model;
  std::int64_t as_of = 0;
  bool is_protected = false;         ///< false: no list of verified people was given, nothing is bounded
  std::vector<ScoredAccount> rows;   ///< by raw descending, then network and account in byte order
  std::vector<Contribution> ledger;  ///< by (network, account), then actor
  std::vector<FarmMember> farms;     ///< by farm, then (network, account); empty where a farm list was set
};

/// How many records a log held and how many interactions came of them.
struct LogCounts {
  std::uint64_t records = 0;
  std::uint64_t interactions = 0;
  std::uint64_t bad = 0;
};

class Scorer {
 public:
  /// model   name of a shipped model or path of a model file
  /// errors  usage for an unknown name; bad_input for a file that is no model
  static Result<Scorer> create(const std::string& model = "renown-0.1");

  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;
  ~Scorer();

  const ScoreModel& model() const;

  /// Takes one interaction; its texts are copied. The order of calls does not matter.
  ///
  /// errors  bad_input where network or actor is empty, a text holds a NUL byte, time is outside 1970..9999, or
  ///         a target is missing
  Result<void> add(const Interaction& interaction);

  /// Takes all interactions of a log in any format that Renown reads (docs/formats); gzip and zstd are unpacked.
  /// errors  not_found, io, bad_input
  Result<LogCounts> add_log(const std::string& path);

  void set_people(PeopleMap people);
  void set_verified(AccountSet verified);

  /// Accounts that are never thought to be part of a farm, with all other accounts of their persons.
  void set_pardoned(AccountSet pardoned);

  /// Holds a list of farm accounts (of an earlier run, say) instead of searching; an empty list: nobody is.
  void set_farm(AccountSet farm);

  /// Scores everybody. Can be called again after more was added.
  ///
  /// as_of    unix seconds, later rows are left out; by default one second after the newest row
  /// threads  the result is the same for any number
  /// errors   not_enough_data where there is no row and no as_of
  Result<Scores> score(std::optional<std::int64_t> as_of = std::nullopt, std::size_t threads = 1) const;

 private:
  struct State;
  explicit Scorer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown
