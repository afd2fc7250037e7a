/// Consents: whom a person lets look them up, and what for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/api_keys.h"
#include "access/purpose.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::int64_t kMostConsents = 200;          ///< of a person, that stand
inline constexpr std::int64_t kWithdrawnConsentDays = 400;  ///< a withdrawn one is kept as long as look-ups are

/// What is consented to. Every field that is set must fit an asker; at least one is.
struct ConsentTerms {
  KeyId key = 0;                        ///< this API key; 0: any
  std::string organisation = {};        ///< keys of this organisation, in whatever case; empty: any
  std::optional<Purpose> purpose = {};  ///< for this purpose; nothing: any
};

struct GivenConsent {
  std::int64_t id = 0;
  ConsentTerms terms;
  std::int64_t given = 0;
  std::int64_t withdrawn = 0;  ///< 0: it stands
};

/// For any number of threads. errors  io, where nothing else is said
class Consents {
 public:
  explicit Consents(ServiceFile& file) : file_(file) {}

  /// returns  its number; that of the one that stands already, if it says the same
  /// errors  bad_input (nothing is set), usage (too many)
  Result<std::int64_t> give(PersonId person, const ConsentTerms& terms, std::int64_t now);

  /// errors  not_found: another person's, none, or withdrawn already
  Result<void> withdraw(PersonId person, std::int64_t consent, std::int64_t now);

  /// Newest first, with the withdrawn.
  Result<std::vector<GivenConsent>> of_person(PersonId person);

  /// Whether that key may learn about that person for that purpose: some consent that stands fits, and the person has
  /// not opted out. As long for person 0, which is nobody. Cost: some 10 us.
  Result<bool> allows(PersonId person, const ApiKey& asker, Purpose purpose);

 private:
  ServiceFile& file_;
};

}  // namespace renown::access
