#include "pipeline/score_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "aggregate/acts.h"
#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "base/time.h"
#include "people/account_lists.h"
#include "pipeline/people_folder.h"
#include "pipeline/take_folder.h"
#include "pipeline/working_room.h"
#include "score/model_file.h"
#include "score/sweep.h"

namespace renown::pipeline {
namespace {

Result<std::string> read_text_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return bad_input(fmt::format("model file {} is a folder: name a model file", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::not_found, fmt::format("model file {} cannot be opened", path)};
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return Error{ErrorCode::io, fmt::format("model file {} cannot be read", path)};
  return std::move(text).str();
}

std::string model_name(const ScoreRequest& request) {
  return request.model.empty() ? std::string(score::kDefaultModel) : request.model;
}

Error unknown_model(const std::string& name) {
  return {ErrorCode::usage, fmt::format("--model {}: neither a shipped model ({}) nor a file", name,
                                        fmt::join(score::shipped_models(), ", "))};
}

Result<ListFile> describe(const std::string& path, std::size_t entries) {
  auto digest = file_digest(path);
  if (!digest) return digest.error();
  return ListFile{path, std::move(*digest), entries};
}

/// Gives the rows of the request's logs, or of its data folder, to `events`.
Result<ReadSummary> read_into(aggregate::EventTable& events, const ScoreRequest& request, Progress& progress) {
  const auto receive = [&](const model::InteractionBlock& block) -> Result<void> {
    events.add(block);
    return {};
  };
  if (!request.logs.paths.empty()) return read_logs(request.logs, receive, progress);
  return read_folder(request.data_folder, request.threads, request.memory_bytes, receive, progress);
}

ReceiveBlock into(aggregate::Intake& intake, base::SpillArea& area) {
  return [&](const model::InteractionBlock& block) -> Result<void> {
    intake.add(block);
    return area.status();
  };
}

Result<TakenIn> take_logs(const ScoreRequest& request, const PeopleMap& people, base::SpillArea& area,
                          Progress& progress) {
  const auto paths = find_logs(request.logs.paths);
  if (!paths) return paths.error();
  const bool may_undo = std::ranges::any_of(*paths, may_hold_undos);
  const aggregate::Intake::Keeps keeps{.keys = may_undo, .texts = request.ledger};
  TakenIn taken{std::make_unique<aggregate::Intake>(people, area, keeps), {}};
  auto read = read_logs(request.logs, into(*taken.intake, area), progress);
  if (!read) return read.error();
  if (!may_undo && !taken.intake->undos().empty())
    return Error{ErrorCode::io, "a log changed while it was read: undos came into it; run again"};
  taken.read = std::move(*read);
  taken.intake->finish();
  return taken;
}

/// What is kept of a folder from run to run has no texts: for a ledger the whole log is read.
Result<TakenIn> take_folder_with_texts(const ScoreRequest& request, const PeopleMap& people, base::SpillArea& area,
                                       Progress& progress) {
  TakenIn taken{std::make_unique<aggregate::Intake>(people, area, aggregate::Intake::Keeps{.texts = true}), {}};
  auto read =
      read_folder(request.data_folder, request.threads, request.memory_bytes, into(*taken.intake, area), progress);
  if (!read) return read.error();
  taken.read = std::move(*read);
  taken.intake->finish();
  return taken;
}

Result<TakenIn> take_folder_of(const ScoreRequest& request, const LoadedLists& lists, base::SpillArea& area,
                               Progress& progress) {
  if (request.ledger) return take_folder_with_texts(request, lists.people, area, progress);
  const std::string people_sha256 = lists.people_file ? lists.people_file->sha256 : "";
  return take_folder({.path = request.data_folder,
                      .people = lists.people,
                      .people_sha256 = people_sha256,
                      .threads = request.threads,
                      .memory_bytes = request.memory_bytes},
                     area, progress);
}

/// Model and lists: cheap checks come first, a typing mistake must not cost a long read.
Result<void> load_rules(const ScoreRequest& request, RunInputs& inputs) {
  auto model = load_model(request);
  if (!model) return model.error();
  inputs.model = std::move(*model);
  auto lists = load_lists(request);
  if (!lists) return lists.error();
  inputs.lists = std::move(*lists);
  return {};
}

Result<std::int64_t> as_of_or_newest(const ScoreRequest& request, std::optional<std::int64_t> newest) {
  if (request.as_of) return *request.as_of;
  if (newest) return *newest + 1;
  return Error{ErrorCode::not_enough_data, "the log holds no interaction up to now, so there is nothing to score"};
}

}  // namespace

Result<std::string> load_model_text(const ScoreRequest& request) {
  const std::string name = model_name(request);
  std::string text(score::shipped_model(name));
  if (!text.empty()) return text;
  std::error_code ignored;
  if (!std::filesystem::exists(name, ignored)) return unknown_model(name);
  return read_text_file(name);
}

Result<ScoreModel> load_model(const ScoreRequest& request) {
  auto text = load_model_text(request);
  if (!text) return text.error();
  auto model = score::parse_model(*text, model_name(request));
  if (model && request.half_life_days) model = score::with_half_life(std::move(*model), *request.half_life_days);
  if (model && request.verified_share) model = score::with_verified_share(std::move(*model), *request.verified_share);
  return model;
}

Result<LoadedLists> load_lists(const ScoreRequest& request) {
  LoadedLists lists;
  if (!request.people_file.empty()) {
    auto people = people::read_people(request.people_file);
    if (!people) return people.error();
    lists.people = std::move(*people);
    auto file = describe(request.people_file, lists.people.size());
    if (!file) return file.error();
    lists.people_file = std::move(*file);
  }
  if (!request.verified_file.empty()) {
    auto verified = people::read_account_list(request.verified_file);
    if (!verified) return verified.error();
    lists.verified = std::move(*verified);
    auto file = describe(request.verified_file, lists.verified->size());
    if (!file) return file.error();
    lists.verified_file = std::move(*file);
  }
  if (!request.pardon_file.empty()) {
    auto pardoned = people::read_account_list(request.pardon_file);
    if (!pardoned) return pardoned.error();
    lists.pardoned = std::move(*pardoned);
    auto file = describe(request.pardon_file, lists.pardoned.size());
    if (!file) return file.error();
    lists.pardon_file = std::move(*file);
  }
  if (request.logs.paths.empty() && !request.data_folder.empty()) {
    if (auto added = add_lists_of_people(request.data_folder, lists); !added) return added.error();
  }
  return lists;
}

Result<LoadedLog> load_log(const ScoreRequest& request, Progress& progress) {
  LoadedLog loaded;
  if (auto rules = load_rules(request, loaded); !rules) return rules.error();
  auto read = read_into(loaded.events, request, progress);
  if (!read) return read.error();
  loaded.read = std::move(*read);
  const auto after_newest = aggregate::default_as_of(loaded.events, request.now);
  auto as_of = as_of_or_newest(request, after_newest ? std::optional(*after_newest - 1) : std::nullopt);
  if (!as_of) return as_of.error();
  loaded.as_of = *as_of;
  return loaded;
}

Result<SweptLog> sweep_log(const ScoreRequest& request, Progress& progress) {
  auto inputs = std::make_unique<RunInputs>();
  if (auto rules = load_rules(request, *inputs); !rules) return rules.error();
  base::SpillArea area(memory_for_working_data(request.memory_bytes), folder_for_working_data());
  auto taken = request.logs.paths.empty() ? take_folder_of(request, inputs->lists, area, progress)
                                          : take_logs(request, inputs->lists.people, area, progress);
  if (!taken) return taken.error();
  if (auto room = area.status(); !room) return room.error();
  aggregate::Intake& intake = *taken->intake;
  inputs->read = std::move(taken->read);
  auto as_of = as_of_or_newest(request, request.as_of ? std::nullopt : intake.newest_until(request.now));
  if (!as_of) return as_of.error();
  inputs->as_of = *as_of;

  const score::SweepRequest sweep{.model = inputs->model,
                                  .as_of = inputs->as_of,
                                  .people = inputs->lists.people,
                                  .verified = inputs->lists.verified ? &*inputs->lists.verified : nullptr,
                                  .pardoned = inputs->lists.pardoned,
                                  .threads = request.threads,
                                  .ledger = request.ledger};
  auto sheet =
      score::sweep_scores(intake, area, sweep, [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
        progress.update(stage, done, total, "parts");
        return !progress.cancelled();
      });
  if (!sheet) return sheet.error();
  return SweptLog{std::move(inputs), std::move(*sheet), area.spilled_bytes()};
}

score::ScoreRun score_events(aggregate::EventTable events, const LoadedLists& lists, const ScoreModel& model,
                             std::int64_t as_of, std::size_t threads) {
  const auto provoked_seconds =
      static_cast<std::int64_t>(model.provoked_days * static_cast<double>(base::kSecondsPerDay));
  aggregate::Acts acts = aggregate::derive_acts(std::move(events), lists.people, as_of, provoked_seconds, threads);
  score::Lists by{.people = &lists.people, .verified = lists.verified ? &*lists.verified : nullptr, .farm = nullptr};
  std::vector<score::Farm> farms;
  AccountSet found;
  if (!lists.farm) {
    farms = score::find_farms(acts, score::spared_people(acts, by, lists.pardoned), model, as_of, threads);
    found = score::accounts_of(farms, acts.accounts);
  }
  const AccountSet& farm = lists.farm ? *lists.farm : found;
  if (!farm.empty()) by.farm = &farm;
  score::ScoreRun run = score::score_acts(std::move(acts), by, model, as_of, threads);
  run.farms = std::move(farms);
  return run;
}

}  // namespace renown::pipeline
