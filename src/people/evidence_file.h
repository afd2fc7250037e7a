/// Evidence files: the documents of a proof, as JSON, for whoever fetched them by other means.
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

#include "people/document.h"

namespace renown::people {

/// {"documents":[{"asked":"https://...","address":"...","content_type":"text/html","fetched":"2026-06-01T00:00:00Z",
/// "body":"..."}]}. address may be left out where nothing was sent on; instead of body, "file" names a file beside this
/// one.
///
/// errors  not_found, io; bad_input naming the file, the document (from 1) and what is missing
Result<std::vector<Document>> read_evidence(const std::string& path);

}  // namespace renown::people
