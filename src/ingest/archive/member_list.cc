#include "ingest/archive/member_list.h"

#include <utility>

#include <fmt/format.h>

namespace renown::ingest::archive {

bool leads_astray(std::string_view name) {
  if (name.starts_with('/') || name.starts_with('\\')) return true;
  if (name.size() > 1 && name[1] == ':') return true;
  while (!name.empty()) {
    const std::size_t end = name.find_first_of("/\\");
    if (name.substr(0, end) == "..") return true;
    if (end == std::string_view::npos) break;
    name.remove_prefix(end + 1);
  }
  return false;
}

Result<void> MemberList::add(std::string_view name, std::size_t position) {
  while (name.starts_with("./")) name.remove_prefix(2);
  if (++seen_ > most_) return bad_input(fmt::format("{} holds more than {} files", archive_, most_));
  if (name.empty() || name.find('\0') != std::string_view::npos) {
    ++nameless_;
  } else if (leads_astray(name)) {
    ++astray_;
  } else if (!names_.emplace(name).second) {
    ++repeated_;
  } else {
    members_.push_back({std::string(name), position});
  }
  return {};
}

std::vector<std::string> MemberList::notices() const {
  std::vector<std::string> notices;
  const auto say = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) notices.push_back(fmt::format("{}: {} {}", archive_, count, what));
  };
  say(astray_, "file(s) with a name that leads out of the archive were not looked at");
  say(repeated_, "file(s) that came again under a name were not looked at: the first one counts");
  say(links_, "link(s) and other things that are no files were not looked at");
  say(nameless_, "file(s) without a name that can be read were not looked at");
  return notices;
}

}  // namespace renown::ingest::archive
