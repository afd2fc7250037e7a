#include "webhook/webhook_store.h"

#include <cmath>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "base/encoding.h"
#include "net/hostile_urls.h"
#include "webhook/testing.h"

namespace renown::webhook {
namespace {

using test::kDay;
using test::kHazel;
using test::kMax;
using test::kNow;
using test::status;
using test::World;

std::string all_bytes(const World& world) {
  std::string bytes;
  for (const char* ending : {"", "-wal", "-shm"}) bytes += io::testing::read_file(world.path() + ending);
  return bytes;
}

TEST(Webhooks, are_listed_for_their_owner_alone) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  const auto mine = *world.store->endpoints(kHazel);
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0].url, test::kUrl);
  EXPECT_EQ(mine[0].threshold, 1);
  EXPECT_EQ(mine[0].created, kNow);
  EXPECT_FALSE(mine[0].disabled || mine[0].failing_since);
  EXPECT_TRUE(world.store->endpoints(kMax)->empty());
  const auto code = [](const auto& result) { return result.error().code; };
  EXPECT_EQ(code(world.store->remove(kMax, id)), ErrorCode::not_found);
  EXPECT_EQ(code(world.store->rotate(kMax, id, kNow)), ErrorCode::not_found);
  EXPECT_EQ(code(world.store->enable(kMax, id)), ErrorCode::not_found);
  EXPECT_EQ(code(world.store->queue_test(kMax, id, kNow)), ErrorCode::not_found);
  EXPECT_EQ(code(world.store->attempts(kMax, id, {}, 10)), ErrorCode::not_found);
  ASSERT_TRUE(world.store->remove(kHazel, id));
  EXPECT_TRUE(world.store->endpoints(kHazel)->empty());
}

TEST(Webhooks, never_lead_into_this_network) {
  World world;
  for (const std::string& url : net::test::hostile_urls(8443)) {
    EXPECT_FALSE(world.store->add(kHazel, url, 1, {}, kNow)) << url;
    if (!url.starts_with("http://")) continue;
    EXPECT_FALSE(world.store->add(kHazel, "https" + url.substr(4), 1, {}, kNow)) << url;
  }
  EXPECT_TRUE(world.store->endpoints(kHazel)->empty());
}

TEST(Webhooks, have_bounds) {
  World world;
  for (const double threshold : {0.0, 0.09, -1.0, 99.1, std::nan("")})
    EXPECT_FALSE(world.store->add(kHazel, test::kUrl, threshold, world.guard, kNow)) << threshold;
  for (std::int64_t i = 0; i < WebhookStore::kMostEndpoints; ++i) world.add();
  const auto one_more = world.store->add(kHazel, test::kUrl, 1, world.guard, kNow);
  ASSERT_FALSE(one_more);
  EXPECT_NE(one_more.error().message.find("remove one first"), std::string::npos);
  world.add(kMax);
}

TEST(Webhooks, keep_their_address_sealed) {
  World world;
  const EndpointId id = world.add(kHazel, 1, "https://hooks.example/T0K3N-in-the-path").endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  EXPECT_EQ(all_bytes(world).find("T0K3N"), std::string::npos);
  EXPECT_EQ(all_bytes(world).find("hooks.example"), std::string::npos);
  world.reopen();
  EXPECT_EQ(world.endpoint().url, "https://hooks.example/T0K3N-in-the-path");
  EXPECT_EQ(world.due(kNow).at(0).url, "https://hooks.example/T0K3N-in-the-path");
}

/// The store as the program before sealed addresses left it.
void age(World& world) {
  world.store.reset();
  auto database = store::Database::open_for_writing(world.path());
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->execute_script(
      "UPDATE webhook_endpoints SET url = 'https://hooks.example/T0K3N-' || endpoint,"
      "  disabled_reason = 'https://hooks.example/T0K3N-' || endpoint || ' did not answer';"
      "ALTER TABLE webhook_endpoints DROP COLUMN url_sealed; UPDATE parts SET version = 1 WHERE name = 'webhook'"));
}

