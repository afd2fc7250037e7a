/// What is noted of each answer: nothing that says who asked, or for whom.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace renown::http {

struct AccessEntry {
  std::string_view method;    ///< "GET" ... of a known method, else "other": the text of strangers is not noted
  std::string_view route_id;  ///< "none" where the request led to no route
  int status = 0;
  double seconds = 0;            ///< from the end of the head to the last byte handed to the system
  std::uint64_t body_bytes = 0;  ///< sent
};

/// Called by several threads at once; is not to block.
using AccessLog = std::function<void(const AccessEntry&)>;

}  // namespace renown::http
