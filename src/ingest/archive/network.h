/// Network: what one network's archives look like, and how its records become interactions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "ingest/archive/archive.h"
#include "ingest/record.h"

namespace renown::ingest::archive {

/// The records of one member, one after the other.
class MemberRecords {
 public:
  virtual ~MemberRecords() = default;

  /// Puts what the next record stands for into `record`, which is clear: rows, or the reason why there are none. The
  /// rows' texts are valid until the next call.
  ///
  /// returns  false when there is no further record
  /// errors   bad_input, saying as one clause why this record cannot be used; reading goes on behind it
  virtual Result<bool> next(Record& record) = 0;

  /// Where the record is that next() gave last: "record 12".
  virtual std::string place() const = 0;
};

/// Used for one archive. What an archive's owner is called is learnt from members of an early turn.
class Network {
 public:
  virtual ~Network() = default;

  /// What the archive should be, for error sentences: "an archive of Google+".
  virtual std::string format() const = 0;

  /// In which turn the member is read, or nothing: then it is never opened. This is the list of what may be opened;
  /// private messages stand on no such list.
  virtual std::optional<int> turn(std::string_view member) const = 0;

  /// errors  bad_input, as one clause, when the member is not what its name says: the archive is then not read on
  virtual Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) = 0;

  /// What is to be said once all is read: totals without names, acts without a time.
  virtual std::vector<std::string> closing_notices() const { return {}; }
};

/// A file of exactly this path, or of it below further folders: "data/like.js" in "twitter-2024/data/like.js".
bool is_at(std::string_view member, std::string_view path);

/// A file right in a folder of this name: "a/posts/x.json" is one in "posts".
bool is_in(std::string_view member, std::string_view folder);

/// A file whose name is `name` and `ending`, or has a number between them, as the parts of a large archive do:
/// "tweets-part1.js" is one of ("tweets", "-part", ".js").
bool is_part(std::string_view member, std::string_view name, std::string_view before_number, std::string_view ending);

/// The part behind the last '/'.
std::string_view file_name(std::string_view member);

}  // namespace renown::ingest::archive
