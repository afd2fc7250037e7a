/// Interaction: one event of a kind between two accounts, as every reader yields it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace renown {

/// What an actor did. The first ten are engagement, in the order that decides which of two acts of the same second
/// stands (docs/scoring/acts.md); the rest carry no weight. The names are those of the flat log.
enum class Kind : std::uint8_t {
  endorse,
  tip,
  quote,
  repost,
  review,
  reply,
  comment,
  mention,
  star,
  like,
  post,
  follow,
  undo
};

inline constexpr std::array<std::string_view, 13> kKindNames = {"endorse", "tip",     "quote",   "repost", "review",
                                                                "reply",   "comment", "mention", "star",   "like",
                                                                "post",    "follow",  "undo"};

inline constexpr std::size_t kEngagementKinds = 10;  ///< kinds below this index carry weight

constexpr std::string_view kind_name(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

/// The kind of that name, or nothing: an unknown name is never a silent default.
constexpr std::optional<Kind> parse_kind(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

constexpr bool is_engagement(Kind kind) {
  return static_cast<std::size_t>(kind) < kEngagementKinds;
}

/// One event. The views must stay valid as long as the caller of whoever receives it says.
struct Interaction {
  std::int64_t time = 0;  ///< unix seconds, UTC
  Kind kind = Kind::post;
  std::string_view network;  ///< e.g. "github"; never empty
  std::string_view actor;    ///< account that acts; never empty
  std::string_view target;   ///< account engaged with; empty for `post`, and for an undo that names an id
  std::string_view post;     ///< what the act is about (a URL or id); may be empty
  std::string_view id;       ///< the act's own id on its network; may be empty
  std::string_view tags;     ///< space-separated; may be empty

  bool operator==(const Interaction&) const = default;
};

}  // namespace renown
