/// The version of the library.
#pragma once

#include <string_view>

namespace renown {

std::string_view version();

}  // namespace renown
