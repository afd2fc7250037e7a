/// The lists an operator keeps as CSV: who is verified, which accounts are one person, who is pardoned.
#pragma once

#include <string>

#include "renown/account.h"
#include "renown/result.h"

namespace renown::people {

/// Reads CSV with the columns network,account (others are ignored). An account may stand there twice.
/// A file with the header alone is a list without entries, which is not the same as no list.
///
/// errors  not_found, io; bad_input naming file, line and what is missing
Result<AccountSet> read_account_list(const std::string& path);

/// Reads CSV with the columns person,network,account (others are ignored).
///
/// errors  as above, and bad_input where one account is given to two persons
Result<PeopleMap> read_people(const std::string& path);

}  // namespace renown::people
