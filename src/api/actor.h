/// The actor in whose name this instance asks the Fediverse, and where its document is found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "connect/activitypub/instance_actor.h"
#include "http/route.h"

namespace renown::api {

/// The folder's actor, made where there is none and the instance has an address that servers can look up.
/// public_url  of the instance; http on this machine is none that others can look up, but for tests it is one
/// returns     nothing where the folder's actor lives elsewhere: then its operator serves it
/// errors      as of pipeline::TokenStore
Result<std::optional<connect::activitypub::InstanceActor>> actor_at(const std::string& public_url,
                                                                    const std::string& data_folder,
                                                                    const std::string& token_key_file);

/// Its document and its WebFinger.
std::vector<http::Route> actor_routes(const connect::activitypub::InstanceActor& actor);

}  // namespace renown::api
