/// Deliveries of GitHub's webhooks: the same acts as its lists give, in the second they happen.
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

#include "model/interaction_block.h"
#include "model/interaction_reader.h"

namespace renown::connect::github {

/// Whether a delivery comes from whoever knows the secret. Takes the same time for every signature that is none.
///
/// body       as it came, byte by byte
/// signature  the header X-Hub-Signature-256: "sha256=" and 64 hexadecimal digits
/// secret     as given to GitHub; an empty one signs nothing
bool is_signed(std::string_view body, std::string_view signature, std::string_view secret);

/// Puts the acts of a delivery into `rows` and counts it in `report`: as rows, as left out for a reason, or as bad.
///
/// event     the header X-GitHub-Event: "issue_comment"
/// received  unix seconds: the time of the acts for which GitHub gives none (a member added, a star taken back)
void read_delivery(std::string_view event, std::string_view body, std::int64_t received, model::InteractionBlock& rows,
                   model::ReadReport& report);

}  // namespace renown::connect::github
