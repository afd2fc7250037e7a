/// Takes secrets out of what is written down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/message.h"

namespace renown::net {

/// What stands in the place of a secret.
inline constexpr std::string_view kRemoved = "REMOVED";

/// Whether the value of such a key in a query or form is a secret: access_token, code, client_secret ...
bool is_secret_key(std::string_view key);

/// An address, form or header value whose secret values, in "key=value" parts, are replaced. What was replaced is added
/// to `found`.
std::string without_query_secrets(std::string_view text, std::vector<std::string>* found = nullptr);

/// The secrets a request carries: its credentials and the values of secret keys in address and body. Short ones (under
/// eight bytes) are left out, for they would be found everywhere.
std::vector<std::string> secrets_of(const Request& request);

/// `text` with every occurrence of each secret replaced.
std::string without(std::string text, const std::vector<std::string>& secrets);

}  // namespace renown::net
