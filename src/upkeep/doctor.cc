#include "upkeep/doctor.h"

#include <algorithm>
#include <iterator>

#include "log/data_folder.h"
#include "upkeep/checks.h"

namespace renown::upkeep {
namespace {

void append(std::vector<Finding>& all, std::vector<Finding> more) {
  std::ranges::move(more, std::back_inserter(all));
}

Finding not_opened(const Error& error) {
  if (error.code == ErrorCode::busy) {
    return {"log", Health::note, error.message, "for a look inside, run renown doctor while nothing writes"};
  }
  return {"log", Health::wrong, error.message, "do as it says; where that does not help, restore a backup"};
}

void look_inside(const DoctorRequest& request, const std::string& folder, std::vector<Finding>& findings) {
  const auto log = log::InteractionLog::open_for_reading(folder);
  findings.push_back(check_clock(request.now, log ? latest_moment(*log) : 0));
  if (!log) {
    findings.push_back(not_opened(log.error()));
    if (log.error().code == ErrorCode::busy) return;  // and the stores are written too
  } else {
    findings.push_back(check_log(*log));
    findings.push_back(check_cursors(*log));
    append(findings, check_sources(*log, request.now));
  }
  append(findings, check_stores(folder));
  findings.push_back(check_tokens(folder, request.token_key_file));
  findings.push_back(check_verified(folder));
}

}  // namespace

std::string_view health_name(Health health) {
  switch (health) {
    case Health::well:
      return "well";
    case Health::note:
      return "note";
    case Health::wrong:
      return "wrong";
  }
  return "";
}

Result<std::vector<Finding>> examine(const DoctorRequest& request) {
  const log::DataFolder folder(request.data_folder);
  if (auto there = folder.check(); !there) return there.error();
  std::vector<Finding> findings = {check_permissions(folder.path()), check_leftovers(folder.path(), request.fix),
                                   check_disk(folder.path()), check_memory()};
  look_inside(request, folder.path(), findings);
  return findings;
}

bool is_well(const std::vector<Finding>& findings) {
  return std::ranges::none_of(findings, [](const Finding& finding) { return finding.health == Health::wrong; });
}

}  // namespace renown::upkeep
