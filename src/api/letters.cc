#include "api/letters.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/context.h"
#include "api/digest.h"
#include "base/random.h"
#include "mail/confirm_letter.h"
#include "mail/digest_rule.h"
#include "mail/letter.h"
#include "mail/mailbox.h"
#include "mail/message.h"
#include "mail/sender.h"
#include "net/pacer.h"

namespace renown::api {
namespace {

constexpr std::chrono::seconds kLook{30};              ///< at the longest until what is due again is looked for
constexpr std::size_t kIdBytes = 18;                   ///< of a Message-ID
constexpr double kAnyMove = access::kLeastNotifyMove;  ///< of a daily digest, for who is told of no move

/// "renown.example" of "https://renown.example:8443/".
std::string server_name(std::string_view public_url) {
  const std::size_t begin = public_url.find("://");
  std::string_view host = begin == std::string_view::npos ? public_url : public_url.substr(begin + 3);
  return std::string(host.substr(0, host.find('/')));
}

/// The instance's clock; chance as it comes.
class ClockPacer final : public net::Pacer {
 public:
  explicit ClockPacer(std::function<std::int64_t()> clock) : clock_(std::move(clock)) {}
  std::int64_t now() override { return clock_(); }
  double chance() override { return system_->chance(); }
  bool wait(double seconds, std::stop_token stop) override { return system_->wait(seconds, std::move(stop)); }

 private:
  std::function<std::int64_t()> clock_;
  std::unique_ptr<net::Pacer> system_ = net::make_system_pacer();
};

}  // namespace

struct Letters::State {
  State(LettersOptions given, std::unique_ptr<mail::MailStore> opened, notice::ToldStore& noted)
      : options(std::move(given)), store(std::move(opened)), told(noted) {}

  Letters* owner = nullptr;
  LettersOptions options;
  std::unique_ptr<mail::MailStore> store;
  notice::ToldStore& told;
  base::RandomBytes random = base::system_random();

  std::mutex mutex;  ///< of the next ones
  std::condition_variable_any changed;
  bool is_woken = false;
  bool has_run = true;  ///< since digests were looked at; the first look is at what a kill left

  std::jthread thread;  ///< last: it ends before what it uses

  void run(Context& context, const std::stop_token& stop);
  Result<void> queue_digests(Letters& letters, Context& context, const std::stop_token& stop);
  Result<void> queue_digests_of(Letters& letters, Context& context, instance::PersonId person,
                                const std::vector<mail::Reader>& readers);
  Result<bool> has_moved(Context& context, instance::PersonId person, const access::PersonPreferences& preferences);
  void send(mail::Sender& sender, const std::stop_token& stop);
  mail::Message message(const mail::Letter& letter, const std::string& to) const;
  void report(std::string_view sentence) const {
    if (options.report) options.report(sentence);
  }
};

Letters::Letters(LettersOptions options, std::unique_ptr<mail::MailStore> store, notice::ToldStore& told)
    : state_(std::make_unique<State>(std::move(options), std::move(store), told)) {
  state_->owner = this;
  if (state_->options.mail) {
    MailOptions& mail = *state_->options.mail;
    mail.smtp.own_name = mail::domain_of(mail.from);
  }
}

Letters::~Letters() = default;

bool Letters::has_server() const {
  return state_->options.mail.has_value();
}

mail::MailStore& Letters::store() {
  return *state_->store;
}

mail::Message Letters::State::message(const mail::Letter& letter, const std::string& to) const {
  const std::string& from = options.mail->from;
  return {.id = fmt::format("{}@{}", base::random_text(random, kIdBytes), mail::domain_of(from)),
          .time = options.clock(),
          .from = from,
          .from_name = "Renown",
          .to = to,
          .language = letter.language,
          .subject = letter.subject,
          .text = mail::letter_text(letter),
          .html = mail::letter_html(letter)};
}

std::string Letters::confirm_message(const Context& context, std::string_view locale, const std::string& to,
                                     const std::string& token) const {
  const auto letter = mail::confirm_letter(locale, server_name(context.public_url),
                                           fmt::format("{}/confirm-address/{}", context.public_url, token));
  return mail::message_text(state_->message(letter, to));
}

Result<mail::Queued> Letters::queue_digest(Context& context, const mail::Reader& reader, const mail::DigestFacts& facts,
                                           mail::DigestCause cause) {
  const auto to = mail::mailbox(reader.address);
  if (!to) return to.error();
  const auto preferences = context.access.preferences().of(reader.person);
  if (!preferences) return preferences.error();
  const auto directory = context.instance.directory();
  const people::Person* person = directory->find(reader.person);
  const std::string stop_url =
      fmt::format("{}/unsubscribe/{}", context.public_url, state_->store->stop_token(reader.id));
  const auto letter = mail::digest_letter(facts, {.locale = preferences->locale,
                                                  .server = server_name(context.public_url),
                                                  .public_url = context.public_url,
                                                  .stop_url = stop_url,
                                                  .cause = cause});
  mail::Message message = state_->message(letter, *to);
  message.to_name = person == nullptr ? "" : person->name;
  message.unsubscribe = stop_url;
  const std::string text = mail::message_text(message);
  const auto queued = cause == mail::DigestCause::now ? state_->store->queue_asked_digest(reader, text, context.now())
                                                      : state_->store->queue_digest(reader.id, text, context.now());
  if (queued && *queued == mail::Queued::queued) wake();
  return queued;
}

void Letters::start(Context& context) {
  if (!has_server()) return;
  state_->thread =
      std::jthread([state = state_.get(), &context](const std::stop_token& stop) { state->run(context, stop); });
}

void Letters::note_run() {
  const std::lock_guard lock(state_->mutex);
  state_->has_run = state_->is_woken = true;
  state_->changed.notify_all();
}

void Letters::wake() {
  const std::lock_guard lock(state_->mutex);
  state_->is_woken = true;
  state_->changed.notify_all();
}

void Letters::State::run(Context& context, const std::stop_token& stop) {
  if (store->unsettled() > 0)
    report(fmt::format("{} letters were under way when the server was killed: they are not sent again",
                       store->unsettled()));
  net::SmtpClient client(options.mail->smtp);
  ClockPacer pacer(options.clock);
  mail::Sender sender(*store, client, options.mail->from, pacer);
  while (!stop.stop_requested()) {
    bool look = false;
    {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, stop, kLook, [this] { return is_woken; });
      is_woken = false;
      look = std::exchange(has_run, false);
    }
    if (stop.stop_requested()) return;
    if (look) {
      if (auto queued = queue_digests(*owner, context, stop); !queued) {
        if (queued.error().code != ErrorCode::busy) report(queued.error().message);
        const std::lock_guard lock(mutex);
        has_run = true;  // reasons were not at hand, or the store: looked at again
      }
    }
    send(sender, stop);
  }
}

