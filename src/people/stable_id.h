/// Stable ids: what a network calls an account for good. Names are given to somebody else after a rename; these are not
/// (docs/decisions/0039).
///
///   github     the number of the user, "583231"
///   fediverse  the server's origin and its number of the account, "https://social.example 109"
///   bluesky    none: the DID, which is the account's name here, is one
///   others     none: nobody says one
#pragma once

#include <string>
#include <string_view>

#include "renown/account.h"

#include "io/json.h"

namespace renown::people {

/// Of GitHub's JSON of a user. Empty: it says none.
std::string github_id(const io::JsonValue& user);

/// Of Mastodon's JSON of an account of the server `origin`. Empty: it says none.
std::string fediverse_id(std::string_view origin, const io::JsonValue& account);

/// Whether documents that anybody may fetch tell the stable ids of the account's network: then a proof that leans on an
/// account whose id is known needs one.
bool documents_tell_stable_id(const Account& account);

}  // namespace renown::people
