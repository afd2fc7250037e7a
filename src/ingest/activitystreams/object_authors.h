/// ObjectAuthors: who wrote the objects that a log has shown, for likes and replies that name only the object.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace renown::ingest::activitystreams {

/// Remembers the latest objects and forgets the earliest: at most kMaxObjects of them with kMaxBytes of text, so that
/// memory does not grow with the log (about 60 MB when full of addresses of usual length).
class ObjectAuthors {
 public:
  static constexpr std::size_t kMaxObjects = 262'144;
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  explicit ObjectAuthors(std::size_t max_objects = kMaxObjects, std::size_t max_bytes = kMaxBytes)
      : max_objects_(max_objects), max_bytes_(max_bytes) {}

  /// Of one object the latest author counts. Nothing happens where either is empty.
  void remember(std::string_view object, std::string_view author);

  /// Empty if the object is not remembered. Valid until the next remember().
  std::string_view author_of(std::string_view object) const;

  std::size_t size() const { return authors_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Map = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;

  void forget_earliest();

  std::size_t max_objects_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  Map authors_;
  std::deque<const std::string*> earliest_first_;  ///< keys of authors_, whose places in memory do not change
};

}  // namespace renown::ingest::activitystreams
