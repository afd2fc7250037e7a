/// A status of the account that is followed: what it says, and who engaged with it.
#pragma once

#include <expected>
#include <stop_token>
#include <string>
#include <string_view>

#include "connect/connector.h"
#include "connect/mastodon/server.h"

namespace renown::connect::mastodon {

/// How often a status was favourited, reblogged, replied to and quoted, as the server counts, and a "0": "2.0.1.0.0".
/// "?" for a count whose list could not be read, and at the end where what the status answers could not.
inline constexpr std::string_view kNoCounts = "0.0.0.0.0";

/// Reads the lists behind those counts of a status that changed, whole; the rows of the status itself where it is new.
///
/// status   has an id
/// last     its counts when it was read last
/// walked   unix seconds, when all statuses were read last: what nobody had done then was done later
/// returns  its counts now
std::expected<std::string, Problem> read_own_status(io::JsonValue status, std::string_view last, std::int64_t walked,
                                                    Server& server, Pull& pull, const std::stop_token& stop);

/// The rows of what somebody else wrote, as far as it is about the account.
void add_about_own(io::JsonValue status, const Server& server, std::string_view place, Pull& pull);

}  // namespace renown::connect::mastodon
