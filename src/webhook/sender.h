/// Sender: takes what is due out of a WebhookStore and sends it.
#pragma once

#include <stop_token>

#include "renown/result.h"

#include "net/fetcher.h"
#include "net/pacer.h"
#include "net/transport.h"
#include "webhook/webhook_store.h"

namespace renown::webhook {

/// For the fetcher that a sender is given: 20 seconds in all, no redirect, at most 64 KiB of answer, which nobody
/// keeps.
net::FetchLimits delivery_limits();

struct SendReport {
  int delivered = 0, failed = 0;  ///< attempts
};

/// Each webhook at least once: one that was sent when the process was killed is sent again, under the same id. For one
/// thread; one sender for a store, or webhooks are sent twice.
class Sender {
 public:
  /// store, transport, pacer  outlive it. The transport asks once (no Retrier) and follows nothing: delivery_limits.
  Sender(WebhookStore& store, net::Transport& transport, net::Pacer& pacer)
      : store_(store), transport_(transport), pacer_(pacer) {}

  /// Sends until nothing is due, several endpoints at once and one after the other to each. A slow receiver holds up
  /// the round it is in for 20 seconds at most. Returns early after a stop; what was under way then is sent again.
  /// errors  of the store; what receivers do wrong is none
  Result<SendReport> send_due(std::stop_token stop = {});

 private:
  Result<bool> send_round(SendReport& report, const std::stop_token& stop);

  WebhookStore& store_;
  net::Transport& transport_;
  net::Pacer& pacer_;
};

}  // namespace renown::webhook
