#include "connect/bluesky_post.h"

#include <fmt/format.h>

namespace renown::connect {
namespace {

/// The first `most` characters.
std::string_view cut(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins_one = (static_cast<unsigned char>(text[at]) & 0xc0u) != 0x80u;
    if (begins_one && ++characters > most) return text.substr(0, at);
  }
  return text;
}

}  // namespace

std::string_view key_in(std::string_view address, std::string_view did, std::string_view collection) {
  const std::string before = fmt::format("at://{}/{}/", did, collection);
  if (!address.starts_with(before)) return {};
  const std::string_view rkey = address.substr(before.size());
  return rkey.find('/') == std::string_view::npos ? rkey : std::string_view();
}

Post bluesky_post(std::string_view did, std::string_view rkey, std::int64_t time, io::JsonValue record) {
  constexpr std::size_t kMostCharacters = 300;
  return {.network = "bluesky",
          .id = fmt::format("at://{}/app.bsky.feed.post/{}", did, rkey),
          .account = std::string(did),
          .url = fmt::format("https://bsky.app/profile/{}/post/{}", did, rkey),
          .time = time,
          .text = std::string(cut(record["text"].text(), kMostCharacters))};
}

}  // namespace renown::connect
