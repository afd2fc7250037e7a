#include "net/paging.h"

#include <fmt/format.h>

namespace renown::net {

Result<void> PageGuard::enter(const std::string& page) {
  if (seen_.contains(page)) {
    return bad_input(fmt::format(
        "{}: the server leads from page {} back to one before it; what was read so far is kept", what_, seen_.size()));
  }
  if (seen_.size() >= most_pages_) {
    return bad_input(fmt::format("{}: there are more than {} pages; what was read so far is kept", what_, most_pages_));
  }
  seen_.insert(page);
  return {};
}

}  // namespace renown::net
