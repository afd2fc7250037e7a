#include "pipeline/lock_file.h"

#include "base/time.h"
#include "io/file_writer.h"
#include "pipeline/json_text.h"
#include "pipeline/provenance_json.h"
#include "score/model_file.h"

namespace renown::pipeline {
namespace {

void add_model(JsonText& json, const ScoreModel& model) {
  json.begin_object("model");
  json.text("name", model.name);
  json.begin_object("constants");
  for (const auto& [name, value] : score::constants(model)) json.raw(name, value);
  json.end_object();
  for (const auto* quantiles : {&model.quantiles_unprotected, &model.quantiles_verified}) {
    const std::string_view key =
        quantiles == &model.quantiles_unprotected ? "quantiles_unprotected" : "quantiles_verified";
    quantiles->empty() ? json.null(key) : json.text(key, quantiles->source);
  }
  json.end_object();
}

}  // namespace

std::string lock_text(const ScoreRequest& request, const RunInputs& loaded, std::string_view program_version,
                      const score::ScoreView* run) {
  JsonText json;
  json.begin_object();
  json.text("program", "renown");
  json.text("version", program_version);
  json.text("as_of", base::format_time(loaded.as_of));
  json.text("as_of_from", request.as_of ? "the caller" : "one second after the newest row");
  json.text("protection", loaded.lists.verified ? "verified" : "unprotected");
  json.text("verification", loaded.lists.verified ? "accounts on the list are verified, by decision of the operator"
                                                  : "no list was given: everybody counts alike and nothing is bounded");
  add_list_file(json, "verified", loaded.lists.verified_file);
  add_list_file(json, "people", loaded.lists.people_file);
  add_list_file(json, "pardon", loaded.lists.pardon_file);
  add_list_file(json, "folder_pardon", loaded.lists.folder_pardon);
  if (run) {
    json.begin_object("farm_search");
    json.count("farms", run->farms().size());
    json.count("accounts", score::accounts_in(run->farms()));
    json.end_object();
  }
  add_model(json, loaded.model);
  add_inputs(json, loaded.read);
  json.end_object();
  return std::move(json).take();
}

Result<io::FileWriter> write_lock(const std::string& score_path, const std::string& text) {
  auto file = io::FileWriter::create(score_path + ".lock");
  if (!file) return file.error();
  if (auto written = file->write(text); !written) return written.error();
  if (auto finished = file->finish(); !finished) return finished.error();
  return file;
}

}  // namespace renown::pipeline
