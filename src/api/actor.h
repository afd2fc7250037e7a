/// The actor in whose name this instance asks the Fediverse, and where its document is found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "connect/activitypub/instance_actor.h"
#include "http/route.h"

namespace renown::api {

/// The folder's actor, if its document belongs at public_url + "/actor". Where the folder has none, one is made, but
/// only for an address that other servers can look up: https. returns  nothing where there is none, or it lives
/// elsewhere: then its operator serves it errors   as of pipeline::TokenStore
Result<std::optional<connect::activitypub::InstanceActor>> actor_at(const std::string& public_url,
                                                                    const std::string& data_folder,
                                                                    const std::string& token_key_file);

/// Its document and its WebFinger.
std::vector<http::Route> actor_routes(const connect::activitypub::InstanceActor& actor);

}  // namespace renown::api
