#include "pipeline/sync.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.h"
#include "log/data_folder.h"
#include "pipeline/source_settings.h"
#include "pipeline/source_watch.h"

namespace renown::pipeline {
namespace {

/// Readings at once, where sources are not followed: they mostly wait for servers.
constexpr std::size_t kMostReaders = 8;

/// After which a stream that broke is opened again; its cursor says from where.
constexpr std::int64_t kStreamSeconds = 30;

constexpr auto kStopLook = std::chrono::milliseconds(50);  ///< between two looks at whether the user wants to stop

Result<std::vector<log::Source>> chosen(const log::InteractionLog& log, const SyncRequest& request) {
  auto all = log.sources();
  if (!all) return all.error();
  if (request.sources.empty()) return all;
  std::vector<log::Source> some;
  for (const std::string& name : request.sources) {
    const auto found = std::ranges::find(*all, name, &log::Source::name);
    if (found == all->end()) {
      return Error{ErrorCode::not_found, fmt::format("there is no source {}: renown connect list shows all", name)};
    }
    some.push_back(*found);
  }
  return some;
}

/// Why a reading could not begin.
connect::Problem problem_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::bad_input:  // of tokens: they cannot be unsealed
      return {connect::ProblemKind::unauthorized, error.message};
    case ErrorCode::usage:
      return {connect::ProblemKind::refused, error.message};
    default:
      return {connect::ProblemKind::internal, error.message};
  }
}

/// The source as connectors take it. errors  usage
Result<connect::Source> as_set_up(const log::Source& source) {
  auto settings = parse_settings(source.settings);
  if (!settings) return settings.error();
  return connect::Source{
      .account = {source.network, source.account}, .server = source.server, .settings = std::move(*settings)};
}

/// What all readers share.
class Sync {
 public:
  Sync(const SyncRequest& request, log::InteractionLog log, SeenStore seen, std::optional<TokenStore> tokens,
       Progress& progress)
      : request_(request),
        log_(std::move(log)),
        seen_(std::move(seen)),
        tokens_(std::move(tokens)),
        progress_(progress) {}

