/// KloutAsker: who asks by Klout's API, and what they are told of whom.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "renown/score_card.h"

#include "access/api_keys.h"
#include "access/purpose.h"
#include "api/context.h"
#include "api/outcome.h"
#include "api/peers.h"
#include "base/held.h"

namespace renown::api {

/// Somebody with a score of whom the asker may learn.
struct KloutUser {
  base::Held<instance::Directory> directory;  ///< has the person
  const people::Person* person = nullptr;
  ScoreCard card;  ///< with a score
  instance::ScoreMoves moves;
};

/// Of one request. A key with `lookup` learns of who consented to it, and each look-up is written down; one with
/// `score:read` learns of the person who made it. Everybody else is nobody, whatever the reason (D6, D7).
class KloutAsker {
 public:
  KloutAsker(Context& context, const access::ApiKey& key);

  Context& context() const { return context_; }

  /// The person of that account, or of that id on Klout's own network; 0: nobody.
  /// network  as Klout calls it
  /// name     with or without @, in any case
  instance::PersonId person_called(std::string_view network, std::string_view name) const;
  /// The person of that id; 0: nobody.
  instance::PersonId person_of_id(std::string_view id) const;

  /// errors  not_found, the same for everybody of whom nothing is told
  Result<KloutUser> user(instance::PersonId person) const;
  /// Nothing for each of whom nothing is told.
  Result<std::vector<std::optional<KloutUser>>> users(std::span<const instance::PersonId> people) const;

  /// With the reasons of the last run. errors  busy too, while the first run is under way
  Result<Explained> explain(const KloutUser& user) const;

  /// The strongest of those peers of whom the asker may learn too, at most `most`.
  /// is_listed  whether a list may have the person at all
  Result<std::vector<KloutUser>> told(const Explained& explained, std::span<const Peer> peers, std::size_t most,
                                      const std::function<bool(const people::Person&)>& is_listed) const;

 private:
  bool looks_up() const { return key_.scopes.has(access::Scope::lookup); }
  bool is_own(instance::PersonId person) const;
  Result<Outcome> outcome_of(instance::PersonId person) const;
  std::optional<KloutUser> user_of(const Outcome& outcome) const;

  Context& context_;
  const access::ApiKey& key_;
  access::Purpose purpose_;
};

}  // namespace renown::api
