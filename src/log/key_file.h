/// DIR/tombstone.key: the folder's secret, readable by its owner only. For the sources of this folder only.
#pragma once

#include "renown/result.h"

#include "log/data_folder.h"
#include "log/tombstone_key.h"

namespace renown::log {

/// errors  bad_input when it is missing or damaged: without it erased accounts could come back; io
Result<TombstoneKey> read_key(const DataFolder& folder);

/// The key in the file; where there is none, `fresh` is written there first, on disk when it returns.
Result<TombstoneKey> read_or_make_key(const DataFolder& folder, const TombstoneKey& fresh);

}  // namespace renown::log
