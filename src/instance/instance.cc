#include "instance/instance.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/idle_memory.h"
#include "base/time.h"
#include "log/data_folder.h"
#include "pipeline/source_setup.h"
#include "pipeline/source_standing.h"

namespace renown::instance {
namespace {

/// Changes of people often come in rows: the run waits until so many seconds have gone by.
constexpr std::int64_t kSettleSeconds = 2;

/// Between official runs a day's scores are those of its end (docs/scoring): nothing fades within a day.
std::int64_t coming_midnight(std::int64_t now) {
  return (now / base::kSecondsPerDay + 1) * base::kSecondsPerDay;
}

struct OpenedPoints {
  PointStore store;
  Published published;
};

Result<OpenedPoints> open_points(const std::string& path) {
  auto store = PointStore::open(path);
  if (!store) return store.error();
  auto published = Published::load(*store);
  if (!published) return published.error();
  return OpenedPoints{std::move(*store), std::move(*published)};
}

bool same_card(const ScoreCard& a, const ScoreCard& b) {
  return a.score == b.score && a.raw == b.raw && a.vouched_raw == b.vouched_raw && a.reach == b.reach &&
         a.interactions == b.interactions && a.amplification == b.amplification && a.percentile == b.percentile &&
         a.score_low == b.score_low && a.score_high == b.score_high && a.bound_raw == b.bound_raw;
}

bool same_cards(const std::vector<PersonCard>& a, const std::vector<PersonCard>& b) {
  return std::ranges::equal(a, b, [](const PersonCard& left, const PersonCard& right) {
    return left.person == right.person && same_card(left.card, right.card);
  });
}

}  // namespace

Result<std::unique_ptr<Instance>> Instance::open(InstanceOptions options) {
  auto log = log::InteractionLog::create(options.data_folder, log::TombstoneKey::random(),
                                         {.memory_limit_bytes = options.memory_bytes / 2});
  if (!log) return log.error();
  if (auto shared = log->share_within_process(); !shared) return shared.error();
  // The folder is ours from here on. What was published is read beside its people.
  auto opening = std::async(std::launch::async, open_points, log::DataFolder(options.data_folder).points());
  auto people = pipeline::PeopleFolder::open_for_writing(options.data_folder);
  if (!people) return people.error();
  auto directory = Directory::read(people->registry());
  if (!directory) return directory.error();
  auto points = opening.get();
  if (!points) return points.error();
  auto findings = FindingStore::open(log::DataFolder(options.data_folder).points());
  if (!findings) return findings.error();
  std::unique_ptr<Instance> instance(new Instance(std::move(options), std::move(*log), std::move(*people),
                                                  std::move(points->store), std::move(*findings)));
  instance->published_ = std::make_shared<const Published>(std::move(points->published));
  instance->directory_ = std::make_shared<const Directory>(std::move(*directory));
  instance->read_sources();
  return instance;
}

Instance::Instance(InstanceOptions options, log::InteractionLog log, pipeline::PeopleFolder people, PointStore points,
                   FindingStore findings)
    : options_(std::move(options)),
      log_(std::move(log)),
      people_(std::move(people)),
      points_(std::move(points)),
      finding_store_(std::move(findings)) {}

Instance::~Instance() {
  stop();
}

void Instance::start() {
  {
    const std::lock_guard lock(work_mutex_);
    work_.score = true;
    if (options_.sync_every_seconds > 0) standing_.next_sync = now() + options_.sync_every_seconds;
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Instance::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  progress_.stop();
  aside_.stop();
  work_changed_.notify_all();
  thread_.join();
}

Standing Instance::standing() const {
  const std::lock_guard lock(work_mutex_);
  Standing standing = standing_;
  standing.job = progress_.state();
  standing.needs_score = work_.score;
  return standing;
}

void Instance::request_score() {
  const std::lock_guard lock(work_mutex_);
  work_.score = true;
  score_not_before_ = now() + kSettleSeconds;
  work_changed_.notify_all();
}

void Instance::request_sync(std::vector<std::string> sources) {
  const std::lock_guard lock(work_mutex_);
  const bool asks_for_all = sources.empty() || (work_.sync && work_.sources.empty());
  if (asks_for_all) {
    work_.sources.clear();
  } else {
    work_.sources.insert(work_.sources.end(), std::make_move_iterator(sources.begin()),
                         std::make_move_iterator(sources.end()));
  }
  work_.sync = true;
  work_changed_.notify_all();
}

// -- background work

void Instance::run(const std::stop_token& stop) {
  forget_the_gone();
  while (const auto work = wait_for_work(stop)) {
    if (work->sync) sync(work->sources);
    if (work->sync || work->score) score();
    progress_.end();
    base::give_back_idle_memory();
  }
}

std::optional<Instance::Work> Instance::wait_for_work(const std::stop_token& stop) {
  std::unique_lock lock(work_mutex_);
  std::int64_t day = now() / base::kSecondsPerDay;
  while (!stop.stop_requested()) {
    const std::int64_t time = now();
    if (standing_.next_sync && time >= *standing_.next_sync) {
      standing_.next_sync = time + options_.sync_every_seconds;
      work_.sync = true;
      work_.sources.clear();
    }
    if (time / base::kSecondsPerDay != day) work_.score = true;  // a new day: everything is a day older
    day = time / base::kSecondsPerDay;
    const auto is_due = [this] { return work_.sync || (work_.score && now() >= score_not_before_); };
    if (is_due()) return std::exchange(work_, {});
    work_changed_.wait_for(lock, stop, std::chrono::seconds(1), is_due);
  }
  return std::nullopt;
}

void Instance::sync(const std::vector<std::string>& sources) {
  const std::shared_lock gate(log_gate_);
  if (sources_.load()->empty()) return;
  progress_.begin("sync");
  const auto outcomes = pipeline::sync({.data_folder = options_.data_folder,
                                        .token_key_file = options_.token_key_file,
                                        .sources = sources,
                                        .network = options_.network},
                                       progress_);
  std::string problem;
  if (!outcomes) {
    problem = outcomes.error().message;
  } else {
    const auto is_whole = [](const auto& outcome) { return outcome.standing() == pipeline::SourceStanding::current; };
    const auto behind = outcomes->size() - static_cast<std::size_t>(std::ranges::count_if(*outcomes, is_whole));
    if (behind > 0) problem = fmt::format("{} of {} sources could not be read whole", behind, outcomes->size());
  }
  read_sources();
  if (!problem.empty()) report(problem);
  const std::lock_guard lock(work_mutex_);
  standing_.sync_problem = problem;
}

pipeline::ScoreRequest Instance::score_request() const {
  pipeline::ScoreRequest request;
  request.data_folder = options_.data_folder;
  request.now = now();
  request.as_of = coming_midnight(request.now);
  request.model = options_.model;
  request.half_life_days = options_.half_life_days;
  request.verified_share = options_.verified_share;
  request.pardon_file = options_.pardon_file;
  request.threads = options_.threads;
  request.memory_bytes = options_.memory_bytes;
  return request;
}

void Instance::score() {
  const std::shared_lock gate(log_gate_);
  progress_.begin("score");
  const auto began = std::chrono::steady_clock::now();
  const pipeline::ScoreRequest request = score_request();
  const auto reasons = Reasons::make(request, progress_);
  std::string problem;
  if (reasons) {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    auto done = publish(**reasons, seconds.count());
    if (done) {
      const auto findings = number_findings(*reasons);
      if (findings) {
        reasons_ = *reasons;
        findings_ = *findings;
        done = weigh(**findings, request);
      } else {
        done = findings.error();
      }
    }
    if (!done && done.error().code != ErrorCode::cancelled) problem = done.error().message;
  } else if (reasons.error().code != ErrorCode::cancelled && reasons.error().code != ErrorCode::not_enough_data) {
    problem = reasons.error().message;
  }
  if (!problem.empty()) report(problem);
  const std::lock_guard lock(work_mutex_);
  standing_.score_problem = problem;
}

std::vector<PersonCard> Instance::cards_of(const Reasons& reasons) const {
  std::vector<PersonCard> cards;
  const auto here = directory();  // kept: whoever enrols meanwhile puts another one in its place
  for (const people::Person& person : here->people()) {
    if (person.basis == people::ConsentBasis::none) continue;
    if (options_.is_left_out && options_.is_left_out(person.id)) continue;
    const auto number = reasons.number_of(person);
    if (!number) continue;
    const ScoreCard& card = reasons.run().cards[*number];
    if (card.interactions > 0) cards.push_back({person.id, card});
  }
  return cards;
}

/// A run that says what the last one said is not published again.
Result<void> Instance::publish(const Reasons& reasons, double seconds) {
  const auto before = published();
  const score::ScoreRun& scored = reasons.run();
  const std::vector<PersonCard> cards = cards_of(reasons);
  const auto& last = before->run();
  if (last && last->as_of == scored.as_of && last->model == scored.model.name && same_cards(cards, before->cards()))
    return {};
  const PublishedRun run{.as_of = scored.as_of,
                         .model = scored.model.name,
                         .is_protected = scored.is_protected,
                         .observed_verified_share = scored.observed_verified_share(),
                         .published = now(),
                         .rows = reasons.rows(),
                         .people = cards.size(),
                         .scored = static_cast<std::uint64_t>(std::ranges::count_if(
                             cards, [](const PersonCard& each) { return each.card.score.has_value(); })),
                         .seconds = seconds};
  std::shared_ptr<const Published> after;
  {
    const std::lock_guard lock(points_mutex_);
    if (auto number = points_.publish(run, cards); !number) return number.error();
    auto loaded = Published::load(points_);
    if (!loaded) return loaded.error();
    after = std::make_shared<const Published>(std::move(*loaded));
  }
  published_ = after;
  if (options_.on_published) options_.on_published(*before, *after);
  return {};
}

/// What stands for an account in the store of findings.
std::string Instance::member_name(const Account& account) const {
  return log::TombstoneKey(log_.key().derived("findings")).account_digest(account.network, account.account);
}

/// Gives the farms of a run the numbers that they have from the runs before.
Result<std::shared_ptr<const Findings>> Instance::number_findings(std::shared_ptr<const Reasons> reasons) {
  std::vector<Members> groups;
  for (const score::Farm& farm : reasons->run().farms) {
    Members& members = groups.emplace_back();
    for (const Account& account : score::accounts_of({farm}, reasons->run().log.accounts))
      members.push_back(member_name(account));
    std::ranges::sort(members);
  }
  const auto last = published();
  const auto& run = last->run();
  const std::lock_guard lock(points_mutex_);
  auto recorded = finding_store_.record(groups, run ? run->number : 0, now());
  if (!recorded) return recorded.error();
  return std::make_shared<const Findings>(std::move(reasons), recorded->found, std::move(recorded->gone));
}

Result<void> Instance::weigh(const Findings& findings, const pipeline::ScoreRequest& request) {
  const auto here = directory();
  auto costs = weigh_findings(findings, *here, request, progress_);
  if (!costs) return costs.error();
  if (!costs->empty()) findings_ = std::make_shared<const Findings>(findings.with_costs(std::move(*costs)));
  return {};
}

// -- stores

Result<void> Instance::read_directory() {
  auto directory = Directory::read(people_.registry());
  if (!directory) return directory.error();
  directory_ = std::make_shared<const Directory>(std::move(*directory));
  return {};
}

void Instance::read_sources() {
  auto sources = log_.sources();
  if (!sources) return report(sources.error().message);
  sources_ = std::make_shared<const std::vector<log::Source>>(std::move(*sources));
}

std::string Instance::secret(std::string_view purpose) const {
  const auto derived = log_.key().derived(purpose);
  return base::hex(derived);
}

void Instance::report(std::string_view sentence) const {
  if (options_.report) options_.report(sentence);
}

Result<void> Instance::change_people(const std::function<Result<void>(pipeline::PeopleFolder&)>& change) {
  {
    const std::shared_lock gate(log_gate_);
    const std::lock_guard lock(people_mutex_);
    const auto changed = change(people_);
    if (auto read = read_directory(); !read) return read.error();  // what was changed before an error shows too
    if (!changed) return changed.error();
  }
  request_score();
  return {};
}

Result<void> Instance::ask_people(const std::function<Result<void>(pipeline::PeopleFolder&)>& ask) {
  const std::shared_lock gate(log_gate_);
  const std::lock_guard lock(people_mutex_);
  return ask(people_);
}

Result<void> Instance::read_log(
    const std::function<Result<void>(const log::InteractionLog&, pipeline::Progress&)>& read) {
  const std::shared_lock gate(log_gate_);
  return read(log_, aside_);
}

Result<void> Instance::add_source(const log::Source& source, const pipeline::SourceToken& token) {
  const std::shared_lock gate(log_gate_);
  auto added = pipeline::add_source(options_.data_folder, options_.token_key_file, source, token);
  read_sources();
  return added;
}

Result<void> Instance::remove_source(const std::string& name) {
  const std::shared_lock gate(log_gate_);
  auto removed = pipeline::remove_source(options_.data_folder, options_.token_key_file, name);
  read_sources();
  return removed;
}

Result<std::vector<HistoryPoint>> Instance::history(PersonId person, std::int64_t since) {
  const std::lock_guard lock(points_mutex_);
  return points_.history(person, since);
}

Result<std::vector<PublishedRun>> Instance::runs(std::int64_t before, std::size_t most) {
  const std::lock_guard lock(points_mutex_);
  return points_.runs(before, most);
}

void Instance::withdraw(PersonId person) {
  auto before = published_.load();
  while (!published_.compare_exchange_weak(before, std::make_shared<const Published>(before->without(person)))) {
  }
  request_score();
}

Result<std::vector<PersonId>> Instance::gone(std::vector<PersonId> people) {
  if (people.empty()) return people;
  const std::lock_guard lock(people_mutex_);
  const auto here = people_.registry().numbers();
  if (!here) return here.error();
  std::erase_if(people, [&](PersonId person) { return here->contains(person); });
  return people;
}

/// An erase takes the person from the people first and from the points last: what a kill in between left goes now, and
/// what `renown erase` could not know of.
void Instance::forget_the_gone() {
  auto people = [&] {
    const std::lock_guard lock(points_mutex_);
    return points_.people();
  }();
  if (people) people = gone(std::move(*people));
  if (!people) return report(people.error().message);
  for (const PersonId person : *people) {
    const std::lock_guard lock(points_mutex_);
    if (auto erased = points_.erase(person); !erased) return report(erased.error().message);
  }
}

Result<pipeline::EraseSummary> Instance::erase(PersonId person) {
  const auto interrupted = progress_.state();
  progress_.stop();  // what runs ends soon, and begins anew afterwards
  aside_.stop();
  Result<pipeline::EraseSummary> summary = pipeline::EraseSummary{};
  {
    const std::unique_lock gate(log_gate_);
    const std::lock_guard people_lock(people_mutex_);
    const std::lock_guard points_lock(points_mutex_);
    const auto directory = this->directory();
    const people::Person* known = directory->find(person);
    if (known == nullptr) {
      summary = Error{ErrorCode::not_found, "there is no such person"};
    } else {
      const std::string name = known->name;
      reasons_ = std::shared_ptr<const Reasons>();
      findings_ = std::shared_ptr<const Findings>();
      std::vector<std::string> members;
      for (const people::LinkedAccount& linked : known->accounts) members.push_back(member_name(linked.account));
      summary = people_.opt_out(name, options_.token_key_file);
      if (auto read = read_directory(); !read && summary) summary = read.error();
      if (summary) {
        auto erased = points_.erase(person);
        if (erased) erased = finding_store_.erase(members);
        if (!erased) summary = erased.error();
      }
    }
    read_sources();
    progress_.go_on();
    aside_.go_on();
  }
  withdraw(person);
  if (interrupted && interrupted->job == "sync") request_sync();
  return summary;
}

}  // namespace renown::instance
