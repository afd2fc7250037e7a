/// Where an account of the Fediverse is asked for.
#pragma once

#include <string>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::mastodon {

struct Address {
  std::string server;  ///< "https://a.example"
  std::string name;    ///< "ann"
  std::string handle;  ///< "ann@a.example"
};

/// Of source.account "https://HOST/users/NAME", "https://HOST/@NAME" or "NAME@HOST", and source.server where one is
/// given. errors  usage, saying what to give
Result<Address> address_of(const Source& source);

}  // namespace renown::connect::mastodon
