/// Headers: the headers of an HTTP message, of one we send and of one we are sent.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace renown::net {

struct Header {
  std::string name;  ///< compared without regard to case
  std::string value;
  bool operator==(const Header&) const = default;
};

/// The headers of a message, in order; one name may come several times.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}

  void add(std::string name, std::string value) { headers_.push_back({std::move(name), std::move(value)}); }
  void set(std::string name, std::string value);  ///< instead of any that there are
  void remove(std::string_view name);

  /// The first of that name.
  std::optional<std::string_view> find(std::string_view name) const;

  /// All of that name, joined by ", " as RFC 9110 has it; empty where there is none.
  std::string all(std::string_view name) const;

  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }
  std::size_t size() const { return headers_.size(); }
  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> headers_;
};

/// Whether two header names are one: ASCII letters without regard to case.
bool same_name(std::string_view one, std::string_view other);

/// Whether a text is a token of RFC 9110: the name of a method or header.
bool is_token(std::string_view text);

}  // namespace renown::net
