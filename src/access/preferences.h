/// Preferences: what a person has decided about themselves.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "access/kept.h"
#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

/// Who may see the score card of a person.
enum class CardAudience {
  nobody,    ///< the person
  members,   ///< and who is logged in here
  everyone,  ///< and the public
};
std::string_view audience_name(CardAudience audience);
std::optional<CardAudience> parse_audience(std::string_view name);

/// How often a person gets a digest.
enum class Digest { weekly, daily, none };
std::string_view digest_name(Digest digest);
std::optional<Digest> parse_digest(std::string_view name);

inline constexpr double kLeastNotifyMove = 0.1, kMostNotifyMove = 99;  ///< points

/// As they are for somebody who has decided nothing.
struct PersonPreferences {
  bool on_public_board = false;
  CardAudience card = CardAudience::nobody;
  bool number_hidden = false;  ///< the person does not want to see the number themselves
  Digest digest = Digest::weekly;
  bool opted_out = false;          ///< scored and shown to nobody
  std::int64_t age_confirmed = 0;  ///< when the person said to be of age; 0: not
  std::string locale = "en";
  std::string zone = "UTC";
  std::optional<double> notify_move = 1.0;  ///< points from which on a move is told, kLeastNotifyMove to
                                            ///< kMostNotifyMove; nothing: none is
  bool operator==(const PersonPreferences&) const = default;
};

/// For any number of threads. errors  io, where nothing else is said
class Preferences {
 public:
  explicit Preferences(ServiceFile& file) : file_(file) {}

  /// Cost: well below 1 us, some 10 us after a change of the store.
  Result<PersonPreferences> of(PersonId person);

  /// Whether the person has decided anything.
  Result<bool> has(PersonId person);

  /// Sets what change() makes of what stands, with nobody in between: two changes at once both hold. change() is not to
  /// use the store. returns  what stands now. errors  of change; bad_input (locale, zone, points)
  Result<PersonPreferences> change(PersonId person,
                                   const std::function<Result<PersonPreferences>(PersonPreferences)>& change);

  /// errors  bad_input (locale, zone, points)
  Result<void> set(PersonId person, const PersonPreferences& preferences);

 private:
  ServiceFile& file_;
  Kept<PersonId, PersonPreferences> kept_;
};

}  // namespace renown::access
