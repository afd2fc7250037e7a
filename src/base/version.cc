#include "base/version.h"

namespace renown::base {

std::string_view version() {
  return RENOWN_VERSION;
}

}  // namespace renown::base
