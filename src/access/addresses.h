/// Addresses: e-mail addresses by which people may be looked up, kept as hashes alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::int64_t kMostAddresses = 20;  ///< of a person

/// SHA-256 of the address without blanks at its ends, A to Z in lower case, as 64 lower-case hexadecimal digits: what
/// an asker sends. errors  bad_input for what has no `@` between two parts, blanks inside, or more than 254 bytes
Result<std::string> address_hash(std::string_view address);

struct OptedInAddress {
  std::string sha256;
  std::int64_t added = 0;
};

/// For any number of threads. errors  io, where nothing else is said
class Addresses {
 public:
  explicit Addresses(ServiceFile& file) : file_(file) {}

  /// Only after the person has shown that the address is theirs: it is theirs from then on, and nobody else's who
  /// showed it earlier. errors  bad_input (no address), usage (too many)
  Result<void> add(PersonId person, std::string_view address, std::int64_t now);

  /// errors  not_found
  Result<void> remove(PersonId person, std::string_view sha256);

  Result<std::vector<OptedInAddress>> of_person(PersonId person);

  /// Whose it is; 0: nobody's. Says nothing of consent (Consents::allows). Cost: some 10 us.
  Result<PersonId> person_of(std::string_view sha256);

 private:
  ServiceFile& file_;
};

}  // namespace renown::access
