/// What the peers' test asks of Renown: a store in FOLDER, one step a call. Times are unix seconds.
///
///   outlets_peer FOLDER HOST webhook-add PERSON URL NOW       prints the secret
///   outlets_peer FOLDER HOST webhook-rotate PERSON ID NOW     prints the new secret
///   outlets_peer FOLDER HOST webhook-test PERSON ID NOW       prints the webhook-id
///   outlets_peer FOLDER HOST webhook-note PERSON SCORE AS_OF NOW
///   outlets_peer FOLDER HOST webhook-send NOW                 prints delivered and failed
///   outlets_peer FOLDER HOST push-key                         prints the public key
///   outlets_peer FOLDER HOST push-add PERSON ENDPOINT P256DH AUTH NOW
///   outlets_peer FOLDER HOST push-send PERSON TITLE BODY URL NOW
///
/// HOST is "127.0.0.1:PORT" of the receiver, which must be allowed by name.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "net/fake_pacer.h"
#include "net/fetcher.h"
#include "push/pusher.h"
#include "push/vapid.h"
#include "webhook/sender.h"

namespace {

using namespace renown;

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().message << "\n";
  std::exit(1);
}

struct Call {
  std::vector<std::string> words;

  const std::string& text(std::size_t i) const { return words.at(i); }
  std::int64_t number(std::size_t i) const { return std::stoll(words.at(i)); }
};

net::Fetcher fetcher_for(const Call& call) {
  net::FetchOptions options;
  options.limits = webhook::delivery_limits();
  options.guard = must(net::AddressGuard::allowing({call.text(1)}));
  options.user_agent = "renown-test";
  return net::Fetcher(std::move(options));
}

void run_webhook(const Call& call, const oauth::TokenVault& vault) {
  auto database = must(store::Database::open_for_writing(call.text(0) + "/service.sqlite"));
  const auto store = must(webhook::WebhookStore::open(std::move(database), vault, base::system_random()));
  const std::string& step = call.text(2);
  if (step == "webhook-add") {
    const auto guard = must(net::AddressGuard::allowing({call.text(1)}));
    std::cout << must(store->add(call.number(3), call.text(4), 1, guard, call.number(5))).secret << "\n";
  } else if (step == "webhook-rotate") {
    std::cout << must(store->rotate(call.number(3), call.number(4), call.number(5))) << "\n";
  } else if (step == "webhook-test") {
    std::cout << must(store->queue_test(call.number(3), call.number(4), call.number(5))) << "\n";
  } else if (step == "webhook-note") {
    const notice::ScoreNow score{std::stod(call.text(4)), "renown-0.1", call.number(5)};
    std::cout << must(store->note_score(call.number(3), score, call.number(6))) << "\n";
  } else {
    net::Fetcher fetcher = fetcher_for(call);
    net::test::FakePacer pacer;
    pacer.time = static_cast<double>(call.number(3));
    const auto report = must(webhook::Sender(*store, fetcher, pacer).send_due());
    std::cout << report.delivered << " " << report.failed << "\n";
  }
}

void run_push(const Call& call, const oauth::TokenVault& vault) {
  auto database = must(store::Database::open_for_writing(call.text(0) + "/service.sqlite"));
  const auto store = must(push::PushStore::open(std::move(database), vault));
  const std::string& step = call.text(2);
  if (step == "push-key") {
    std::cout << push::public_key_text(store->key()) << "\n";
  } else if (step == "push-add") {
    const auto guard = must(net::AddressGuard::allowing({call.text(1)}));
    std::cout << must(store->add(call.number(3), call.text(4), call.text(5), call.text(6), guard, call.number(7)))
              << "\n";
  } else {
    net::Fetcher fetcher = fetcher_for(call);
    push::Pusher pusher(*store, fetcher, "mailto:op@example.org", base::system_random());
    const auto report =
        must(pusher.push(call.number(3), {call.text(4), call.text(5), call.text(6)}, "score", call.number(7)));
    std::cout << report.sent << " " << report.removed << " " << report.problems.size() << "\n";
  }
}

}  // namespace

int main(int count, char** words) {
  const Call call{std::vector<std::string>(words + 1, words + count)};
  const auto vault = must(oauth::TokenVault::open(call.text(0) + "/tokens", call.text(0) + "/key"));
  call.text(2).starts_with("push") ? run_push(call, vault) : run_webhook(call, vault);
}