TEST(Webhooks, of_an_older_store_are_sealed_when_it_is_opened) {
  World world;
  for (int i = 0; i < 3; ++i) world.add();
  age(world);
  EXPECT_NE(all_bytes(world).find("T0K3N-2"), std::string::npos) << "the bytes are those of the store";
  world.reopen();
  EXPECT_EQ(all_bytes(world).find("T0K3N"), std::string::npos);
  const auto all = *world.store->endpoints(kHazel);
  ASSERT_EQ(all.size(), 3U);
  for (const Endpoint& each : all) EXPECT_EQ(each.url, fmt::format("https://hooks.example/T0K3N-{}", each.id));
  EXPECT_EQ(all[0].disabled_reason, "hooks.example:443 did not answer");
  world.reopen();
  EXPECT_EQ(world.endpoint().url, "https://hooks.example/T0K3N-1") << "sealed once";
  world.store.reset();  // killed after the sealing, and before the old bytes were cleared
  ASSERT_TRUE(
      store::Database::open_for_writing(world.path())->execute_script("UPDATE webhook_endpoints SET url_sealed = 2"));
  world.reopen();
  EXPECT_EQ(world.endpoint().url, "https://hooks.example/T0K3N-1");
  EXPECT_EQ(*store::Database::open_for_writing(world.path())
                 ->query_integer("SELECT count(*) FROM webhook_endpoints WHERE url_sealed = 1"),
            3);
}

TEST(Webhooks, whose_address_is_damaged_hold_up_no_others) {
  World world;
  const EndpointId bad = world.add().endpoint.id, good = world.add(kMax).endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, bad, kNow));
  ASSERT_TRUE(world.store->queue_test(kMax, good, kNow));
  world.store.reset();
  ASSERT_TRUE(store::Database::open_for_writing(world.path())
                  ->execute_script("UPDATE webhook_endpoints SET url = 'x' || url WHERE endpoint = 1"));
  world.reopen();
  EXPECT_EQ(world.endpoint().url, "");
  ASSERT_EQ(world.due(kNow).size(), 1U);
  EXPECT_NE(world.endpoint().disabled_reason.find("remove it"), std::string::npos);
}

TEST(Webhooks, keep_their_secret_sealed) {
  World world;
  std::set<std::string> secrets;
  for (int person = 1; person <= 100; ++person) secrets.insert(world.add(person).secret);
  secrets.insert(*world.store->rotate(1, world.endpoint(1).id, kNow));
  EXPECT_EQ(secrets.size(), 101U);
  const std::string bytes = all_bytes(world);
  EXPECT_NE(bytes.find("webhook_endpoints"), std::string::npos) << "the bytes are those of the store";
  for (const std::string& secret : secrets) {
    EXPECT_EQ(bytes.find(secret.substr(6)), std::string::npos);
    EXPECT_EQ(bytes.find(*base::from_base64(secret.substr(6))), std::string::npos);
  }
}

TEST(Webhooks, sign_with_both_secrets_for_a_day_after_a_rotation) {
  World world;
  const NewEndpoint made = world.add();
  ASSERT_TRUE(world.store->queue_test(kHazel, made.endpoint.id, kNow));
  EXPECT_EQ(world.due(kNow).at(0).secrets.size(), 1U);
  const std::string fresh = *world.store->rotate(kHazel, made.endpoint.id, kNow);
  const auto secrets = world.due(kNow + kDay - 1).at(0).secrets;
  ASSERT_EQ(secrets.size(), 2U);
  EXPECT_EQ(secrets[0].text(), fresh);
  EXPECT_EQ(secrets[1].text(), made.secret);
  EXPECT_EQ(world.due(kNow + kDay).at(0).secrets.size(), 1U);
}

TEST(Moves, are_queued_once_however_often_they_are_told) {
  World world;
  world.add();
  EXPECT_EQ(world.note(50, 1), 0) << "a beginning";
  EXPECT_EQ(world.note(50.5, 2), 0);
  EXPECT_EQ(world.note(51, 3), 1);
  EXPECT_EQ(world.note(51, 3), 0) << "said again";
  world.reopen();
  EXPECT_EQ(world.note(51, 3), 0) << "said again after a restart";
  EXPECT_EQ(world.note(70, 2), 0) << "older";
  const auto due = world.due(kNow + 4 * kDay);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].body, R"({"type":"score.moved","timestamp":"2027-01-18T08:00:00Z","data":{"person":"12",)"
                         R"("score":51,"before":50,"as_of":"2027-01-18T08:00:00Z","model":"renown-0.1"}})");
  EXPECT_TRUE(due[0].id.starts_with("msg_"));
  EXPECT_EQ(due[0].id.find('.'), std::string::npos);
}

TEST(Moves, go_to_each_endpoint_by_its_own_threshold) {
  World world;
  world.add(kHazel, 0.5);
  world.add(kHazel, 5);
  world.add(kMax, 0.5);
  EXPECT_EQ(world.note(50, 1), 0);
  EXPECT_EQ(world.note(51, 2), 1);
  EXPECT_EQ(world.note(56, 3), 2) << "the second from its own beginning";
  EXPECT_EQ(world.note(50, 1, kMax), 0);
}

