/// Rewriting a model file: the same file with other values, so that a diff shows what changed and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"
#include "renown/score_model.h"

namespace renown::score {

/// A constant with a new value. In section "networks" the line is added if it is not there.
struct ConstantChange {
  std::string section;
  std::string key;
  double value = 0.0;
  std::string unit, reason, source;  ///< texts without quotes, backslashes and control characters
};

struct ModelRewrite {
  std::string name;
  std::vector<std::string> comments;  ///< lines put above all others, without "# "
  std::vector<ConstantChange> changes;
  ReferenceQuantiles unprotected, verified;  ///< in place of the old ones; empty: none
};

/// Replaces lines of `base`, which writes each constant as `key = { value = ..., ... }` on a line of its own under its
/// [section], as shipped models do. Old lines of [networks] go, unless they are among the changes.
///
/// base_name  used in error sentences
/// returns    a text that parse_model reads, with exactly these values
/// errors     bad_input naming a constant that the base writes in another way
Result<std::string> rewrite_model(std::string_view base, std::string_view base_name, const ModelRewrite& rewrite);

}  // namespace renown::score
