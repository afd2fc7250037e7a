/// Messages of the catalogues: the part of ICU MessageFormat that they use.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::mail {

/// A value for a name in braces: a text, and the whole number behind it where a plural depends on it.
struct Value {
  std::string_view name;
  std::string text;
  std::uint64_t count = 0;
};

/// The message with its values: {name}, {name, plural, one {...} other {... # ...}}, and quoting by apostrophe.
/// `language`  "ar": which plural form a number takes (plural_form)
/// errors      internal, for what is none of these, and for a name without a value
Result<std::string> format_message(std::string_view language, std::string_view message,
                                   const std::vector<Value>& values);

/// "zero", "one", "two", "few", "many" or "other", for a whole number (CLDR). English for languages not known here.
std::string_view plural_form(std::string_view language, std::uint64_t count);

}  // namespace renown::mail
