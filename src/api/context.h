/// Context: what every resource of the API works with.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "access/access_store.h"
#include "access/try_throttle.h"
#include "api/backups.h"
#include "api/klout_names.h"
#include "api/network_login.h"
#include "api/outlet.h"
#include "instance/instance.h"

namespace renown::api {

/// Outlives the routes that refer to it. Its parts may be used by any number of threads.
struct Context {
  instance::Instance& instance;
  access::AccessStore& access;
  access::TryThrottle& tries;
  Outlets& outlets;
  NetworkLogins& network_logins;
  Backups& backups;
  std::string public_url;        ///< "https://renown.example", without a slash at its end: what links begin with
  bool is_open = true;           ///< whoever proves an account may enrol; else only with an invitation
  std::string pseudonym_secret;  ///< what pseudonyms are worked out with; of the data folder, never told
  std::function<double()> steady_seconds;  ///< a clock that never goes back
  KloutNetworks klout_networks = {};

  std::int64_t now() const { return instance.now(); }
};

}  // namespace renown::api
