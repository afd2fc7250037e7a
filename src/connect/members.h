/// What connectors take of JSON objects, and put into addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"

namespace renown::connect {

/// Members that must be there, each read in turn, and what is wrong with the first that is not as it must be:
///
///     Members of(item);
///     const std::string_view login = of.text("login");
///     const std::int64_t created = of.time("created_at");
///     if (!of.all_good()) return of.error();
class Members {
 public:
  explicit Members(io::JsonValue object) : object_(object) {}

  /// A text that is not empty, or a number as it is written.
  std::string_view text(std::string_view member);
  /// A whole number, also one that is written as a text.
  std::int64_t number(std::string_view member);
  /// A time in unix seconds or as RFC 3339 has it; as unix seconds.
  std::int64_t time(std::string_view member);

  bool all_good() const { return problem_.empty(); }
  Error error() const { return bad_input(problem_); }  ///< one clause, naming the member

 private:
  void complain(std::string_view member, std::string_view what);

  io::JsonValue object_;
  std::string problem_;
};

/// The number that a text is; nothing where it is none.
std::optional<std::int64_t> whole_number(std::string_view text);

/// Whether a text is one or more of the letters A to Z, digits, _ and -: what several networks call a user name.
bool is_plain_name(std::string_view text);

/// `text` as a part of an address: whatever is not a letter, a digit or one of -._~/ becomes %XX.
std::string in_address(std::string_view text);

/// The first characters of a plain text, line ends and other control characters as blanks: the text of a Post.
std::string beginning(std::string_view text);

}  // namespace renown::connect
