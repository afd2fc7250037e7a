#include "mail/mail_store.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "mail/testing.h"

namespace renown::mail {
namespace {

using Kind = net::SmtpOutcome::Kind;
using test::kDay;
using test::kHazel;
using test::kMax;
using test::kNow;
using test::outcome;
using test::World;

TEST(Addresses, are_somebodys_once_the_link_was_used) {
  World world;
  EXPECT_EQ(world.ask("Hazel@Example.com"), Asked::queued);
  ASSERT_EQ(world.due().size(), 1U);
  EXPECT_EQ(world.due()[0].to, "Hazel@example.com");
  EXPECT_NE(world.due()[0].message.find(world.last_token), std::string::npos);
  EXPECT_EQ(world.addresses()[0].state, AddressState::waiting);
  EXPECT_TRUE(world.store->readers()->empty()) << "nothing else is sent there yet";
  const std::string token = world.last_token;
  for (const std::string& wrong : {std::string(), std::string("x"), token + "x"})
    EXPECT_EQ(world.store->confirm(kHazel, wrong, kNow).error().code, ErrorCode::not_found);
  EXPECT_FALSE(world.store->confirm(kMax, token, kNow)) << "another's link";
  EXPECT_FALSE(world.store->confirm(kHazel, token, kNow + kDay)) << "too late";
  world.reopen();
  const auto confirmed = world.store->confirm(kHazel, token, kNow + kDay - 1);
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->address, "Hazel@Example.com");
  EXPECT_FALSE(world.store->confirm(kHazel, token, kNow + 1)) << "once";
  EXPECT_EQ(world.store->readers()->size(), 1U);
  EXPECT_EQ(world.store->readers(kMax)->size(), 0U);
}

TEST(Addresses, asked_again_have_the_newest_link_alone) {
  World world;
  world.ask("hazel@example.com");
  const std::string first = world.last_token;
  world.ask("HAZEL@example.com");
  EXPECT_EQ(world.addresses().size(), 1U);
  EXPECT_EQ(world.due().size(), 1U) << "the letter with the void link is not sent";
  EXPECT_FALSE(world.store->confirm(kHazel, first, kNow));
  EXPECT_TRUE(world.store->confirm(kHazel, world.last_token, kNow));
}

TEST(Addresses, asked_again_once_too_often_keep_the_link_that_was_sent) {
  World world;
  for (int i = 0; i < MailStore::kMostAskedOfAddress; ++i) ASSERT_EQ(world.ask("hazel@example.com"), Asked::queued);
  const std::string sent = world.last_token;
  EXPECT_EQ(world.ask("hazel@example.com"), Asked::withheld);
  EXPECT_NE(world.last_token, sent) << "a message was written, and went nowhere";
  EXPECT_FALSE(world.store->confirm(kHazel, world.last_token, kNow));
  EXPECT_TRUE(world.store->confirm(kHazel, sent, kNow));
}

TEST(Addresses, are_whose_reader_confirmed_last) {
  World world;
  world.confirmed("shared@example.com", kHazel);
  EXPECT_EQ(world.ask("shared@example.com", kMax), Asked::queued) << "as for any address";
  EXPECT_EQ(world.addresses(kHazel).size(), 1U) << "asking alone takes nothing away";
  ASSERT_TRUE(world.store->confirm(kMax, world.last_token, kNow));
  EXPECT_TRUE(world.addresses(kHazel).empty());
  EXPECT_EQ(world.addresses(kMax).size(), 1U);
}

TEST(Addresses, that_are_theirs_are_not_asked_again) {
  World world;
  world.confirmed("hazel@example.com");
  EXPECT_EQ(world.ask("hazel@example.com"), Asked::withheld);
  EXPECT_TRUE(world.due().empty());
  EXPECT_EQ(world.addresses()[0].state, AddressState::confirmed);
}

TEST(Addresses, get_few_letters_from_strangers) {
  World world;
  for (int i = 0; i < MailStore::kMostAskedByPerson; ++i)
    EXPECT_EQ(world.ask(std::to_string(i) + "@example.com"), Asked::queued);
  EXPECT_EQ(world.ask("more@example.com"), Asked::too_many);
  EXPECT_EQ(world.ask("0@example.com"), Asked::too_many);
  for (std::int64_t person = 100; person < 100 + MailStore::kMostAskedOfAddress; ++person)
    EXPECT_EQ(world.ask("victim@example.com", person), Asked::queued);
  EXPECT_EQ(world.ask("Victim@EXAMPLE.com", 200), Asked::withheld) << "and who asks sees no difference";
  EXPECT_EQ(world.addresses(200).size(), 1U);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(world.store->remove(200, world.addresses(200)[0].name));
    EXPECT_EQ(world.ask("victim@example.com", 200), Asked::withheld) << "removing and asking again is no way around it";
  }
  EXPECT_EQ(world.due(kNow).size(),
            static_cast<std::size_t>(MailStore::kMostAskedByPerson + MailStore::kMostAskedOfAddress));
  ASSERT_TRUE(world.store->prune(kNow + kDay));
  EXPECT_EQ(world.ask("victim@example.com", 201, kNow + kDay), Asked::queued) << "the day is over";
}

