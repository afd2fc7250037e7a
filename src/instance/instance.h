/// Instance: one running Renown: it owns a data folder, keeps its scores current in the background, and gives out
/// immutable views of them, which any number of threads may read while the next ones are being made.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "renown/result.h"

#include "base/held.h"
#include "instance/directory.h"
#include "instance/finding_store.h"
#include "instance/findings.h"
#include "instance/job_progress.h"
#include "instance/point_store.h"
#include "instance/published.h"
#include "instance/reasons.h"
#include "log/interaction_log.h"
#include "pipeline/people_folder.h"
#include "pipeline/score_log.h"
#include "pipeline/source_setup.h"
#include "pipeline/sync.h"

namespace renown::instance {

struct InstanceOptions {
  std::string data_folder = {};
  std::string token_key_file = {};  ///< of sealed tokens, where the folder has any
  std::string model = {};           ///< as of pipeline::ScoreRequest, like the next
  std::optional<double> half_life_days = {};
  std::optional<double> verified_share = {};
  std::string pardon_file = {};
  std::size_t threads = 1;
  std::uint64_t memory_bytes = 0;
  pipeline::NetworkOptions network = {};
  std::int64_t sync_every_seconds = 86'400;  ///< 0: only when asked

  std::function<std::int64_t()> clock;                ///< unix seconds; called by several threads
  std::function<void(std::string_view)> report = {};  ///< a sentence for the operator; by several threads

  /// People who must not have a card, because they opted out.
  std::function<bool(PersonId)> is_left_out = {};

  /// Called after a run was published, on the background thread.
  std::function<void(const Published& before, const Published& after)> on_published = {};
};

/// How the last reading of the sources ended, and the last run.
struct Standing {
  std::optional<JobState> job;
  std::optional<std::int64_t> next_sync;  ///< unix seconds
  std::string sync_problem;               ///< one sentence; empty: there was none
  std::string score_problem;
  bool needs_score = false;  ///< something changed since the last run began
};

class Instance {
 public:
  /// Opens the folder, or makes it, and loads what was published. Nothing runs before start().
  /// errors  busy where another process has the folder; as of its stores
  static Result<std::unique_ptr<Instance>> open(InstanceOptions options);

  /// Begins the background work: first a run, so that reasons are at hand, then by schedule and on demand.
  void start();

  /// Ends it, leaving nothing half-written. Calling it again does nothing.
  void stop();
  ~Instance();

  // -- views, as they stand when they are asked for

  base::Held<Published> published() const { return published_.load(); }
  base::Held<Directory> directory() const { return directory_.load(); }
  /// Null until the first run has ended, and after an erase until the next has.
  base::Held<Reasons> reasons() const { return reasons_.load(); }
  /// What the last run's search for farms found. Null as reasons() is.
  base::Held<Findings> findings() const { return findings_.load(); }
  base::Held<std::vector<log::Source>> sources() const { return sources_.load(); }
  Standing standing() const;

  // -- asking for work

  void request_score();
  /// Empty: all sources.
  void request_sync(std::vector<std::string> sources = {});

  // -- the stores; one caller at a time

  /// Runs `change` on the people of the folder. Afterwards the directory is read anew and a run is asked for.
  Result<void> change_people(const std::function<Result<void>(pipeline::PeopleFolder&)>& change);

  /// Runs `ask` on the people of the folder, changing nothing.
  Result<void> ask_people(const std::function<Result<void>(pipeline::PeopleFolder&)>& ask);

  /// Runs `read` on the log while other work goes on. An erase waits until it has ended, and asks it by the progress to
  /// end soon.
  Result<void> read_log(const std::function<Result<void>(const log::InteractionLog&, pipeline::Progress&)>& read);

  Result<void> add_source(const log::Source& source, const pipeline::SourceToken& token);
  Result<void> remove_source(const std::string& name);

  Result<std::vector<HistoryPoint>> history(PersonId person, std::int64_t since);
  Result<std::vector<PublishedRun>> runs(std::int64_t before, std::size_t most);

  /// Takes a person's card back at once, until they are no longer left out and a run has ended.
  void withdraw(PersonId person);

  /// Erases a person with all accounts, from log, people, sources, tokens and published points. Background work is
  /// stopped for it and goes on afterwards. errors  as PeopleFolder::opt_out
  Result<pipeline::EraseSummary> erase(PersonId person);

  /// Those of the given people who are not here any more: they were erased while this instance did not run, or it was
  /// killed in between. errors  of the registry
  Result<std::vector<PersonId>> gone(std::vector<PersonId> people);

  /// A secret of the data folder's, of no other use than `purpose`; the same as long as the folder lives.
  std::string secret(std::string_view purpose) const;

  const InstanceOptions& options() const { return options_; }
  std::int64_t now() const { return options_.clock(); }

 private:
  struct Work {
    bool score = false;
    bool sync = false;
    std::vector<std::string> sources;  ///< of the sync; empty: all
  };

  Instance(InstanceOptions options, log::InteractionLog log, pipeline::PeopleFolder people, PointStore points,
           FindingStore findings);
  void run(const std::stop_token& stop);
  std::optional<Work> wait_for_work(const std::stop_token& stop);
  void forget_the_gone();
  void sync(const std::vector<std::string>& sources);
  pipeline::ScoreRequest score_request() const;
  void score();
  Result<void> publish(const Reasons& reasons, double seconds);
  std::vector<PersonCard> cards_of(const Reasons& reasons) const;
  Result<std::shared_ptr<const Findings>> number_findings(std::shared_ptr<const Reasons> reasons);
  Result<void> weigh(const Findings& findings, const pipeline::ScoreRequest& request);
  std::string member_name(const Account& account) const;
  Result<void> read_directory();
  void read_sources();
  void report(std::string_view sentence) const;

  InstanceOptions options_;
  log::InteractionLog log_;

  std::mutex people_mutex_;
  pipeline::PeopleFolder people_;
  std::mutex points_mutex_;
  PointStore points_;
  std::shared_mutex log_gate_;  ///< shared by whoever reads or writes the log, exclusive for an erase

  std::atomic<std::shared_ptr<const Published>> published_;
  std::atomic<std::shared_ptr<const Directory>> directory_;
  std::atomic<std::shared_ptr<const Reasons>> reasons_;
  std::atomic<std::shared_ptr<const std::vector<log::Source>>> sources_;

  JobProgress progress_;
  JobProgress aside_;              ///< of read_log()
  mutable std::mutex work_mutex_;  ///< of the next ones
  std::condition_variable_any work_changed_;
  Work work_;
  Standing standing_;
  std::int64_t score_not_before_ = 0;  ///< unix seconds: changes that come together make one run

  FindingStore finding_store_;  ///< under points_mutex_: it shares the file
  std::atomic<std::shared_ptr<const Findings>> findings_;

  std::jthread thread_;  ///< last: it ends before what it uses
};

}  // namespace renown::instance
