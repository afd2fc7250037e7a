#include "access/addresses.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kNow;

class AddressesTest : public test::StoreTest {
 protected:
  Addresses& addresses() { return store_->addresses(); }
};

// printf %s ada@example.com | sha256sum
constexpr const char* kAda = "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72";

TEST_F(AddressesTest, AreWhatAnAskerSends) {
  for (const char* same : {"ada@example.com", " Ada@Example.COM\n"}) EXPECT_EQ(*address_hash(same), kAda) << same;
  EXPECT_NE(*address_hash("ada+a@example.com"), kAda);
  EXPECT_TRUE(address_hash("\"a@b\"@example.com"));
  EXPECT_TRUE(address_hash(std::string(252, 'a') + "@b"));
  for (const std::string& none :
       {std::string(), std::string("ada"), std::string("@example.com"), std::string("ada@"), std::string("a b@c"),
        std::string("a\nb@c"), std::string("\xff@c"), std::string(253, 'a') + "@b"})
    expect_failure(address_hash(none), ErrorCode::bad_input, "no e-mail address");
}

TEST_F(AddressesTest, BelongToWhoShowedThemLast) {
  ASSERT_TRUE(addresses().add(7, "ada@example.com", kNow));
  ASSERT_TRUE(addresses().add(7, "ADA@example.com", kNow + 1)) << "once more";
  EXPECT_EQ(addresses().of_person(7)->size(), 1U);
  EXPECT_EQ(*addresses().person_of(kAda), 7);
  EXPECT_EQ(*addresses().person_of("ada@example.com"), 0) << "only hashes are asked for";
  EXPECT_EQ(*addresses().person_of(""), 0);
  ASSERT_TRUE(addresses().add(8, "ada@example.com", kNow));
  EXPECT_EQ(*addresses().person_of(kAda), 8);
  EXPECT_TRUE(addresses().of_person(7)->empty());
  expect_failure(addresses().remove(7, kAda), ErrorCode::not_found, "no such address");
  ASSERT_TRUE(addresses().remove(8, kAda));
  EXPECT_EQ(*addresses().person_of(kAda), 0);
  expect_failure(addresses().add(0, "ada@example.com", kNow), ErrorCode::bad_input, "a person's");
}

TEST_F(AddressesTest, AreBounded) {
  for (int i = 0; i < kMostAddresses; ++i) ASSERT_TRUE(addresses().add(7, std::to_string(i) + "@example.com", kNow));
  expect_failure(addresses().add(7, "more@example.com", kNow), ErrorCode::usage, "remove one first");
  EXPECT_TRUE(addresses().add(7, "0@example.com", kNow)) << "it is there already";
}

}  // namespace
}  // namespace renown::access
