/// Exit codes, and the one table from errors to them.
#pragma once

#include "renown/result.h"

namespace renown::cli {

inline constexpr int kOk = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2;
inline constexpr int kNotEnoughData = 3;
inline constexpr int kPartlyFailed = 4;

constexpr int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return kUsage;
    case ErrorCode::not_enough_data:
      return kNotEnoughData;
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
    case ErrorCode::io:
    case ErrorCode::busy:
    case ErrorCode::cancelled:
    case ErrorCode::internal:
      return kFailure;
  }
  return kFailure;
}

/// "renown: <sentence>" on the error stream; returns the exit code.
int report(const Error& error);

}  // namespace renown::cli
