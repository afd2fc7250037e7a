#include "pipeline/provenance_json.h"

namespace renown::pipeline {

void add_inputs(JsonText& json, const ReadSummary& read) {
  json.begin_array("inputs");
  for (const ReadLog& log : read.logs) {
    json.begin_object();
    json.text("name", log.name);
    log.sha256.empty() ? json.null("sha256") : json.text("sha256", log.sha256);
    if (!log.rows_digest.empty()) json.text("rows_digest", log.rows_digest);
    json.count("bytes", log.size_bytes);
    json.count("records", log.report.records);
    json.count("interactions", log.report.interactions);
    json.count("bad", log.report.bad);
    json.end_object();
  }
  json.end_array();
}

void add_list_file(JsonText& json, std::string_view key, const std::optional<ListFile>& file) {
  if (!file) return json.null(key);
  json.begin_object(key);
  json.text("name", file->path);
  json.text("sha256", file->sha256);
  json.count("entries", file->entries);
  json.end_object();
}

}  // namespace renown::pipeline
