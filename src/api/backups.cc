#include "api/backups.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "base/time.h"
#include "upkeep/backup.h"

namespace renown::api {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRetrySeconds = 3600;  ///< after one that failed
constexpr std::int64_t kWaitSeconds = 30;     ///< between two looks at the clock
constexpr int kWeekdays = 7;

std::string name_of(int weekday) {
  return fmt::format("renown-{}.tar.zst", weekday);
}

/// 1 is Monday, of UTC.
int weekday_of(std::int64_t time) {
  const std::int64_t days = time / base::kSecondsPerDay;  // since a Thursday
  return static_cast<int>((days + 3) % kWeekdays) + 1;
}

std::int64_t seconds_of(fs::file_time_type time) {
  const auto since = std::chrono::file_clock::to_sys(time).time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

std::vector<Backup> backups_in(const std::string& folder) {
  std::vector<Backup> backups;
  for (int weekday = 1; weekday <= kWeekdays; ++weekday) {
    std::error_code missing;
    const fs::path path = fs::path(folder) / name_of(weekday);
    const auto size = fs::file_size(path, missing);
    const auto time = fs::last_write_time(path, missing);
    if (!missing) backups.push_back({name_of(weekday), seconds_of(time), size});
  }
  std::ranges::sort(backups, std::ranges::greater(), &Backup::made);
  return backups;
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
  const fs::path in = fs::weakly_canonical(inner), out = fs::weakly_canonical(outer);
  return std::mismatch(out.begin(), out.end(), in.begin(), in.end()).first == out.end();
}

/// Of all weekdays: the next one made would remove what its own day's left, and that may be a week off.
void remove_unfinished(const instance::Instance& instance, const std::string& folder) {
  for (int weekday = 1; weekday <= kWeekdays; ++weekday) {
    const auto removed = upkeep::remove_unfinished_backup((fs::path(folder) / name_of(weekday)).string());
    if (!removed && instance.options().report) instance.options().report(removed.error().message);
  }
}

}  // namespace

struct Backups::State {
  State(instance::Instance& of, BackupOptions given) : instance(of), options(std::move(given)) {}

  std::int64_t now() const { return instance.now(); }

  std::int64_t due() const {
    if (retry_at != 0) return retry_at;
    const auto made = backups_in(options.folder);
    return made.empty() ? 0 : made.front().made + options.every_seconds;
  }

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (is_wanted || now() >= due()) {
        is_wanted = false;
        is_running = true;
        lock.unlock();
        const Result<void> made = make();
        lock.lock();
        is_running = false;
        note(made);
      }
      changed.wait_for(lock, stop, std::chrono::seconds(kWaitSeconds), [this] { return is_wanted; });
    }
  }

  /// What was cut short by an erase is made when it has ended.
  void note(const Result<void>& made) {
    const bool is_cut_short = !made && made.error().code == ErrorCode::cancelled;
    retry_at = made ? 0 : now() + (is_cut_short ? kWaitSeconds : kRetrySeconds);
    problem = made || is_cut_short ? "" : made.error().message;
    if (!problem.empty() && instance.options().report) instance.options().report(problem);
  }

  Result<void> make() const {
    const std::int64_t time = now();
    const upkeep::BackupRequest request{.data_folder = instance.options().data_folder,
                                        .out_file = (fs::path(options.folder) / name_of(weekday_of(time))).string(),
                                        .token_key_file = instance.options().token_key_file,
                                        .now = time};
    return instance.read_log([&](const log::InteractionLog& log, pipeline::Progress& progress) -> Result<void> {
      const auto report = upkeep::back_up(log, request, progress);
      return report ? Result<void>() : report.error();
    });
  }

  instance::Instance& instance;
  BackupOptions options;
  mutable std::mutex mutex;  ///< of the next ones
  std::condition_variable_any changed;
  bool is_wanted = false, is_running = false;
  std::int64_t retry_at = 0;
  std::string problem;
  std::jthread thread;  ///< last: it ends before what it uses
};

Backups::Backups(std::unique_ptr<State> state) : state_(std::move(state)) {}

Backups::~Backups() = default;

Result<std::unique_ptr<Backups>> Backups::open(instance::Instance& instance, BackupOptions options) {
  if (!options.folder.empty()) {
    std::error_code ignored;
    if (!fs::is_directory(options.folder, ignored) || ::access(options.folder.c_str(), W_OK | X_OK) != 0) {
      return Error{ErrorCode::io,
                   fmt::format("--backups {}: this is no folder that can be written: make it first", options.folder)};
    }
    if (lies_in(options.folder, instance.options().data_folder)) {
      return Error{ErrorCode::usage,
                   fmt::format("--backups {}: it lies in the data folder: name one elsewhere, best on another disk",
                               options.folder)};
    }
    remove_unfinished(instance, options.folder);
  }
  return std::unique_ptr<Backups>(new Backups(std::make_unique<State>(instance, std::move(options))));
}

void Backups::start() {
  if (state_->options.folder.empty()) return;
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->run(stop); });
}

void Backups::request() {
  const std::lock_guard lock(state_->mutex);
  state_->is_wanted = true;
  state_->changed.notify_all();
}

BackupState Backups::state() const {
  BackupState told;
  told.is_on = !state_->options.folder.empty();
  if (!told.is_on) return told;
  const std::lock_guard lock(state_->mutex);
  told.is_running = state_->is_running || state_->is_wanted;
  told.problem = state_->problem;
  told.backups = backups_in(state_->options.folder);
  told.next = std::max(state_->due(), state_->now());
  return told;
}

}  // namespace renown::api
