/// Refusal: why a request is not answered, before a handler has seen it.
#pragma once

#include <string>

namespace renown::http {

struct Refusal {
  int status = 400;
  std::string sentence;  ///< one, that says what is wrong and what to do
};

}  // namespace renown::http
