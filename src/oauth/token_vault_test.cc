#include "oauth/token_vault.h"

#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/testing.h"

namespace renown::oauth {
namespace {

namespace fs = std::filesystem;

class VaultTest : public ::testing::Test {
 protected:
  TokenVault open() { return std::move(*TokenVault::open(folder_, key_)); }

  std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder_)) {
      if (file.path().extension() == ".sealed") files.push_back(file.path());
    }
    return files;
  }

  /// Where a secret stands: the file that is gone when it is removed from a copy of the vault.
  std::string file_of(std::string_view name) {
    const std::string copy = scratch_ / "copy";
    fs::remove_all(copy);
    fs::copy(folder_, copy);
    EXPECT_TRUE(TokenVault::open(copy, key_)->remove(name));
    for (const fs::path& file : files()) {
      if (!fs::exists(copy / file.filename())) return file.string();
    }
    return "nothing";
  }

  io::testing::TemporaryFolder scratch_;
  std::string folder_ = scratch_ / "tokens";
  std::string key_ = scratch_ / "tokens.key";
};

TEST_F(VaultTest, gives_back_what_it_was_given) {
  TokenVault vault = open();
  EXPECT_EQ(*vault.get("a"), std::nullopt);
  ASSERT_TRUE(vault.put("a", "secret one"));
  ASSERT_TRUE(vault.put("b", ""));
  ASSERT_TRUE(vault.put("a", std::string("two\0", 4)));
  EXPECT_EQ(*vault.get("a"), std::string("two\0", 4));
  EXPECT_EQ(*open().get("b"), "");  // another run
  EXPECT_EQ(*vault.names(), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE(vault.remove("a"));
  ASSERT_TRUE(vault.remove("a"));
  EXPECT_EQ(*vault.get("a"), std::nullopt);
}

TEST_F(VaultTest, tells_nothing_to_who_has_only_the_folder) {
  // File names are hexadecimal digits: words that these could spell by chance ("ada") would fail one run in thirty.
  ASSERT_TRUE(open().put("mastodon:grace@example.net", "token-xyzzyx"));
  for (const fs::path& file : files()) {
    const std::string all = file.filename().string() + io::testing::read_file(file.string());
    for (const char* word : {"grace", "mastodon", "token", "xyzzyx"})
      EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(key_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(files().at(0)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(VaultTest, notices_every_changed_byte_and_every_cut) {
  ASSERT_TRUE(open().put("a", "secret"));
  const std::string path = file_of("a");
  const std::string good = io::testing::read_file(path);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    io::testing::write_file(path, bad);
    EXPECT_FALSE(open().get("a")) << i;
    io::testing::write_file(path, good.substr(0, i));
    EXPECT_FALSE(open().get("a")) << i;
  }
  io::testing::write_file(path, good);
  EXPECT_EQ(*open().get("a"), "secret");
}

TEST_F(VaultTest, one_secret_does_not_pass_for_another) {
  ASSERT_TRUE(open().put("a", "for a"));
  ASSERT_TRUE(open().put("b", "for b"));
  fs::copy_file(file_of("a"), file_of("b"), fs::copy_options::overwrite_existing);
  EXPECT_EQ(*open().get("a"), "for a");
  EXPECT_FALSE(open().get("b"));
}

TEST_F(VaultTest, seals_values_for_a_store_kept_elsewhere) {
  const TokenVault vault = open();
  for (const std::string& secret : {std::string(), std::string("whsec_abc"), std::string(5000, '\0')}) {
    const std::string sealed = vault.seal("hook 1", secret);
    EXPECT_EQ(*open().unseal("hook 1", sealed), secret);
    EXPECT_NE(vault.seal("hook 1", secret), sealed) << "each time another nonce";
    EXPECT_FALSE(vault.unseal("hook 2", sealed)) << "one does not pass for another";
    EXPECT_FALSE(vault.unseal("hook 1", sealed.substr(0, sealed.size() - 1)));
    EXPECT_FALSE(vault.unseal("hook 1", (sealed[0] == 'A' ? "B" : "A") + sealed.substr(1))) << sealed;
  }
  EXPECT_FALSE(vault.unseal("hook 1", ""));
  EXPECT_FALSE(vault.unseal("hook 1", "no base64!"));
  EXPECT_TRUE(vault.names()->empty()) << "they stand in no file";
}

TEST_F(VaultTest, needs_its_key) {
  ASSERT_TRUE(open().put("a", "secret"));
  const std::string key = io::testing::read_file(key_);
  const auto message = [&] { return TokenVault::open(folder_, key_).error().message; };
  fs::remove(key_);
  EXPECT_NE(message().find("is gone"), std::string::npos);
  EXPECT_FALSE(fs::exists(key_));  // no new one is made in its place
  io::testing::write_file(key_, "12");
  fs::permissions(key_, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_NE(message().find("64 hexadecimal digits"), std::string::npos);
  io::testing::write_file(key_, std::string(64, '0'));
  EXPECT_NE(message().find("is locked with another key"), std::string::npos);
  io::testing::write_file(key_, key);
  EXPECT_EQ(*open().get("a"), "secret");
  fs::permissions(key_, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_NE(message().find("chmod 600"), std::string::npos);
}

// As systemd's LoadCredential= gives it: another user's file, whose list of access shows as the group's bits.
TEST_F(VaultTest, takes_a_key_that_another_user_lets_it_read) {
  ASSERT_TRUE(open().put("a", "secret"));
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: giving a file to another user needs root";
  ASSERT_EQ(::chown(key_.c_str(), 65534, 65534), 0);
  fs::permissions(key_, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_EQ(*open().get("a"), "secret");
  fs::permissions(key_, fs::perms::owner_read | fs::perms::others_read);
  EXPECT_NE(TokenVault::open(folder_, key_).error().message.find("can be read by others"), std::string::npos);
}

TEST_F(VaultTest, does_not_keep_its_key_in_itself) {
  const auto vault = TokenVault::open(folder_, folder_ + "/../tokens/key");
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().code, ErrorCode::usage);
}

TEST_F(VaultTest, is_locked_by_one_process_at_a_time) {
  TokenVault vault = open();
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  std::optional<TokenVault::Lock> mine = std::move(*vault.lock());
  const pid_t child = ::fork();
  if (child == 0) {
    mine.reset();  // a copy that came with the fork
    const auto lock = vault.lock();
    ::_exit(lock && ::write(pipe_ends[1], "x", 1) == 1 ? 0 : 1);
  }
  ASSERT_TRUE(vault.put("a", "written while the other waits"));
  ::usleep(20'000);
  char byte = 0;
  ::fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
  EXPECT_EQ(::read(pipe_ends[0], &byte, 1), -1);
  mine.reset();
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(::read(pipe_ends[0], &byte, 1), 1);
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);
}

}  // namespace
}  // namespace renown::oauth
