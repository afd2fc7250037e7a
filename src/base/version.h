/// The program's version, from the file VERSION.
#pragma once

#include <string_view>

namespace renown::base {

std::string_view version();

}  // namespace renown::base
