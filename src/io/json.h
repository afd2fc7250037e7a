/// JSON in: one whole document, every value of it read and checked; then free access to its parts.
///
///     JsonParser parser;                                   // once per reader: it keeps its room
///     auto root = parser.parse(line);                      // checks everything, or says what is wrong and where
///     if (!root) return bad(root.error().message);
///     const JsonValue object = (*root)["object"];          // a missing member is an ordinary value
///     const std::string_view id = object["id"].text_or_number();
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>

#include "renown/result.h"

namespace renown::io {

enum class JsonType : std::uint8_t { missing, null, boolean, number, string, array, object };

/// "a string", "an array", "missing" ... for error sentences.
std::string_view json_type_name(JsonType type);

/// One value of a parsed document in 16 bytes; see JsonParser. Values follow each other in document order, a container
/// before its content; the content of an object is key, value, key, value.
struct JsonNode {
  std::uint32_t begin =
      0;                   ///< of the text in the document's bytes: an unescaped string, a number or literal as written
  std::uint32_t size = 0;  ///< of that text; 0 for a container
  std::uint32_t skip = 1;  ///< nodes up to the next value that is not inside this one
  JsonType type = JsonType::missing;
};

class JsonElements;
class JsonMembers;

/// A value inside a document, or a missing one. Cheap to copy; valid as long as what it was found in.
/// Asking a value for what it is not (text of an array, a member of a string) yields the empty answer, never an error.
class JsonValue {
 public:
  JsonValue() = default;
  JsonValue(const JsonNode* node, const char* bytes) : node_(node), bytes_(bytes) {}

  JsonType type() const { return node_ == nullptr ? JsonType::missing : node_->type; }
  bool is_missing() const { return type() == JsonType::missing; }
  bool is_null() const { return type() == JsonType::null; }
  bool is_number() const { return type() == JsonType::number; }
  bool is_string() const { return type() == JsonType::string; }
  bool is_array() const { return type() == JsonType::array; }
  bool is_object() const { return type() == JsonType::object; }

  /// The member of that name. Of several with one name the last counts, as in the parsers of JavaScript, Ruby, Python
  /// and Go that the networks themselves run. Cost: the number of members.
  JsonValue operator[](std::string_view key) const;

  /// The member at the end of a path of keys: find({"commit", "record", "subject"}).
  JsonValue find(std::initializer_list<std::string_view> path) const;

  /// The content of a string, escapes resolved, always valid UTF-8 (it may hold NUL bytes); "" for anything else.
  std::string_view text() const { return is_string() ? raw() : std::string_view{}; }

  /// A number exactly as it is written, however many digits it has; "" for anything else.
  std::string_view number() const { return is_number() ? raw() : std::string_view{}; }

  /// text() or number(), for ids that come as either.
  std::string_view text_or_number() const { return is_string() || is_number() ? raw() : std::string_view{}; }

  /// A number without fraction and exponent that fits.
  std::optional<std::int64_t> integer() const;

  std::optional<bool> boolean() const;

  /// for (const JsonValue element : value.elements()): nothing unless it is an array.
  JsonElements elements() const;

  /// for (const auto [key, member] : value.members()): nothing unless it is an object; equal keys come each time.
  JsonMembers members() const;

 private:
  std::string_view raw() const { return {bytes_ + node_->begin, node_->size}; }

  const JsonNode* node_ = nullptr;
  const char* bytes_ = nullptr;
};

/// The values of an array, in order.
class JsonElements {
 public:
  class Iterator {
   public:
    using value_type = JsonValue;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const JsonNode* node, const char* bytes) : node_(node), bytes_(bytes) {}
    JsonValue operator*() const { return {node_, bytes_}; }
    Iterator& operator++() {
      node_ += node_->skip;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const JsonNode* node_ = nullptr;
    const char* bytes_ = nullptr;
  };

  JsonElements(Iterator begin, Iterator end) : begin_(begin), end_(end) {}
  Iterator begin() const { return begin_; }
  Iterator end() const { return end_; }
  bool empty() const { return begin_ == end_; }

 private:
  Iterator begin_, end_;
};

struct JsonMember {
  std::string_view key;
  JsonValue value;
};

/// The members of an object, in order.
class JsonMembers {
 public:
  class Iterator {
   public:
    using value_type = JsonMember;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const JsonNode* key, const char* bytes) : key_(key), bytes_(bytes) {}
    JsonMember operator*() const { return {{bytes_ + key_->begin, key_->size}, {key_ + 1, bytes_}}; }
    Iterator& operator++() {
      key_ += 1 + (key_ + 1)->skip;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const JsonNode* key_ = nullptr;
    const char* bytes_ = nullptr;
  };

  JsonMembers(Iterator begin, Iterator end) : begin_(begin), end_(end) {}
  Iterator begin() const { return begin_; }
  Iterator end() const { return end_; }
  bool empty() const { return begin_ == end_; }

 private:
  Iterator begin_, end_;
};

/// Parses documents one after another in room that it keeps. Not for use by two threads at once.
///
/// Strings, nesting and UTF-8 are found by simdjson's first stage; the grammar is checked here, because no access layer
/// of simdjson both reads every value and keeps numbers beyond 64 bits as they are written.
class JsonParser {
 public:
  static constexpr std::size_t kMaxDepth = 1024;                        ///< arrays and objects inside each other
  static constexpr std::size_t kMaxBytes = (std::size_t{1} << 30) - 1;  ///< of one document

  JsonParser();
  JsonParser(JsonParser&&) noexcept;
  JsonParser& operator=(JsonParser&&) noexcept;
  ~JsonParser();

  /// Parses `text` as one whole document: exactly one value with nothing but white space around it.
  ///
  /// returns  its root, valid until the next call
  /// errors   bad_input: one clause with the place, bytes counted from 1: "not valid JSON at byte 17: a ',' is missing"
  Result<JsonValue> parse(std::string_view text);

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace renown::io
