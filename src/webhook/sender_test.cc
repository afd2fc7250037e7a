#include "webhook/sender.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/fake_pacer.h"
#include "net/fetch_testing.h"
#include "net/killed_sender.h"
#include "webhook/testing.h"

namespace renown::webhook {
namespace {

using net::test::Connection;
using net::test::FakePacer;
using net::test::reply;
using net::test::Seen;
using net::test::TestServer;
using test::kHazel;
using test::kNow;
using test::World;

std::string header(const Seen& seen, const std::string& name) {
  const std::size_t at = seen.head.find(name + ": ");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 2;
  return seen.head.substr(begin, seen.head.find("\r\n", begin) - begin);
}

net::FetchOptions options_for(const std::string& host, net::FetchLimits limits = delivery_limits()) {
  net::FetchOptions options = net::test::allowing({host});
  options.limits = limits;
  return options;
}

/// One endpoint at a server, and the sender that tells it.
struct Delivery {
  explicit Delivery(TestServer::Handler handler, net::FetchLimits limits = delivery_limits())
      : server(std::move(handler)), fetcher(options_for(server.at(), limits)) {
    world.guard = *net::AddressGuard::allowing({server.at()});
    made = world.add(kHazel, 1, server.url("/hook?key=private"));
    pacer.time = kNow;
    pacer.next_chance = 0;
  }

  SendReport send() {
    auto report = Sender(*world.store, fetcher, pacer).send_due();
    EXPECT_TRUE(report) << report.error().message;
    return *report;
  }

  SendReport send_test() {
    EXPECT_TRUE(world.store->queue_test(kHazel, made.endpoint.id, pacer.now()));
    return send();
  }

  Attempt last() { return world.store->attempts(kHazel, made.endpoint.id, {}, 1)->at(0); }

