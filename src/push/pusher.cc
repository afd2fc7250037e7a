#include "push/pusher.h"

#include <array>

#include <fmt/format.h>

#include "net/url.h"
#include "push/vapid.h"

namespace renown::push {
namespace {

constexpr std::size_t kMostAnswerBytes = 64u << 10;

std::string problem_of(const net::Fetched& fetched) {
  if (fetched) return fmt::format("a push service answered with status {}", fetched->status);
  // The sentence of the failure names the endpoint, which is as good as a password for being silent.
  return fmt::format("a push service could not be reached: {}", net::failure_kind_name(fetched.error().kind));
}

}  // namespace

Result<net::Request> Pusher::request_for(const Subscription& subscription, const std::string& message,
                                         const std::string& topic, std::int64_t now) {
  const auto url = net::Url::parse(subscription.endpoint);
  if (!url) return url.error();
  std::array<unsigned char, kSaltBytes> salt;
  random_(salt);
  auto body = encrypt(message, subscription.keys, oauth::P256Key::generate(),
                      {reinterpret_cast<const char*>(salt.data()), salt.size()});
  if (!body) return body.error();
  net::Request request{.method = "POST",
                       .url = subscription.endpoint,
                       .headers = {{"Content-Type", "application/octet-stream"},
                                   {"Content-Encoding", "aes128gcm"},
                                   {"TTL", std::to_string(kSecondsToLive)},
                                   {"Urgency", "normal"},
                                   {"Authorization", vapid_authorization(store_.key(), *url, contact_, now)}},
                       .body = std::move(*body),
                       .max_body_bytes = kMostAnswerBytes};
  if (!topic.empty()) request.headers.add("Topic", topic);
  return request;
}

Result<PushReport> Pusher::push(std::int64_t person, const Notification& notification, const std::string& topic,
                                std::int64_t now, std::stop_token stop) {
  const auto subscriptions = store_.subscriptions(person);
  if (!subscriptions) return subscriptions.error();
  const std::string message = notification_json(notification);
  std::vector<net::Request> requests;
  for (const Subscription& each : *subscriptions) {
    auto request = request_for(each, message, topic, now);
    if (!request) return request.error();
    requests.push_back(std::move(*request));
  }
  PushReport report;
  const auto fetched = transport_.fetch_all(requests, std::move(stop));
  for (std::size_t i = 0; i < fetched.size(); ++i) {
    const int status = fetched[i] ? fetched[i]->status : 0;
    if (status >= 200 && status <= 299) {
      ++report.sent;
    } else if (status == 404 || status == 410) {
      const auto removed = store_.remove(person, (*subscriptions)[i].id);
      if (!removed && removed.error().code != ErrorCode::not_found) return removed.error();
      ++report.removed;
    } else {
      report.problems.push_back(problem_of(fetched[i]));
    }
  }
  return report;
}

}  // namespace renown::push
