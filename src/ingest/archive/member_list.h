/// MemberList: which of the names in an archive are members, and what is said about the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "renown/result.h"

#include "ingest/archive/archive.h"

namespace renown::ingest::archive {

/// Whether a name leads out of the folder that it is in: absolute, with a drive, or with "..".
bool leads_astray(std::string_view name);

class MemberList {
 public:
  MemberList(std::string archive, std::size_t most) : archive_(std::move(archive)), most_(most) {}

  /// Takes a file; one that leads astray or comes again is passed over.
  ///
  /// errors  bad_input when there are too many
  Result<void> add(std::string_view name, std::size_t position);

  void pass_over_link() { ++links_; }
  void pass_over_nameless() { ++nameless_; }

  std::vector<Member> take_members() { return std::move(members_); }

  /// One sentence for each cause that occurred.
  std::vector<std::string> notices() const;

 private:
  std::string archive_;
  std::size_t most_;
  std::size_t seen_ = 0;
  std::vector<Member> members_;
  std::unordered_set<std::string> names_;
  std::uint64_t astray_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t links_ = 0;
  std::uint64_t nameless_ = 0;
};

}  // namespace renown::ingest::archive
