/// A member that is one JSON document with a list of records in it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "ingest/archive/network.h"
#include "io/json.h"

namespace renown::ingest::archive {

/// find  the list in the document's root; what is no list is an error of the member
/// take  what an element stands for, as MemberRecords::next
/// errors  bad_input, as one clause: no valid JSON, no list
Result<std::unique_ptr<MemberRecords>> json_list(std::string_view json,
                                                 const std::function<io::JsonValue(io::JsonValue)>& find,
                                                 std::function<Result<void>(io::JsonValue, Record&)> take);

/// The document as its one record.
///
/// take  what the root stands for, as MemberRecords::next
/// errors  bad_input, as one clause: no valid JSON
Result<std::unique_ptr<MemberRecords>> json_document(std::string_view json,
                                                     std::function<Result<void>(io::JsonValue, Record&)> take);

}  // namespace renown::ingest::archive