TEST(Addresses, of_who_was_erased_and_came_back_are_still_counted) {
  World world;
  for (std::int64_t person = 100; person < 100 + MailStore::kMostAskedOfAddress; ++person) {
    world.ask("victim@example.com", person);
    ASSERT_TRUE(world.store->erase(person));
  }
  EXPECT_EQ(world.ask("victim@example.com", 200), Asked::withheld);
}

TEST(Addresses, are_bounded_for_all_together) {
  World world;
  std::int64_t person = 1'000;
  for (std::int64_t i = 0; i < MailStore::kMostAsked; ++i)
    ASSERT_EQ(world.ask(std::to_string(i) + "@example.com", person + i / MailStore::kMostAskedByPerson), Asked::queued);
  EXPECT_EQ(world.ask("one.more@example.com", kHazel), Asked::withheld);
}

TEST(Addresses, are_few_and_no_others_than_mailboxes) {
  World world;
  for (int i = 0; i < MailStore::kMostAddresses; ++i) world.confirmed(std::to_string(i) + "@example.com");
  const auto full = world.try_to_ask("more@example.com", kHazel, kNow + kDay);
  ASSERT_FALSE(full);
  EXPECT_NE(full.error().message.find("remove one first"), std::string::npos);
  ASSERT_TRUE(world.store->remove(kHazel, world.addresses()[0].name));
  EXPECT_EQ(world.ask("more@example.com", kHazel, kNow + kDay), Asked::queued);
  EXPECT_EQ(world.addresses(kHazel, kNow + 2 * kDay).size(), 4U) << "what nobody confirmed is not there any more";
  const auto none = world.try_to_ask("a\r\nRCPT TO:<b@example.com>", kMax);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::bad_input);
}

TEST(Addresses, are_stopped_by_the_way_out_and_by_nothing_else) {
  World world;
  const Address address = world.confirmed("hazel@example.com");
  ASSERT_EQ(*world.store->queue_digest(address.id, "a", kNow), Queued::queued);
  const std::string token = world.store->stop_token(address.id);
  for (const std::string& wrong :
       {std::string(), std::string("1"), std::string("1-"), "2" + token.substr(1), token + "x"})
    EXPECT_FALSE(*world.store->stop(wrong)) << wrong;
  EXPECT_EQ(world.addresses().size(), 1U);
  world.reopen();
  EXPECT_TRUE(*world.store->stop(token));
  EXPECT_TRUE(world.addresses().empty());
  EXPECT_TRUE(world.due().empty()) << "what waited for it is gone too";
  EXPECT_FALSE(*world.store->stop(token));
}

TEST(Addresses, stand_in_no_file) {
  World world;
  world.confirmed("hazel.private@example.com");
  ASSERT_EQ(*world.store->queue_digest(world.addresses()[0].id, "a letter of hazel", kNow), Queued::queued);
  const auto holds = [&](std::string_view text) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(world.path()).parent_path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  };
  EXPECT_FALSE(holds("hazel.private"));
  EXPECT_FALSE(holds("letter of hazel"));
  const std::string name = world.addresses()[0].name;
  EXPECT_TRUE(holds(name)) << "the search finds what is there";
  ASSERT_TRUE(world.store->erase(kHazel));
  EXPECT_TRUE(world.addresses().empty());
  EXPECT_TRUE(world.due().empty());
}

