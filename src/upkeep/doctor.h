/// What is well with a data folder, what is not, and what to do about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::upkeep {

enum class Health {
  well,
  note,   ///< nothing is broken, but the operator may want to know, or could not be looked at now
  wrong,  ///< something is broken, or will break
};

/// "well", "note", "wrong"
std::string_view health_name(Health health);

struct Finding {
  std::string check;  ///< what was looked at: "permissions", "log", "people.sqlite"
  Health health = Health::well;
  std::string found;      ///< one sentence or clause
  std::string todo = {};  ///< what to do; empty where all is well
};

struct DoctorRequest {
  std::string data_folder;
  std::string token_key_file;
  std::int64_t now = 0;  ///< unix seconds
  bool fix = false;      ///< remove what killed processes left: the only thing that is changed
};

/// Looks at everything that can be looked at: what cannot be opened is a finding, not an error. While another process
/// writes the folder its log and stores are not looked into. Cost: reads the structure of all stores, and of the log
/// what its tables say.
///
/// returns  in the order in which a table shows them
/// errors   not_found where there is no such data folder
Result<std::vector<Finding>> examine(const DoctorRequest& request);

/// Whether nothing is wrong.
bool is_well(const std::vector<Finding>& findings);

}  // namespace renown::upkeep