  Result<std::vector<SourceOutcome>> run() {
    auto sources = chosen(log_, request_);
    if (!sources) return sources.error();
    std::vector<SourceReader> readers;
    pacers_.resize(sources->size());
    for (std::size_t i = 0; i < sources->size(); ++i) {
      if (request_.from_start) (*sources)[i].state.cursor = (*sources)[i].state.whole = "";
      pacers_[i] = request_.make_pacer();
      auto reader = SourceReader::open(destination_, (*sources)[i], *pacers_[i],
                                       [this](const SourceOutcome& durable) { committed(durable); });
      if (!reader) return reader.error();
      readers.push_back(std::move(*reader));
    }
    {
      const std::jthread watcher([this](const std::stop_token& done) { watch(done); });
      const std::size_t threads = request_.follow ? readers.size() : std::min(kMostReaders, readers.size());
      base::parallel_for(readers.size(), threads, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) tend(readers[i], *pacers_[i]);
      });
    }
    if (failure_) return *failure_;
    std::vector<SourceOutcome> outcomes;
    for (const SourceReader& reader : readers) outcomes.push_back(reader.outcome());
    return outcomes;
  }

 private:
  /// One source: read once, or again and again. A failure of the data folder ends all.
  void tend(SourceReader& reader, net::Pacer& pacer) {
    const auto found = find_connector(request_.connectors, reader.outcome().source.connector);
    const ConnectorKind kind = found ? **found : ConnectorKind{};
    SourceWatch watch(kind.watch ? [&] { return open_watch(reader, kind, pacer); } : SourceWatch::Open());
    connect::Extent extent = connect::Extent::whole;
    std::int64_t due = 0;  // the next whole reading
    do {
      const std::int64_t now = pacer.now();
      const auto read =
          found ? read_once(reader, kind, pacer, now, extent) : reader.note_problem(problem_of(found.error()), now);
      if (!read) return fail(read.error());
      if (!request_.follow || stop_.stop_requested()) return;
      {
        const std::lock_guard lock(destination_.mutex);
        if (request_.on_reading) request_.on_reading(reader.outcome());
      }
      if (extent == connect::Extent::whole) due = next_whole(reader, kind, pacer.now());
      extent = wait(reader, due, watch, pacer);
    } while (!stop_.stop_requested());
  }

  Result<void> read_once(SourceReader& reader, const ConnectorKind& kind, net::Pacer& pacer, std::int64_t now,
                         connect::Extent extent) {
    const log::Source& source = reader.outcome().source;
    if (source.state.retry_at > now) return {};  // as the network asked; the source stays as stale as it is
    auto network = NetworkAccess::open(request_.network, request_.data_folder, source, kind, tokens_, pacer);
    if (!network) return reader.note_problem(problem_of(network.error()), now);
    connect::Access access = (*network)->access(now);
    access.extent = extent;
    auto set_up = as_set_up(source);
    if (!set_up) return reader.note_problem(problem_of(set_up.error()), now);
    auto connector = kind.make(*set_up, access);
    if (!connector) return reader.note_problem(problem_of(connector.error()), now);
    return reader.read(**connector, now, extent, stop_.get_token());
  }

  std::expected<std::unique_ptr<connect::Watch>, connect::Problem> open_watch(const SourceReader& reader,
                                                                              const ConnectorKind& kind,
                                                                              net::Pacer& pacer) {
    const log::Source& source = reader.outcome().source;
    auto network = NetworkAccess::open(request_.network, request_.data_folder, source, kind, tokens_, pacer);
    if (!network) return std::unexpected(problem_of(network.error()));
    auto set_up = as_set_up(source);
    if (!set_up) return std::unexpected(problem_of(set_up.error()));
    return kind.watch(*set_up, (*network)->access(pacer.now()), stop_.get_token());
  }

  /// A stream goes on at once; after a problem, and for what is polled, there is a pause.
  std::int64_t next_whole(const SourceReader& reader, const ConnectorKind& kind, std::int64_t now) const {
    const bool is_well = reader.outcome().source.state.problem.empty();
    if (!kind.streams) return now + request_.poll_seconds;
    return is_well ? now : now + std::min(request_.poll_seconds, kStreamSeconds);
  }

  /// What to read next, when its time has come. News alone is read of what was read to its end: it mends nothing.
  connect::Extent wait(const SourceReader& reader, std::int64_t due, SourceWatch& watch, net::Pacer& pacer) {
    const std::optional<std::int64_t> retry_at = reader.outcome().source.state.retry_at;
    if (retry_at) due = std::max(due, *retry_at);
    const SourceStanding standing = reader.outcome().standing();
    if (standing == SourceStanding::current || standing == SourceStanding::partial) {
      return watch.wait(due, pacer, stop_.get_token()) ? connect::Extent::news : connect::Extent::whole;
    }
    const std::int64_t now = pacer.now();
    if (due > now) static_cast<void>(pacer.wait(static_cast<double>(due - now), stop_.get_token()));
    return connect::Extent::whole;
  }

  void committed(const SourceOutcome& durable) {
    rows_ += durable.counts.rows - std::exchange(seen_rows_[durable.source.name], durable.counts.rows);
    progress_.update("reading sources", rows_, 0, "interactions");
    if (request_.on_commit) request_.on_commit(durable);
  }

  void watch(const std::stop_token& done) {
    while (!done.stop_requested()) {
      if (progress_.cancelled()) stop_.request_stop();
      std::this_thread::sleep_for(kStopLook);
    }
  }

  void fail(const Error& error) {
    const std::lock_guard lock(destination_.mutex);
    if (!failure_) failure_ = error;
    stop_.request_stop();
  }

  const SyncRequest& request_;
  log::InteractionLog log_;
  SeenStore seen_;
  std::optional<TokenStore> tokens_;
  Progress& progress_;
  std::vector<std::unique_ptr<net::Pacer>> pacers_;
  std::stop_source stop_;
  std::optional<Error> failure_;
  std::uint64_t rows_ = 0;
  std::map<std::string, std::uint64_t> seen_rows_;  ///< by source, of what `rows_` counts already
  Destination destination_{log_, seen_};
};

}  // namespace

Result<std::vector<SourceOutcome>> sync(const SyncRequest& request, Progress& progress) {
  auto log = log::InteractionLog::open_for_writing(request.data_folder);
  if (!log) return log.error();
  auto seen = SeenStore::open_for_writing(log::DataFolder(request.data_folder).seen());
  if (!seen) return seen.error();
  std::optional<TokenStore> tokens;
  if (TokenStore::exists(request.data_folder)) {
    auto opened = TokenStore::open(request.data_folder, request.token_key_file);
    if (!opened) return opened.error();
    tokens.emplace(std::move(*opened));
  }
  return Sync(request, std::move(*log), std::move(*seen), std::move(tokens), progress).run();
}

}  // namespace renown::pipeline
