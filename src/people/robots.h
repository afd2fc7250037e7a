/// robots.txt: RFC 9309, for one agent name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renown::people {

/// By which name we look for our rules, letters in any case.
inline constexpr std::string_view kAgentName = "renown";

/// The rules that hold for one agent: those of all groups that name it, or else of the groups for '*'.
class Robots {
 public:
  /// Never fails: lines that are no rules are passed over. Only the first 500 KiB count, as the RFC allows.
  static Robots parse(std::string_view text, std::string_view agent = kAgentName);

  /// Whether `path` ("/a/b?c", as it stands in the address) may be fetched. The longest rule that fits decides; of two
  /// equally long ones the one that allows. '*' stands for anything, '$' at the end for the end; %-encoding is compared
  /// in one spelling. /robots.txt itself always may.
  bool may_fetch(std::string_view path) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
};

/// What the status of the answer says where there is no file: 4xx forbids nothing, 5xx and no answer forbid everything
/// (RFC 9309, 2.3.1). 200 is for parse().
bool may_fetch_without_robots(int http_status);

}  // namespace renown::people
