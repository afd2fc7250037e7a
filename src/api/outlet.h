/// Outlets: how people are told that their score has moved: webhooks, notifications and letters, sent in the
/// background.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "api/letters.h"
#include "instance/published.h"
#include "net/address_guard.h"
#include "oauth/token_vault.h"
#include "pipeline/network_access.h"
#include "push/push_store.h"
#include "webhook/webhook_store.h"

namespace renown::api {

struct OutletOptions {
  std::string service_file;  ///< service.sqlite, made by its owner already
  std::string secrets;       ///< folder of the sealed ones
  std::string key_file;      ///< of what is sealed
  pipeline::NetworkOptions network;
  std::string public_url;
  std::function<std::int64_t()> clock;
  std::function<void(std::string_view)> report;  ///< a sentence for the operator
  /// From how many points on a person wants to be told of a move; nothing: of none. Called by several threads.
  std::function<std::optional<double>(instance::PersonId)> notify_move = {};
  std::optional<MailOptions> mail = {};  ///< nothing: no e-mail is sent
  std::string mail_secret = {};          ///< what names and tokens of addresses are worked out with; never told
};

/// Its stores may be used by any number of threads.
class Outlets {
 public:
  /// errors  of the stores and of the vault
  static Result<std::unique_ptr<Outlets>> open(OutletOptions options);

  /// Begins to send; ends with this object. context  outlives it
  void start(Context& context);
  ~Outlets();

  webhook::WebhookStore& webhooks();
  push::PushStore& subscriptions();
  const net::AddressGuard& guard() const;
  oauth::TokenVault& vault();
  Letters& letters();

  /// Queues what a run moved: webhooks at once, notifications for whoever asked for them.
  void note_run(const instance::Published& after);

  /// Something may be due now.
  void wake();

  /// A person's endpoints, subscriptions, addresses and what waits for them; no byte is left.
  Result<void> erase(instance::PersonId person);

 private:
  struct State;
  explicit Outlets(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::api
