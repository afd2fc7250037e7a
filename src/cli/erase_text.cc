#include "cli/erase_text.h"

#include "pipeline/json_text.h"

namespace renown::cli {

std::string erase_json(const pipeline::EraseSummary& gone) {
  pipeline::JsonText json;
  json.begin_object();
  json.count("rows_removed", gone.log.rows_removed);
  json.count("rows_cleaned", gone.log.rows_cleaned);
  json.count("sources_removed", gone.log.sources);
  json.count("links_removed", gone.people.accounts);
  json.count("people_removed", gone.people.people);
  json.count("invitations_removed", gone.people.invitations);
  json.end_object();
  return std::move(json).take();
}

}  // namespace renown::cli
