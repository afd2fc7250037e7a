#include "api/outlet.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/random.h"
#include "net/fetcher.h"
#include "net/pacer.h"
#include "push/pusher.h"
#include "webhook/sender.h"

namespace renown::api {
namespace {

constexpr std::chrono::seconds kLook{30};  ///< at the longest until what is due again is looked for
constexpr double kLeastMove = 1.0;         ///< points within a day of which a person is notified

struct Move {
  instance::PersonId person = 0;
  double before = 0.0, after = 0.0;
};

/// A day's move is told once: by the first run of the next day.
std::vector<Move> moves_of(const instance::Published& before, const instance::Published& after) {
  std::vector<Move> moves;
  if (!before.run() || !after.run() || before.run()->as_of == after.run()->as_of) return moves;
  for (const auto& [person, card] : after.cards()) {
    const auto day = after.moves(person).day;
    if (card.score && day && std::abs(*day) >= kLeastMove) moves.push_back({person, *card.score - *day, *card.score});
  }
  return moves;
}

}  // namespace

struct Outlets::State {
  OutletOptions options;
  net::AddressGuard guard;
  std::optional<oauth::TokenVault> vault;
  std::unique_ptr<webhook::WebhookStore> webhooks;
  std::unique_ptr<push::PushStore> subscriptions;

  std::mutex mutex;  ///< of the next ones
  std::condition_variable_any changed;
  bool is_woken = false;
  std::vector<Move> moves;

  std::jthread thread;  ///< last: it ends before what it uses

  void run(const std::stop_token& stop);
  void send_webhooks(net::Fetcher& fetcher, net::Pacer& pacer, const std::stop_token& stop);
  void push_moves(push::Pusher& pusher, const std::stop_token& stop);
  void report(std::string_view sentence) const {
    if (options.report) options.report(sentence);
  }
};

Outlets::Outlets(std::unique_ptr<State> state) : state_(std::move(state)) {}
Outlets::~Outlets() = default;

Result<std::unique_ptr<Outlets>> Outlets::open(OutletOptions options) {
  auto state = std::make_unique<State>();
  auto guard = net::AddressGuard::allowing(options.network.allowed_hosts);
  if (!guard) return guard.error();
  state->guard = std::move(*guard);
  auto vault = oauth::TokenVault::open(options.secrets, options.key_file);
  if (!vault) return vault.error();
  state->vault.emplace(std::move(*vault));
  auto for_webhooks = store::Database::open_for_writing(options.service_file);
  if (!for_webhooks) return for_webhooks.error();
  auto webhooks = webhook::WebhookStore::open(std::move(*for_webhooks), *state->vault, base::system_random());
  if (!webhooks) return webhooks.error();
  state->webhooks = std::move(*webhooks);
  auto for_push = store::Database::open_for_writing(options.service_file);
  if (!for_push) return for_push.error();
  auto subscriptions = push::PushStore::open(std::move(*for_push), *state->vault);
  if (!subscriptions) return subscriptions.error();
  state->subscriptions = std::move(*subscriptions);
  state->options = std::move(options);
  return std::unique_ptr<Outlets>(new Outlets(std::move(state)));
}

void Outlets::start() {
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->run(stop); });
}

webhook::WebhookStore& Outlets::webhooks() {
  return *state_->webhooks;
}

push::PushStore& Outlets::subscriptions() {
  return *state_->subscriptions;
}

const net::AddressGuard& Outlets::guard() const {
  return state_->guard;
}

oauth::TokenVault& Outlets::vault() {
  return *state_->vault;
}

void Outlets::note_run(const instance::Published& before, const instance::Published& after) {
  const std::int64_t now = state_->options.clock();
  for (const auto& [person, card] : after.cards()) {
    if (!card.score) continue;
    const auto queued =
        state_->webhooks->note_score(person, {*card.score, after.run()->model, after.run()->as_of}, now);
    if (!queued) return state_->report(queued.error().message);
  }
  const std::lock_guard lock(state_->mutex);
  std::ranges::move(moves_of(before, after), std::back_inserter(state_->moves));
  state_->is_woken = true;
  state_->changed.notify_all();
}

void Outlets::wake() {
  const std::lock_guard lock(state_->mutex);
  state_->is_woken = true;
  state_->changed.notify_all();
}

Result<void> Outlets::erase(instance::PersonId person) {
  if (auto erased = state_->webhooks->erase(person); !erased) return erased;
  return state_->subscriptions->erase(person);
}

void Outlets::State::run(const std::stop_token& stop) {
  net::FetchOptions fetch;
  fetch.limits = webhook::delivery_limits();
  fetch.guard = guard;
  fetch.user_agent = options.network.user_agent;
  fetch.ca_file = options.network.ca_file;
  net::Fetcher fetcher(std::move(fetch));
  const auto pacer = net::make_system_pacer();
  push::Pusher pusher(*subscriptions, fetcher, options.public_url, base::system_random());
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, stop, kLook, [this] { return is_woken; });
      is_woken = false;
    }
    if (stop.stop_requested()) return;
    send_webhooks(fetcher, *pacer, stop);
    push_moves(pusher, stop);
  }
}

void Outlets::State::send_webhooks(net::Fetcher& fetcher, net::Pacer& pacer, const std::stop_token& stop) {
  const auto sent = webhook::Sender(*webhooks, fetcher, pacer).send_due(stop);
  if (!sent) report(sent.error().message);
  if (auto pruned = webhooks->prune(options.clock()); !pruned) report(pruned.error().message);
}

void Outlets::State::push_moves(push::Pusher& pusher, const std::stop_token& stop) {
  std::vector<Move> due;
  {
    const std::lock_guard lock(mutex);
    due.swap(moves);
  }
  for (const Move& move : due) {
    const push::Notification notification{
        .title = fmt::format("{:.1f}", move.after),
        .body = fmt::format("{:.1f} → {:.1f}", move.before, move.after),  // figures alone: every language reads them
        .url = "/why"};
    const auto pushed = pusher.push(move.person, notification, "score", options.clock(), stop);
    if (!pushed) return report(pushed.error().message);
    for (const std::string& problem : pushed->problems) report(problem);
  }
}

}  // namespace renown::api