TEST(Letters, wait_until_they_are_of_no_use) {
  World world;
  world.ask("hazel@example.com");
  Due due = world.due()[0];
  EXPECT_EQ(due.attempt, 1);
  EXPECT_EQ(*world.store->record(due, outcome(Kind::refused, 451), kNow, 0), Verdict::again);
  EXPECT_TRUE(world.due(kNow + 59).empty());
  EXPECT_EQ(**world.store->next_due(), kNow + 60);
  due = world.due(kNow + 60).at(0);
  EXPECT_EQ(due.attempt, 2);
  EXPECT_EQ(*world.store->record(due, outcome(Kind::cancelled), kNow + 60, 0), Verdict::again);
  EXPECT_EQ(world.due(kNow + 60).at(0).attempt, 2) << "stopped is not tried";
  EXPECT_TRUE(world.due(kNow + kDay).empty()) << "the link is void";
  EXPECT_FALSE(*world.store->next_due());
}

TEST(Letters, refused_for_good_end_those_to_an_address) {
  World world;
  const Address address = world.confirmed("hazel@example.com");
  ASSERT_EQ(*world.store->queue_digest(address.id, "a", kNow), Queued::queued);
  EXPECT_EQ(*world.store->queue_digest(address.id, "b", kNow), Queued::under_way) << "one at a time";
  EXPECT_EQ(*world.store->record(world.due().at(0), outcome(Kind::refused, 550), kNow, 0), Verdict::refused);
  EXPECT_EQ(world.addresses()[0].state, AddressState::refused);
  EXPECT_TRUE(world.store->readers()->empty());
  EXPECT_EQ(*world.store->queue_digest(address.id, "c", kNow), Queued::no_reader);
  EXPECT_EQ(world.ask("hazel@example.com"), Asked::queued) << "until it is confirmed again";
  ASSERT_TRUE(world.store->confirm(kHazel, world.last_token, kNow));
  EXPECT_EQ(world.store->readers()->size(), 1U);
}

TEST(Letters, that_may_have_been_taken_are_not_sent_again) {
  World world;
  world.ask("hazel@example.com");
  const Due due = world.due()[0];
  ASSERT_TRUE(world.store->hand_over(due.id, kNow));
  EXPECT_TRUE(world.due().empty());
  world.reopen();
  EXPECT_EQ(world.store->unsettled(), 1U);
  EXPECT_TRUE(world.due(kNow + 3'600).empty());
  EXPECT_EQ(world.store->hand_over(due.id, kNow).error().code, ErrorCode::not_found);
  world.reopen();
  EXPECT_EQ(world.store->unsettled(), 0U);
}

TEST(Letters, that_were_refused_after_their_end_are_sent_again) {
  World world;
  world.ask("hazel@example.com");
  const Due due = world.due()[0];
  ASSERT_TRUE(world.store->hand_over(due.id, kNow));
  EXPECT_EQ(*world.store->record(due, outcome(Kind::refused, 452), kNow, 0), Verdict::again);
  world.reopen();
  EXPECT_EQ(world.due(kNow + 60).size(), 1U);
}

TEST(Letters, that_are_asked_for_are_counted) {
  World world;
  world.confirmed("hazel@example.com");
  const Reader reader = world.store->readers()->at(0);
  int sent = 0;
  for (int i = 0; i < 10; ++i) {
    const Queued queued = *world.store->queue_asked_digest(reader, "a", kNow);
    if (queued != Queued::queued) {
      EXPECT_EQ(queued, Queued::too_many);
      continue;
    }
    ++sent;
    if (sent == 1) {
      EXPECT_EQ(*world.store->queue_asked_digest(reader, "b", kNow), Queued::under_way) << "and counts for nothing";
    }
    for (const Due& due : world.due()) ASSERT_TRUE(world.store->record(due, outcome(Kind::taken, 250), kNow, 0));
  }
  EXPECT_EQ(sent, MailStore::kMostAskedByPerson - 1) << "confirming it was one";
  EXPECT_EQ(world.store->readers()->at(0).digested, kNow) << "the weekly one comes when it would have";
}

}  // namespace
}  // namespace renown::mail
