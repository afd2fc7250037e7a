/// Posts of Bluesky's accounts as connectors hand them over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connect/connector.h"
#include "io/json.h"

namespace renown::connect {

/// The last part of "at://did:plc:ann/app.bsky.feed.post/3l3qo2vutsw2b"; empty for what is no address of a record in
/// that collection of that account.
std::string_view key_in(std::string_view address, std::string_view did, std::string_view collection);

/// record  the post as its author wrote it
Post bluesky_post(std::string_view did, std::string_view rkey, std::int64_t time, io::JsonValue record);

}  // namespace renown::connect
