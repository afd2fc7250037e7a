/// One line of the Higgs text format.
#pragma once

#include <string_view>

#include "renown/interaction.h"
#include "renown/result.h"

namespace renown::ingest::higgs {

/// Reads `actor target unix_seconds kind`: four words with blanks or tabs between them; accounts are numbers of any
/// length, kept as text; kind is RT (repost), RE (reply) or MT (mention). The row's texts point into `line`.
///
/// errors  bad_input, saying which word is wrong
Result<Interaction> parse_line(std::string_view line);

}  // namespace renown::ingest::higgs