  World world;
  TestServer server;
  net::Fetcher fetcher;
  FakePacer pacer;
  NewEndpoint made;
};

TEST(Sender, sends_what_the_verifier_takes) {
  Delivery delivery(net::test::always(reply("")));
  EXPECT_EQ(delivery.send_test().delivered, 1);
  ASSERT_EQ(delivery.server.seen().size(), 1U);
  const Seen seen = delivery.server.seen()[0];
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/hook?key=private");
  EXPECT_EQ(header(seen, "Content-Type"), "application/json");
  const std::string id = header(seen, "webhook-id"), time = header(seen, "webhook-timestamp"),
                    signatures = header(seen, "webhook-signature");
  const Secret secrets[] = {*Secret::parse(delivery.made.secret)};
  const auto good = verify(secrets, {id, time, signatures}, seen.body, kNow);
  EXPECT_TRUE(good) << good.error().message;
  EXPECT_EQ(seen.body, R"({"type":"webhook.test","timestamp":"2027-01-15T08:00:00Z","data":{"person":"12"}})");
}

TEST(Sender, tells_again_with_a_new_time_and_the_old_id) {
  std::atomic<int> asked = 0;
  Delivery delivery([&asked](const Seen&, Connection& connection) {
    connection.send(reply("", "", ++asked < 3 ? "500 No" : "200 OK"));
  });
  EXPECT_EQ(delivery.send_test().failed, 1);
  EXPECT_EQ(delivery.send().failed, 0) << "not yet";
  delivery.pacer.time += 5;
  EXPECT_EQ(delivery.send().failed, 1);
  delivery.pacer.time += 300;
  EXPECT_EQ(delivery.send().delivered, 1);
  const auto seen = delivery.server.seen();
  ASSERT_EQ(seen.size(), 3U);
  for (const Seen& each : seen) {
    EXPECT_EQ(header(each, "webhook-id"), header(seen[0], "webhook-id"));
    EXPECT_EQ(each.body, seen[0].body);
  }
  EXPECT_EQ(header(seen[2], "webhook-timestamp"), std::to_string(kNow + 305));
}

struct Fault {
  const char* name;
  TestServer::Handler handler;
  int status;           ///< that is written down
  const char* problem;  ///< part of what the owner is told
};

TEST(Sender, outlives_every_way_to_fail) {
  net::FetchLimits limits = delivery_limits();
  limits.whole_ms = 500;
  const Fault faults[] = {
      {"refuses", net::test::always(reply("", "", "400 Bad")), 400, "status 400"},
      {"breaks", net::test::always(reply("", "", "500 Broken")), 500, "status 500"},
      {"asks for less", net::test::always(reply("", "Retry-After: 60\r\n", "429 Many")), 429, "status 429"},
      {"redirects", net::test::always(net::test::redirect_to("/elsewhere", "307 There")), 0, "redirects"},
      {"redirects to a page", net::test::always(net::test::redirect_to("/elsewhere", "303 There")), 0, "redirects"},
      {"says nothing", [](const Seen&, Connection& connection) { connection.wait_for_close(); }, 0, ""},
      {"hangs up", [](const Seen&, Connection& connection) { connection.close(); }, 0, ""},
      {"resets", [](const Seen&, Connection& connection) { connection.reset(); }, 0, ""},
      {"talks nonsense", net::test::always("SMTP hello\r\n\r\n"), 0, ""},
      {"breaks off", net::test::always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), 0, ""},
      {"answers at length", net::test::always(reply(std::string(1u << 20, 'x'))), 0, ""},
      {"sends endless headers", net::test::always("HTTP/1.1 200 OK\r\nA: " + std::string(1u << 20, 'x')), 0, ""},
  };
  for (const Fault& fault : faults) {
    Delivery delivery(fault.handler, limits);
    EXPECT_EQ(delivery.send_test().failed, 1) << fault.name;
    const Attempt attempt = delivery.last();
    EXPECT_EQ(attempt.status, fault.status) << fault.name;
    EXPECT_FALSE(attempt.problem.empty()) << fault.name;
    EXPECT_NE(attempt.problem.find(fault.problem), std::string::npos) << fault.name << ": " << attempt.problem;
    for (const char* secret : {"private", "/hook"})
      EXPECT_EQ(attempt.problem.find(secret), std::string::npos) << fault.name << ": " << attempt.problem;
    EXPECT_EQ(delivery.server.seen().size(), 1U) << fault.name << ": asked once, led nowhere";
    EXPECT_EQ(delivery.world.endpoint().failing_since, kNow) << fault.name;
    EXPECT_GE(**delivery.world.store->next_due(), kNow + 5) << fault.name;
  }
}

TEST(Sender, to_nobody_is_a_failure_and_to_who_is_gone_the_last_one) {
  Delivery delivery(net::test::always(reply("", "", "410 Gone")));
  EXPECT_EQ(delivery.send_test().failed, 1);
  EXPECT_TRUE(delivery.world.endpoint().disabled);
  Delivery closed(net::test::always(reply("")));
  closed.server.stop();
  EXPECT_EQ(closed.send_test().failed, 1);
  EXPECT_EQ(closed.last().status, 0);
}

TEST(Sender, opens_no_socket_to_what_is_forbidden_by_now) {
  // Allowed when it was set, and not any more; as a name would be whose address has changed.
  Delivery delivery(net::test::always(reply("")));
  net::Fetcher careful(options_for("other.example:443"));
  ASSERT_TRUE(delivery.world.store->queue_test(kHazel, delivery.made.endpoint.id, kNow));
  EXPECT_EQ(Sender(*delivery.world.store, careful, delivery.pacer).send_due()->failed, 1);
  EXPECT_EQ(delivery.server.accepted(), 0);
  EXPECT_NE(delivery.last().problem.find("loopback"), std::string::npos) << delivery.last().problem;
}

TEST(Sender, counts_nothing_that_was_stopped) {
  Delivery delivery([](const Seen&, Connection& connection) { connection.wait_for_close(); });
  ASSERT_TRUE(delivery.world.store->queue_test(kHazel, delivery.made.endpoint.id, kNow));
  std::stop_source stop;
  std::thread stopper([&] {
    while (delivery.server.seen().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    stop.request_stop();
  });
  const auto report = Sender(*delivery.world.store, delivery.fetcher, delivery.pacer).send_due(stop.get_token());
  stopper.join();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->failed + report->delivered, 0);
  EXPECT_EQ(delivery.world.due(kNow).size(), 1U) << "still to be sent, as the first attempt";
}

/// returns  whether it came to its end
bool sends_until_killed(World& world, const std::string& host, unsigned microseconds) {
  world.store.reset();  // its file is the child's now
  return net::test::sends_until_killed(microseconds, [&] {
    world.reopen();
    net::Fetcher fetcher(options_for(host));
    FakePacer pacer;
    pacer.time = kNow;
    return Sender(*world.store, fetcher, pacer).send_due().has_value();
  });
}

TEST(Sender, killed_at_any_moment_loses_nothing_and_changes_no_id) {
  constexpr int kMessages = 60;
  std::mutex mutex;
  std::map<std::string, std::set<std::string>> bodies;  // by webhook-id
  TestServer server([&](const Seen& seen, Connection& connection) {
    {
      const std::lock_guard lock(mutex);
      bodies[header(seen, "webhook-id")].insert(seen.body);
    }
    connection.send(reply(""));
  });
  World world;
  world.guard = *net::AddressGuard::allowing({server.at()});
  std::set<std::string> queued;
  for (int person = 1; person <= kMessages; ++person) {
    const EndpointId id = world.add(person, 1, server.url()).endpoint.id;
    queued.insert(*world.store->queue_test(person, id, kNow));
  }
  int kills = 0;
  for (unsigned round = 0; !sends_until_killed(world, server.at(), 2000 + 3000 * round); ++round) ++kills;
  EXPECT_GT(kills, 0) << "the fault fired";
  std::set<std::string> received;
  for (const auto& [id, texts] : bodies) {
    received.insert(id);
    EXPECT_EQ(texts.size(), 1U) << "one id, one message";
  }
  EXPECT_EQ(received, queued);
  world.reopen();
  EXPECT_TRUE(world.due(kNow + 86'400).empty());
}

}  // namespace
}  // namespace renown::webhook
