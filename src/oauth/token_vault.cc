#include "oauth/token_vault.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "io/file_writer.h"

// A file is "RNVAULT1", 24 bytes of nonce, and what was sealed: the length of the name (u32, little-endian), the name
// and the secret. The file's own name is sealed with it as additional data.
namespace renown::oauth {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "RNVAULT1";
constexpr std::string_view kEnding = ".sealed";
constexpr std::string_view kMark = "vault";  ///< the name of what tells the right key
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;  ///< of a file: secrets are short

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Error io_error(const std::string& path, std::string_view what) {
  return {ErrorCode::io, fmt::format("{} cannot be {}: {}", path, what, std::strerror(errno))};
}

Result<void> write_private(const std::string& path, std::string_view bytes) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  std::error_code failed;
  fs::permissions(file->temporary_path(), fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be kept from others: {}", path, failed.message())};
  if (auto written = file->write(bytes); !written) return written;
  return file->commit();
}

Result<std::string> read_bounded(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return io_error(path, "opened");
  std::string bytes(kMostBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) return io_error(path, "read");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

Result<void> check_key_file(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return io_error(path, "looked at");
  // A key that is another user's and still readable was given to us: systemd's LoadCredential= does so by an access
  // list, whose mask shows as the group's bits.
  const mode_t others = status.st_uid == ::geteuid() ? 077 : 037;
  if ((status.st_mode & others) != 0)
    return bad_input(fmt::format("the key file {} can be read by others: chmod 600 it", path));
  return {};
}

using SealKey = std::array<unsigned char, 32>;

/// Nonce and sealed bytes of `plain`, which `bound` must come with to be read again.
std::string sealed_bytes(const SealKey& key, const base::RandomBytes& random, std::string_view bound,
                         std::string_view plain) {
  std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
  unsigned char* const nonce = bytes_of(sealed);
  random({nonce, kNonceBytes});
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(bound), bound.size(), nullptr, nonce, key.data());
  return sealed;
}

/// What was sealed; nothing where it is not that.
std::optional<std::string> unsealed_bytes(const SealKey& key, std::string_view bound, std::string_view sealed) {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const std::string_view box = sealed.substr(kNonceBytes);
  std::string plain(box.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, bytes_of(box), box.size(),
                                                 bytes_of(bound), bound.size(), bytes_of(sealed), key.data()) != 0)
    return std::nullopt;
  return plain;
}

/// No file's name has a colon: what is sealed for a store opens no file, and the other way round.
std::string bound_of_value(std::string_view name) {
  return "value:" + std::string(name);
}

bool stands_in(const fs::path& file, const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(fs::absolute(file, ignored), ignored);
  const fs::path outer = fs::weakly_canonical(fs::absolute(folder, ignored), ignored);
  return std::ranges::mismatch(outer, whole).in1 == outer.end();
}

}  // namespace

struct TokenVault::Entry {
  std::string name, secret;
};

TokenVault::TokenVault(std::string folder, const Key& key) : folder_(std::move(folder)) {
  crypto_generichash(seal_key_.data(), seal_key_.size(), bytes_of("seal"), 4, key.data(), key.size());
  crypto_generichash(name_key_.data(), name_key_.size(), bytes_of("name"), 4, key.data(), key.size());
}

Result<TokenVault> TokenVault::open(std::string folder, const std::string& key_file) {
  const base::RandomBytes random = base::system_random();
  if (stands_in(key_file, folder))
    return Error{ErrorCode::usage,
                 fmt::format("the key file {} must not stand in {}, which it locks", key_file, folder)};
  std::error_code failed;
  if (fs::create_directories(folder, failed)) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be made: {}", folder, failed.message())};

  Key key;
  if (!fs::exists(key_file)) {
    if (!fs::is_empty(folder, failed))
      return bad_input(
          fmt::format("the key file {} is gone, and {} is locked with it: bring it back", key_file, folder));
    random(key);
    if (auto written = write_private(key_file, base::hex(key) + "\n"); !written) return written.error();
  }
  if (auto safe = check_key_file(key_file); !safe) return safe.error();
  const auto text = read_bounded(key_file);
  if (!text) return text.error();
  std::size_t size = 0;
  const std::string_view digits = std::string_view(*text).substr(0, text->find_last_not_of("\r\n ") + 1);
  if (sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr, &size, nullptr) != 0 ||
      size != key.size())
    return bad_input(fmt::format("the key file {} does not hold 64 hexadecimal digits", key_file));
  TokenVault vault(std::move(folder), key);
  if (auto fits = vault.check_key(key_file); !fits) return fits.error();
  return vault;
}

