/// Repository: everything an account of AT Protocol has published, as its tree of records says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "atproto/car.h"

namespace renown::atproto {

struct RepositoryRecord {
  std::string path;      ///< "app.bsky.feed.like/3l3qo2vutsw2b"
  std::string_view cid;  ///< of the record's block, which may not be in the file
};

struct Repository {
  std::string did;                        ///< whose it is
  std::vector<RepositoryRecord> records;  ///< by path, in byte order
};

/// Walks the tree (Merkle search tree) below the root. Only its nodes are read, no record.
///
/// car     must outlive the repository
/// errors  bad_input, as one clause: a node that is missing or broken, paths out of order
/// cost    in proportion to the tree; a node that hangs in two places is an error, so that no file can unfold
Result<Repository> read_repository(const Car& car);

}  // namespace renown::atproto
