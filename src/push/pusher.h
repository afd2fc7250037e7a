/// Pusher: tells a person something in the browsers they subscribed in (Web Push, RFC 8030).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "net/transport.h"
#include "push/notification.h"
#include "push/push_store.h"

namespace renown::push {

struct PushReport {
  int sent = 0;                       ///< taken by the push service; whether the browser shows it, nobody is told
  int removed = 0;                    ///< subscriptions that are no more (404, 410)
  std::vector<std::string> problems;  ///< one sentence each, without the endpoint
};

/// Once each: what a push service does not take is reported and not tried again, for the page shows the same anyway.
/// For one thread at a time.
class Pusher {
 public:
  static constexpr int kSecondsToLive = 86'400;  ///< for which a push service keeps it for a browser that is off

  /// store, transport  outlive it
  /// contact           "mailto:..." or "https://...": how push services reach the operator
  Pusher(PushStore& store, net::Transport& transport, std::string contact, base::RandomBytes random)
      : store_(store), transport_(transport), contact_(std::move(contact)), random_(std::move(random)) {}

  /// topic   up to 32 letters of base64url: a later message of it takes the place of one that was not shown yet
  /// errors  of the store
  Result<PushReport> push(std::int64_t person, const Notification& notification, const std::string& topic,
                          std::int64_t now, std::stop_token stop = {});

 private:
  Result<net::Request> request_for(const Subscription& subscription, const std::string& message,
                                   const std::string& topic, std::int64_t now);

  PushStore& store_;
  net::Transport& transport_;
  std::string contact_;
  base::RandomBytes random_;
};

}  // namespace renown::push
