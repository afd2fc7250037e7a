#include "cli/source_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "pipeline/people_json.h"
#include "pipeline/source_standing.h"

namespace renown::cli {
namespace {

using pipeline::SourceStanding;
using pipeline::stale_since;
using pipeline::standing_name;
using pipeline::standing_of;

constexpr std::size_t kNameColumns = 36;

std::string header(const Terminal& terminal, std::string_view rows) {
  return terminal.bold(fmt::format("{}  {}  {}  {}", pad("source", kNameColumns), pad_left(rows, 12),
                                   pad("last complete", 20), "state")) +
         "\n";
}

std::string state_text(const Terminal& terminal, const log::SourceState& state) {
  const SourceStanding standing = standing_of(state);
  const std::string name(standing_name(standing));
  return standing == SourceStanding::current ? name : terminal.warning(name);
}

/// A line, and one below it that says why the source is not complete.
std::string line(const Terminal& terminal, const log::Source& source, std::uint64_t rows) {
  const log::SourceState& state = source.state;
  std::string text = fmt::format(
      "{}  {}  {}  {}\n", terminal.accent(pad(base::printable(source.name), kNameColumns)), pad_left(grouped(rows), 12),
      pad(state.whole_time ? base::format_time(*state.whole_time) : "never", 20), state_text(terminal, state));
  if (state.sentence.empty()) return text;
  std::string why = base::printable(state.sentence);
  if (state.skipped > 1) why += fmt::format(", and {} more parts", state.skipped - 1);
  if (state.retry_at) why += fmt::format("; not before {}", base::format_time(*state.retry_at));
  return text + terminal.dim("  " + why) + "\n";
}

}  // namespace

std::string sources_text(const Terminal& terminal, const std::vector<log::Source>& sources) {
  if (sources.empty()) return "No source yet: renown connect add NETWORK ACCOUNT makes the first.\n";
  std::string text = header(terminal, "rows");
  for (const log::Source& source : sources) text += line(terminal, source, source.added);
  return text;
}

std::string outcomes_text(const Terminal& terminal, const std::vector<pipeline::SourceOutcome>& outcomes) {
  if (outcomes.empty()) return sources_text(terminal, {});
  std::string text = header(terminal, "new rows");
  for (const pipeline::SourceOutcome& outcome : outcomes) text += line(terminal, outcome.source, outcome.counts.added);
  return text;
}

std::string sources_json(const std::vector<log::Source>& sources) {
  pipeline::JsonText json;
  json.begin_object();
  json.begin_array("sources");
  for (const log::Source& source : sources) {
    pipeline::begin_source(json, source);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

std::string outcomes_json(const std::vector<pipeline::SourceOutcome>& outcomes) {
  pipeline::JsonText json;
  json.begin_object();
  json.begin_array("sources");
  for (const pipeline::SourceOutcome& outcome : outcomes) {
    pipeline::begin_source(json, outcome.source);
    json.count("records", outcome.report.records);
    json.count("bad", outcome.report.bad);
    json.count("rows", outcome.counts.rows);
    json.count("added", outcome.counts.added);
    json.count("duplicates", outcome.counts.duplicates);
    json.count("erased", outcome.counts.erased);
    json.count("unusable", outcome.counts.unusable);
    json.count("profiles", outcome.profiles);
    json.count("posts", outcome.posts);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

std::string reading_line(const pipeline::SourceOutcome& outcome) {
  const log::SourceState& state = outcome.source.state;
  std::string text = fmt::format(
      "{}  {}: {} new rows so far, {}", state.tried_time ? base::format_time(*state.tried_time) : "-",
      base::printable(outcome.source.name), grouped(outcome.counts.added), standing_name(outcome.standing()));
  if (!state.sentence.empty()) text += ": " + base::printable(state.sentence);
  return text + "\n";
}

}  // namespace renown::cli
