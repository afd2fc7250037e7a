/// Gathering: asks a source for all documents that may prove something about accounts.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"

#include "people/document.h"

namespace renown::people {

inline constexpr std::size_t kMaxGathered = 30;  ///< documents that are asked for, in all

struct Gathered {
  std::vector<Document> documents;
  std::vector<std::string> failed;  ///< one sentence each: what could not be had, and why
};

/// Asks for the documents of each account (documents_of), and for those that these point to on their own host: of an
/// actor its JRD, of a JRD its pages. A document that cannot be had is told and proves nothing; it is no sign of the
/// contrary.
Gathered gather(DocumentSource& source, std::span<const Account> accounts, std::string_view plc_directory);

}  // namespace renown::people
