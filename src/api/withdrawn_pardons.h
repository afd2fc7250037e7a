/// Pardons that `renown people` withdrew while nobody served the folder: it knows nothing of appeals.
#pragma once

#include "renown/result.h"

#include "api/context.h"

namespace renown::api {

/// Revokes the appeals that say pardoned though the pardon was withdrawn, or the person's accounts were taken out of
/// it. To be called at each start, before anybody asks. errors  as of the stores
Result<void> revoke_the_withdrawn(Context& context);

}  // namespace renown::api
