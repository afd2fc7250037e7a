/// What the addresses (URIs) of the Fediverse tell by their shape.
#pragma once

#include <string>
#include <string_view>

namespace renown::ingest::activitystreams {

/// The account that wrote the object at `address`, where the address says so, as Mastodon's and its kin's do:
/// "https://host/users/NAME/statuses/1" and "https://host/@NAME/1" are by "https://host/users/NAME". Else empty.
std::string author_in(std::string_view address);

/// Whether an address in `to` or `cc` may be an account's: neither the public at large nor a list of followers.
bool is_personal(std::string_view address);

}  // namespace renown::ingest::activitystreams
