/// Whether bytes are text: DuckDB takes valid UTF-8 only, and behaves in undefined ways on anything else.
#pragma once

#include <string_view>

namespace renown::duck {

/// Well-formed UTF-8 as Unicode 15, table 3-7 has it: no overlong forms, no surrogates, nothing past U+10FFFF. A NUL is
/// text like any other.
bool is_utf8(std::string_view bytes);

}  // namespace renown::duck
