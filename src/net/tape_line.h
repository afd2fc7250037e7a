/// One exchange as a line of a tape. For the sources of this folder only.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"
#include "net/message.h"

namespace renown::net {

/// Under which a request is found again: method, address and body without their secrets.
std::string tape_key(const Request& request);

/// The line, without its end.
std::string write_tape_line(const Request& request, const Fetched& fetched);

struct TapeLine {
  std::string key;
  Fetched fetched;
};

/// errors  bad_input: one clause
Result<TapeLine> read_tape_line(io::JsonParser& parser, std::string_view line);

}  // namespace renown::net
