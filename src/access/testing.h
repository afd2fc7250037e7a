/// What the tests of this folder share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "access/access_store.h"

namespace renown::access::test {

inline constexpr std::int64_t kNow = 1'800'000'000;
inline constexpr std::int64_t kDay = 86'400;

/// A folder with a store in it, gone afterwards.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    std::string name = (std::filesystem::temp_directory_path() / "renown-access-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    store_ = open();
  }
  ~StoreTest() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string path() const { return (folder_ / "service.sqlite").string(); }
  std::unique_ptr<AccessStore> open() const {
    auto store = AccessStore::open(path());
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }
  void reopen() {
    store_.reset();
    store_ = open();
  }

  /// A login without a password.
  LoginId login(Role role = Role::person, PersonId person = 0) {
    NewLogin login;
    login.role = role;
    login.person = person;
    const auto made = store_->logins().make(login, 0, kNow);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : 0;
  }

  /// A key of that login with those scopes, as its text.
  MadeApiKey key(LoginId login, const char* scopes, std::int64_t expires = 0) {
    NewApiKey key{.login = login,
                  .name = "a key",
                  .scopes = *ScopeSet::parse(scopes),
                  .organisation = "Acme",
                  .purpose = "to invite people",
                  .expires = expires};
    auto made = store_->api_keys().make(key, login, kNow);
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : MadeApiKey();
  }

  /// Everything in the folder, one file after the other.
  std::string bytes() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
  bool holds(const std::string& text) const { return bytes().find(text) != std::string::npos; }

  std::filesystem::path folder_;
  std::unique_ptr<AccessStore> store_;
};

/// It failed with that code, and its sentence says that.
template <class T>
void expect_failure(const Result<T>& result, ErrorCode code, const std::string& says) {
  ASSERT_FALSE(result) << "this should say: " << says;
  EXPECT_EQ(result.error().code, code) << result.error().message;
  EXPECT_NE(result.error().message.find(says), std::string::npos) << result.error().message;
}

}  // namespace renown::access::test