/// A key that is not the vault's finds none of its secrets: without a look it would seem empty.
Result<void> TokenVault::check_key(const std::string& key_file) {
  const auto mark = get(kMark);
  if (!mark) return mark.error();
  if (*mark) return {};
  for (const auto& file : fs::directory_iterator(folder_)) {
    if (file.path().string().ends_with(kEnding))
      return bad_input(fmt::format("{} is locked with another key than that of {}", folder_, key_file));
  }
  return put(kMark, "");
}

std::string TokenVault::path_of(std::string_view name) const {
  std::array<unsigned char, 16> digest;
  crypto_generichash(digest.data(), digest.size(), bytes_of(name), name.size(), name_key_.data(), name_key_.size());
  return fmt::format("{}/{}{}", folder_, base::hex(digest), kEnding);
}

Result<void> TokenVault::put(std::string_view name, std::string_view secret) {
  const std::string path = path_of(name);
  const std::string bound = fs::path(path).filename().string();
  const auto name_bytes = static_cast<std::uint32_t>(name.size());
  std::string plain(reinterpret_cast<const char*>(&name_bytes), sizeof name_bytes);
  plain.append(name).append(secret);
  const std::string file = std::string(kMagic) + sealed_bytes(seal_key_, random_, bound, plain);
  sodium_memzero(plain.data(), plain.size());
  return write_private(path, file);
}

Result<std::optional<TokenVault::Entry>> TokenVault::read(const std::string& path) const {
  std::error_code failed;
  if (!fs::exists(path, failed)) return std::optional<Entry>();
  auto file = read_bounded(path);
  if (!file) return file.error();
  const auto damaged = [&] {
    return bad_input(fmt::format("{} is damaged, or locked with another key: log in to its account again", path));
  };
  if (file->size() > kMostBytes || !file->starts_with(kMagic)) return damaged();
  const std::string bound = fs::path(path).filename().string();
  const auto opened = unsealed_bytes(seal_key_, bound, std::string_view(*file).substr(kMagic.size()));
  if (!opened || opened->size() < sizeof(std::uint32_t)) return damaged();
  const std::string& plain = *opened;
  std::uint32_t name_bytes = 0;
  std::memcpy(&name_bytes, plain.data(), sizeof name_bytes);
  if (name_bytes > plain.size() - sizeof name_bytes) return damaged();
  return std::optional(
      Entry{plain.substr(sizeof name_bytes, name_bytes), plain.substr(sizeof name_bytes + name_bytes)});
}

Result<std::optional<std::string>> TokenVault::get(std::string_view name) const {
  auto entry = read(path_of(name));
  if (!entry) return entry.error();
  if (!*entry) return std::optional<std::string>();
  return std::optional(std::move((*entry)->secret));
}

Result<void> TokenVault::remove(std::string_view name) {
  const std::string path = path_of(name);
  std::error_code failed;
  fs::remove(path, failed);
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be removed: {}", path, failed.message())};
  return {};
}

std::string TokenVault::seal(std::string_view name, std::string_view secret) const {
  return base::base64url(sealed_bytes(seal_key_, random_, bound_of_value(name), secret));
}

Result<std::string> TokenVault::unseal(std::string_view name, std::string_view sealed) const {
  const auto bytes = base::from_base64url(sealed);
  auto secret = bytes ? unsealed_bytes(seal_key_, bound_of_value(name), *bytes) : std::nullopt;
  if (!secret)
    return bad_input(
        fmt::format("the sealed secret \"{}\" is damaged, or sealed with another key than that of {}", name, folder_));
  return std::move(*secret);
}

Result<std::vector<std::string>> TokenVault::names() const {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& file : fs::directory_iterator(folder_, failed)) {
    if (!file.path().string().ends_with(kEnding)) continue;
    auto entry = read(file.path().string());
    if (!entry) return entry.error();
    if (*entry && (*entry)->name != kMark) names.push_back(std::move((*entry)->name));
  }
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be read: {}", folder_, failed.message())};
  std::ranges::sort(names);
  return names;
}

Result<TokenVault::Lock> TokenVault::lock() const {
  const std::string path = folder_ + "/lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return io_error(path, "opened");
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    ::close(descriptor);
    return io_error(path, "locked");
  }
  return Lock(descriptor);
}

TokenVault::Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

TokenVault::Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace renown::oauth
