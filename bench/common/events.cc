#include "common/events.h"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

namespace renown::bench {
namespace {

constexpr std::string_view kNested =
    R"(,"post":"https://example.net/@{0}/{1}","client":{{"name":"web","version":"4.2.1","languages":["en","de"],)"
    R"("screen":{{"width":1280,"height":720}}}},"place":{{"country":"NL","bounds":[[4.72,52.27],[5.07,52.43]]}},)"
    R"("sensitive":false,"reblogs":{2})";

/// One line without its padding: the id is cut or filled so that the line has its length.
std::string line_of(const Interaction& row, std::uint64_t number, std::size_t line_bytes) {
  std::string line = fmt::format(R"({{"time":{},"network":"{}","kind":"{}","actor":"{}","target":"{}")", row.time,
                                 row.network, kind_name(row.kind), row.actor, row.target);
  if (line_bytes == kNestedBytes) line += fmt::format(fmt::runtime(kNested), row.target, number / 3, number % 17);
  line += R"(,"id":")";
  constexpr std::size_t kEnd = 3;  // "} and the line's end
  const std::string digits = fmt::format("{:x}", number);
  if (line.size() + digits.size() + kEnd > line_bytes)
    throw std::runtime_error(fmt::format("row {} does not fit into {} bytes", number, line_bytes));
  line.append(line_bytes - kEnd - digits.size() - line.size(), '0');
  return line + digits + "\"}\n";
}

}  // namespace

Events write_events(const Log& log, const std::string& path, std::size_t line_bytes) {
  std::ofstream file(path, std::ios::binary);
  Events events{.path = path, .rows = 0, .line_bytes = line_bytes};
  log.read([&](const model::InteractionBlock& block) {
    for (std::size_t i = 0; i < block.size(); ++i) file << line_of(block[i], events.rows++, line_bytes);
  });
  if (!file.flush()) throw std::runtime_error(path + " could not be written");
  return events;
}

}  // namespace renown::bench
