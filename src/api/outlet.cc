#include "api/outlet.h"

#include <algorithm>
#include <chrono>
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
#include "notice/told_store.h"
#include "push/pusher.h"
#include "webhook/sender.h"

namespace renown::api {
namespace {

constexpr std::chrono::seconds kLook{30};  ///< at the longest until what is due again is looked for

struct Move {
  instance::PersonId person = 0;
  notice::Move points;
};

}  // namespace

struct Outlets::State {
  OutletOptions options;
  net::AddressGuard guard;
  std::optional<oauth::TokenVault> vault;
  std::unique_ptr<webhook::WebhookStore> webhooks;
  std::unique_ptr<push::PushStore> subscriptions;
  std::unique_ptr<notice::ToldStore> told;
  std::unique_ptr<Letters> letters;

  std::mutex mutex;  ///< of the next ones
  std::condition_variable_any changed;
  bool is_woken = false;
  std::vector<Move> moves;

  std::jthread thread;  ///< last: it ends before what it uses

  Result<store::Database> database() const { return store::Database::open_for_writing(options.service_file); }
  Result<void> open_letters();
  Result<std::vector<Move>> moves_of(const instance::Published& after);
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
  state->options = std::move(options);
  auto for_webhooks = state->database();
  if (!for_webhooks) return for_webhooks.error();
  auto webhooks = webhook::WebhookStore::open(std::move(*for_webhooks), *state->vault, base::system_random());
  if (!webhooks) return webhooks.error();
  state->webhooks = std::move(*webhooks);
  auto for_push = state->database();
  if (!for_push) return for_push.error();
  auto subscriptions = push::PushStore::open(std::move(*for_push), *state->vault);
  if (!subscriptions) return subscriptions.error();
  state->subscriptions = std::move(*subscriptions);
  if (auto opened = state->open_letters(); !opened) return opened.error();
  return std::unique_ptr<Outlets>(new Outlets(std::move(state)));
}

Result<void> Outlets::State::open_letters() {
  auto for_told = database();
  if (!for_told) return for_told.error();
  auto noted = notice::ToldStore::open(std::move(*for_told));
  if (!noted) return noted.error();
  told = std::move(*noted);
  auto for_mail = database();
  if (!for_mail) return for_mail.error();
  auto mail = mail::MailStore::open(std::move(*for_mail), *vault, options.mail_secret, base::system_random());
  if (!mail) return mail.error();
  letters = std::make_unique<Letters>(
      LettersOptions{.mail = options.mail, .clock = options.clock, .report = options.report}, std::move(*mail), *told);
  return {};
}

void Outlets::start(Context& context) {
  state_->letters->start(context);
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

Letters& Outlets::letters() {
  return *state_->letters;
}

/// Of whoever is told in browsers, and only of moves as far as they want to know of.
Result<std::vector<Move>> Outlets::State::moves_of(const instance::Published& after) {
  std::vector<Move> due;
  const auto people = subscriptions->people();
  if (!people) return people.error();
  for (const instance::PersonId person : *people) {
    const ScoreCard* card = after.card(person);
    const auto threshold = options.notify_move ? options.notify_move(person) : std::nullopt;
    if (card == nullptr || !card->score || !threshold) continue;
    const auto move =
        told->note(person, notice::kPush, {*card->score, after.run()->model, after.run()->as_of}, *threshold);
    if (!move) return move.error();
    if (*move) due.push_back({person, **move});
  }
  return due;
}

void Outlets::note_run(const instance::Published& after) {
  if (!after.run()) return;
  const std::int64_t now = state_->options.clock();
  for (const auto& [person, card] : after.cards()) {
    if (!card.score) continue;
    const auto queued =
        state_->webhooks->note_score(person, {*card.score, after.run()->model, after.run()->as_of}, now);
    if (!queued) return state_->report(queued.error().message);
  }
  auto moves = state_->moves_of(after);
  if (!moves) return state_->report(moves.error().message);
  state_->letters->note_run();
  const std::lock_guard lock(state_->mutex);
  std::ranges::move(*moves, std::back_inserter(state_->moves));
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
  if (auto erased = state_->told->erase(person); !erased) return erased;
  if (auto erased = state_->letters->store().erase(person); !erased) return erased;
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
        .title = fmt::format("{:.1f}", move.points.after),
        .body = fmt::format("{:.1f} → {:.1f}", move.points.before,
                            move.points.after),  // figures alone: every language reads them
        .url = "/why"};
    const auto pushed = pusher.push(move.person, notification, "score", options.clock(), stop);
    if (!pushed) return report(pushed.error().message);
    for (const std::string& problem : pushed->problems) report(problem);
  }
}

}  // namespace renown::api
