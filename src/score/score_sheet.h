/// ScoreSheet: everybody's scores, without the acts they come from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "renown/score_card.h"
#include "renown/score_model.h"

#include "aggregate/account_names.h"
#include "aggregate/acts.h"
#include "aggregate/person_numbers.h"
#include "score/card.h"
#include "score/card_table.h"
#include "score/farm_search.h"
#include "score/ledger_line.h"

namespace renown::score {

/// What tables, files and texts of a run are made from, whether its reasons are at hand (ScoreRun) or not (ScoreSheet).
/// Accounts are numbered in byte order.
class ScoreView {
 public:
  virtual ~ScoreView() = default;

  virtual const ScoreModel& model() const = 0;
  virtual std::int64_t as_of() const = 0;
  virtual bool is_protected() const = 0;
  virtual const aggregate::DropCounts& dropped() const = 0;
  virtual const std::vector<Farm>& farms() const = 0;
  /// Share of the engagers inside the window that is verified; 0 where there are no engagers.
  virtual double observed_verified_share() const = 0;

  /// Accounts that received at least one kept act, by raw score descending, then in byte order.
  virtual const std::vector<aggregate::AccountId>& ranking() const = 0;

  virtual aggregate::AccountName account(aggregate::AccountId account) const = 0;
  virtual aggregate::PersonId person_of(aggregate::AccountId account) const = 0;
  virtual ScoreCard card(aggregate::PersonId person) const = 0;
  virtual aggregate::AccountId first_account(aggregate::PersonId person) const = 0;
  virtual std::size_t account_count(aggregate::PersonId person) const = 0;
  virtual std::string_view person_name(aggregate::PersonId person) const = 0;  ///< "" for who is not linked

  /// Has fetched what the name of this account waits for, where each step waits for the one before: to be called with
  /// step 0, 1 and 2, each some rows later, before a row with the name is made.
  virtual void prefetch_name(aggregate::AccountId account, std::size_t step) const = 0;
  static constexpr std::size_t kPrefetchSteps = 3;
  /// The same of the numbers of a card, in one step.
  virtual void prefetch_card(aggregate::AccountId account) const = 0;

  /// "verified" or "unprotected": how strong the protection is.
  std::string_view protection() const { return is_protected() ? "verified" : "unprotected"; }
};

class ScoreSheet final : public ScoreView {
 public:
  struct Parts {
    ScoreModel model;
    std::int64_t as_of = 0;
    bool is_protected = false;
    aggregate::DropCounts dropped;
    std::vector<Farm> farms;
    double observed_verified_share = 0.0;
    aggregate::AccountNames names;
    aggregate::PersonNumbers persons;
    PackedCards numbers;
    std::vector<aggregate::AccountId> ranking;
    std::optional<Ledger> ledger;
  };

  explicit ScoreSheet(Parts parts)
      : parts_(std::make_unique<Parts>(std::move(parts))), maker_(parts_->model, parts_->is_protected) {}

  const ScoreModel& model() const override { return parts_->model; }
  std::int64_t as_of() const override { return parts_->as_of; }
  bool is_protected() const override { return parts_->is_protected; }
  const aggregate::DropCounts& dropped() const override { return parts_->dropped; }
  const std::vector<Farm>& farms() const override { return parts_->farms; }
  double observed_verified_share() const override { return parts_->observed_verified_share; }
  const std::vector<aggregate::AccountId>& ranking() const override { return parts_->ranking; }
  aggregate::AccountName account(aggregate::AccountId account) const override { return parts_->names[account]; }
  aggregate::PersonId person_of(aggregate::AccountId account) const override { return parts_->persons.of(account); }
  ScoreCard card(aggregate::PersonId person) const override { return maker_.card(parts_->numbers[person]); }
  aggregate::AccountId first_account(aggregate::PersonId person) const override {
    return parts_->persons.first_account(person);
  }
  std::size_t account_count(aggregate::PersonId person) const override { return parts_->persons.account_count(person); }
  std::string_view person_name(aggregate::PersonId person) const override { return parts_->persons.name(person); }

  void prefetch_card(aggregate::AccountId account) const override {
    parts_->numbers.prefetch(parts_->persons.of(account));
  }
  void prefetch_name(aggregate::AccountId account, std::size_t step) const override {
    if (step == 0) {
      parts_->names.prefetch_number(account);
    } else if (step == 1) {
      parts_->names.prefetch_begin(account);
    } else {
      parts_->names.prefetch_bytes(account);
    }
  }

  /// Every contribution; null where the sweep was not asked for it.
  const Ledger* ledger() const { return parts_->ledger ? &*parts_->ledger : nullptr; }

  CardNumbers numbers(aggregate::PersonId person) const { return parts_->numbers[person]; }

  std::size_t accounts() const { return parts_->names.size(); }
  /// The number of an account in this sheet; nothing if it is not in the log.
  std::optional<aggregate::AccountId> find(std::string_view network, std::string_view account) const {
    return parts_->names.find(network, account);
  }
  /// P(S); nothing below the coverage floor.
  std::optional<double> score(aggregate::PersonId person) const { return maker_.score(parts_->numbers[person]); }

 private:
  std::unique_ptr<Parts> parts_;  ///< stays where it is: the maker refers to its model
  CardMaker maker_;
};

}  // namespace renown::score
