/// When a record of AT Protocol was made: what its key says, held against when the network saw it
/// (docs/decisions/0024).
#pragma once

#include <cstdint>
#include <string_view>

namespace renown::atproto {

/// What a key says, if it is a time-stamp (TID) of AT Protocol's days, else nothing.
///
/// returns  unix seconds, or -1
std::int64_t time_in_key(std::string_view rkey);

/// How far a key may be from the moment at which the network saw the record, and still be believed.
inline constexpr std::int64_t kBelievedSeconds = 60;

/// The one time of a record, however it is read: the key's where it agrees with `seen`, else `seen`, for a key can be
/// whatever a client makes up.
///
/// seen  unix seconds, when a server says that it learned of the record
std::int64_t record_time(std::string_view rkey, std::int64_t seen);

}  // namespace renown::atproto