TEST(Moves, of_no_score_are_refused) {
  World world;
  world.add();
  for (const double score : {0.0, 0.99, 100.01, std::nan(""), HUGE_VAL})
    EXPECT_FALSE(world.store->note_score(kHazel, {score, "m", kNow}, kNow)) << score;
}

TEST(Moves, that_nobody_takes_do_not_pile_up) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  for (std::int64_t i = 0; i < WebhookStore::kMostWaiting; ++i) ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  EXPECT_EQ(world.store->queue_test(kHazel, id, kNow).error().code, ErrorCode::busy);
  world.note(50, 1);
  EXPECT_EQ(world.note(60, 2), 0);
  const auto due = world.due(kNow + 2 * kDay);
  ASSERT_EQ(due.size(), 1U) << "one of an endpoint at a time";
  ASSERT_TRUE(world.store->record(due[0], status(200), kNow + 2 * kDay, 0));
  EXPECT_EQ(world.note(61, 3), 1) << "as one move, from what was told last";
}

TEST(Deliveries, are_tried_again_under_the_same_id_until_they_are_taken) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  const std::string delivery = *world.store->queue_test(kHazel, id, kNow);
  std::int64_t now = kNow;
  for (int attempt = 1; attempt <= 4; ++attempt) {
    const auto due = world.due(now);
    ASSERT_EQ(due.size(), 1U) << attempt;
    EXPECT_EQ(due[0].id, delivery);
    EXPECT_EQ(due[0].attempt, attempt);
    ASSERT_TRUE(world.store->record(due[0], status(attempt < 4 ? 500 : 204), now, 0));
    ASSERT_TRUE(world.store->record(due[0], status(500), now, 0)) << "said again";
    EXPECT_TRUE(world.due(now).empty());
    world.reopen();
    if (attempt < 4) now = **world.store->next_due();
  }
  EXPECT_EQ(*world.store->next_due(), std::nullopt);
  EXPECT_FALSE(world.endpoint().failing_since);
  const auto attempts = *world.store->attempts(kHazel, id, {}, 3);
  ASSERT_EQ(attempts.size(), 3U) << "a page";
  EXPECT_EQ(attempts[0].status, 204);
  EXPECT_EQ(attempts[0].attempt, 4);
  EXPECT_EQ(attempts[0].type, "webhook.test");
  EXPECT_EQ(attempts[0].delivery, delivery);
  EXPECT_EQ(attempts[2].time, kNow + 5);
  const auto rest = *world.store->attempts(kHazel, id, attempts[2].number, 3);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].attempt, 1);
}

TEST(Deliveries, that_are_done_keep_no_body) {
  World world;
  world.add();
  world.note(50, 1);
  world.note(60, 2);
  ASSERT_TRUE(world.store->record(world.due(kNow + 2 * kDay).at(0), status(200), kNow + 2 * kDay, 0));
  auto database = *store::Database::open_for_reading(world.path());
  EXPECT_EQ(*database.query_integer("SELECT sum(length(body)) FROM webhook_deliveries"), 0);
}

TEST(Deliveries, to_who_is_gone_end_at_once) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  ASSERT_TRUE(world.store->record(world.due(kNow).at(0), status(410), kNow, 0));
  EXPECT_EQ(world.endpoint().disabled, kNow);
  EXPECT_NE(world.endpoint().disabled_reason.find("410"), std::string::npos);
  EXPECT_TRUE(world.due(kNow + kDay).empty());
  EXPECT_EQ(world.store->queue_test(kHazel, id, kNow).error().code, ErrorCode::usage);
  world.note(50, 1);
  EXPECT_EQ(world.note(60, 2), 0);
  ASSERT_TRUE(world.store->enable(kHazel, id));
  EXPECT_FALSE(world.endpoint().disabled);
  EXPECT_TRUE(world.due(kNow + kDay).empty()) << "what waited is dropped";
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  EXPECT_EQ(world.due(kNow).size(), 1U);
}

TEST(Deliveries, that_fail_for_five_days_disable_their_endpoint) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  std::int64_t now = kNow;
  int tries = 0;
  while (!world.endpoint().disabled && tries < 100) {
    if (world.due(now).empty()) {
      ASSERT_TRUE(world.store->queue_test(kHazel, id, now));
    }
    ASSERT_TRUE(world.store->record(world.due(now).at(0), {0, {}, "nobody answers"}, now, 0));
    ++tries;
    const auto next = *world.store->next_due();
    now = next ? *next : now + 3600;
  }
  EXPECT_GE(*world.endpoint().disabled - kNow, kMostFailingSeconds);
  EXPECT_LE(*world.endpoint().disabled - kNow, kMostFailingSeconds + 2 * kDay);
  EXPECT_EQ(world.endpoint().disabled_reason, "nothing was taken for 5 days; the last time: nobody answers");
  EXPECT_GT(tries, 10) << "the first message was given up before";
}

