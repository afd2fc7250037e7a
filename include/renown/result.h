/// Result<T>: a value or one clear sentence about why there is none.
#pragma once

#include <expected>
#include <string>
#include <type_traits>
#include <utility>

namespace renown {

/// Why something failed. A short closed list: one table turns it into exit codes, another into HTTP statuses.
enum class ErrorCode {
  bad_input,        ///< a file, record or value is not what it must be
  usage,            ///< the caller asked for something that does not exist
  not_found,        ///< a file, account or person is not there
  io,               ///< reading or writing failed: permissions, full disk, broken pipe
  busy,             ///< another process holds what is needed
  not_enough_data,  ///< the question cannot be answered from what is known
  cancelled,        ///< the user asked to stop
  internal,         ///< a defect of Renown
};

/// A code and a sentence that names the argument, file, line or record and says what to do.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
};

/// A T or an Error. Pass an error on in two plain lines:
///
///     auto rows = read_rows(path);
///     if (!rows) return rows.error();
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  Result(Error error) : std::expected<T, Error>(std::unexpect, std::move(error)) {}  // NOLINT: implicit on purpose

  template <class U = T>
    requires(std::is_constructible_v<T, U &&> && !std::is_same_v<std::remove_cvref_t<U>, Error> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : std::expected<T, Error>(std::in_place, std::forward<U>(value)) {}  // NOLINT: implicit on purpose
};

/// Success or an Error, for work that yields nothing else.
template <>
class [[nodiscard]] Result<void> : public std::expected<void, Error> {
 public:
  Result() = default;
  Result(Error error) : std::expected<void, Error>(std::unexpect, std::move(error)) {}  // NOLINT: implicit on purpose
};

inline Error bad_input(std::string message) {
  return {ErrorCode::bad_input, std::move(message)};
}

}  // namespace renown