/// Whether the score has moved as far as a reader of daily digests wants to be told of; asked once for a run.
Result<bool> Letters::State::has_moved(Context& context, instance::PersonId person,
                                       const access::PersonPreferences& preferences) {
  const auto published = context.instance.published();
  const ScoreCard* card = published->card(person);
  if (preferences.digest != access::Digest::daily || card == nullptr || !card->score) return false;
  const notice::ScoreNow score{*card->score, published->run()->model, published->run()->as_of};
  const auto moved = told.note(person, notice::kLetter, score, preferences.notify_move.value_or(kAnyMove));
  if (!moved) return moved.error();
  return moved->has_value();
}

Result<void> Letters::State::queue_digests(Letters& letters, Context& context, const std::stop_token& stop) {
  if (context.instance.reasons() == nullptr)
    return Error{ErrorCode::busy, "the reasons of the scores are being worked out"};
  const auto readers = store->readers();
  if (!readers) return readers.error();
  std::map<instance::PersonId, std::vector<mail::Reader>> by_person;
  for (const mail::Reader& reader : *readers) by_person[reader.person].push_back(reader);
  for (const auto& [person, theirs] : by_person) {
    if (stop.stop_requested()) return {};
    if (auto queued = queue_digests_of(letters, context, person, theirs); !queued) return queued;
  }
  return {};
}

Result<void> Letters::State::queue_digests_of(Letters& letters, Context& context, instance::PersonId person,
                                              const std::vector<mail::Reader>& readers) {
  const auto preferences = context.access.preferences().of(person);
  if (!preferences) return preferences.error();
  const auto moved = has_moved(context, person, *preferences);
  if (!moved) return moved.error();
  const auto cause =
      preferences->digest == access::Digest::daily ? mail::DigestCause::daily : mail::DigestCause::weekly;
  std::optional<mail::DigestFacts> facts;
  for (const mail::Reader& reader : readers) {
    if (!mail::is_digest_due(preferences->digest, *moved, reader.digested, context.now())) continue;
    if (!facts) {
      auto known = digest_facts(context, person);
      if (!known) return known.error();
      if (!*known) return {};
      facts = std::move(*known);
    }
    if (auto queued = letters.queue_digest(context, reader, *facts, cause); !queued) return queued.error();
  }
  return {};
}

void Letters::State::send(mail::Sender& sender, const std::stop_token& stop) {
  const auto sent = sender.send_due(stop);
  if (!sent) return report(sent.error().message);
  for (const std::string& problem : sent->problems) report(problem);
  if (auto pruned = store->prune(options.clock()); !pruned) report(pruned.error().message);
}

}  // namespace renown::api
