/// Blog: the interface of a WordPress site: where it is, and what it is asked for.
#pragma once

#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "connect/ask.h"
#include "connect/connector.h"
#include "connect/problem.h"
#include "connect/wordpress/comment.h"
#include "net/transport.h"

namespace renown::connect::wordpress {

class Blog {
 public:
  using Done = std::expected<void, Problem>;
  using Stop = const std::stop_token&;

  /// account  "blog.example"
  /// address  of its first page
  /// root     address of the interface; empty: its first page says it
  /// sees_all with the owner's password: comments of every type
  /// http     outlives the blog
  Blog(std::string account, std::string address, std::string root, bool sees_all, net::Transport& http)
      : site_{std::move(account), {}},
        address_(std::move(address)),
        root_(std::move(root)),
        sees_all_(sees_all),
        http_(http) {}

  const std::string& account() const { return site_.account; }

  /// Known once describe() was asked: until then nobody who comments is known to be the blog itself.
  const Site& site() const { return site_; }

  bool is_found() const { return !root_.empty(); }
  bool is_described() const { return is_described_; }

  /// Finds the interface by the Link of the first page. errors  malformed where that names none, or another server's
  Done find(Stop stop);

  /// What the blog says of itself. errors  malformed where its interface is another
  std::expected<ProfileSeen, Problem> describe(Stop stop);

  /// Addresses of the first pages of two lists, the newest first.
  std::string posts() const;
  std::string comments() const;

  /// A page of one of them.
  /// errors  malformed besides, for an empty page of a list that is not empty
  std::expected<JsonAnswer, Problem> list(const std::string& url, const std::string& what, Stop stop);

  /// One comment; nothing where the blog says that there is none, or none to be seen any more.
  std::expected<std::optional<Comment>, Problem> comment(const std::string& number, Stop stop);

 private:
  std::string in_interface(std::string path) const;

  Site site_;            ///< its home is empty until it was described
  std::string address_;  ///< of its first page
  std::string root_;     ///< of its interface; empty until it was found
  bool sees_all_;
  net::Transport& http_;
  bool is_described_ = false;
};

}  // namespace renown::connect::wordpress