TEST(Deliveries, wait_where_the_receiver_asks_for_it) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  ASSERT_TRUE(world.store->record(world.due(kNow).at(0), {429, kNow + 1000, "too many"}, kNow, 0));
  EXPECT_TRUE(world.due(kNow + 999).empty()) << "the other one neither";
  EXPECT_EQ(*world.store->next_due(), kNow + 1000);
  EXPECT_EQ(world.due(kNow + 1000).size(), 1U);
}

TEST(Deliveries, with_a_damaged_secret_hold_up_nobody_else) {
  World world;
  const EndpointId bad = world.add().endpoint.id, good = world.add().endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, bad, kNow));
  ASSERT_TRUE(world.store->queue_test(kHazel, good, kNow));
  auto other = *store::Database::open_for_writing(world.path());
  ASSERT_TRUE(other.execute("UPDATE webhook_endpoints SET secret = 'xyz' WHERE endpoint = ?", {bad}));
  const auto due = world.due(kNow);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].endpoint, good);
  EXPECT_NE(world.endpoint().disabled_reason.find("make a new one"), std::string::npos);
  ASSERT_TRUE(world.store->rotate(kHazel, bad, kNow));
  ASSERT_TRUE(world.store->enable(kHazel, bad));
  ASSERT_TRUE(world.store->queue_test(kHazel, bad, kNow));
  EXPECT_EQ(world.due(kNow).size(), 2U);
}

TEST(Deliveries, are_forgotten_after_thirty_days) {
  World world;
  const EndpointId id = world.add().endpoint.id;
  ASSERT_TRUE(world.store->queue_test(kHazel, id, kNow));
  ASSERT_TRUE(world.store->record(world.due(kNow).at(0), status(200), kNow, 0));
  ASSERT_TRUE(world.store->prune(kNow + 30 * kDay));
  EXPECT_EQ(world.store->attempts(kHazel, id, {}, 10)->size(), 1U);
  ASSERT_TRUE(world.store->prune(kNow + 30 * kDay + 1));
  EXPECT_TRUE(world.store->attempts(kHazel, id, {}, 10)->empty());
  EXPECT_EQ(world.store->endpoints(kHazel)->size(), 1U);
}

TEST(Webhooks, of_an_erased_person_leave_no_byte) {
  World world;
  const net::AddressGuard guard = *net::AddressGuard::allowing({"unmistakable.example:443"});
  const auto added = world.store->add(kHazel, "https://unmistakable.example/", 1, guard, kNow);
  ASSERT_TRUE(added);
  world.add(kMax);
  world.note(50, 1);
  world.note(60, 2);
  ASSERT_TRUE(world.store->record(world.due(kNow + 2 * kDay).at(0), {500, {}, "unmistakable problem"}, kNow, 0));
  EXPECT_NE(all_bytes(world).find("unmistakable"), std::string::npos);
  ASSERT_TRUE(world.store->erase(kHazel));
  EXPECT_EQ(all_bytes(world).find("unmistakable"), std::string::npos);
  EXPECT_TRUE(world.store->endpoints(kHazel)->empty());
  EXPECT_EQ(world.store->endpoints(kMax)->size(), 1U);
}

TEST(Webhooks, may_be_used_by_several_threads) {
  World world;
  std::vector<std::thread> threads;
  for (int person = 0; person < 4; ++person) {
    threads.emplace_back([&world, person] {
      world.add(person, 0.5);
      for (int day = 1; day <= 20; ++day) {
        world.note(50 + day, day, person);
        static_cast<void>(world.store->endpoints(person));
        const auto due = world.due(kNow + 30 * kDay);
        for (const Due& each : due) static_cast<void>(world.store->record(each, status(200), kNow, 0));
      }
    });
  }
  for (std::thread& each : threads) each.join();
  while (!world.due(kNow + 30 * kDay).empty())
    ASSERT_TRUE(world.store->record(world.due(kNow + 30 * kDay)[0], status(200), kNow, 0));
  auto database = *store::Database::open_for_reading(world.path());
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM webhook_deliveries WHERE attempts = 1"), 4 * 19);
}

}  // namespace
}  // namespace renown::webhook
