#include "people/account_lists.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/csv.h"

namespace renown::people {
namespace {

/// Called with the wanted fields of each record, in the order of the wanted columns, and its line.
using OnRecord = std::function<Result<void>(const std::vector<std::string_view>&, std::uint64_t line)>;

/// Positions of the wanted columns in the header.
Result<std::vector<std::size_t>> find_columns(const std::string& path, const io::CsvRecord& header,
                                              const std::vector<std::string_view>& wanted) {
  std::vector<std::size_t> positions;
  for (const std::string_view column : wanted) {
    const auto found = std::ranges::find(header.fields, column);
    if (found == header.fields.end()) {
      return bad_input(fmt::format("{}: the first line must name the columns {}, but has no '{}'", path,
                                   fmt::join(wanted, ","), column));
    }
    positions.push_back(static_cast<std::size_t>(found - header.fields.begin()));
  }
  return positions;
}

Result<void> read_list(const std::string& path, const std::vector<std::string_view>& wanted,
                       const OnRecord& on_record) {
  auto source = io::open_bytes(path);
  if (!source) return source.error();
  io::CsvReader reader(std::move(*source));
  io::CsvRecord record;
  auto more = reader.next(record);
  if (!more) return more.error();
  if (!*more)
    return bad_input(fmt::format("{} is empty: its first line must name the columns {}", path, fmt::join(wanted, ",")));
  const auto columns = find_columns(path, record, wanted);
  if (!columns) return columns.error();
  const std::size_t width = record.fields.size();

  std::vector<std::string_view> fields(wanted.size());
  while (true) {
    more = reader.next(record);
    if (!more) return more.error();
    if (!*more) return {};
    if (!record.problem.empty()) return bad_input(fmt::format("{}:{}: {}", path, record.line, record.problem));
    if (record.fields.size() != width) {
      return bad_input(
          fmt::format("{}:{}: {} fields where the header has {}", path, record.line, record.fields.size(), width));
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
      fields[i] = record.fields[(*columns)[i]];
      if (fields[i].empty()) return bad_input(fmt::format("{}:{}: {} is empty", path, record.line, wanted[i]));
    }
    const auto taken = on_record(fields, record.line);
    if (!taken) return taken.error();
  }
}

}  // namespace

Result<AccountSet> read_account_list(const std::string& path) {
  AccountSet accounts;
  const auto read = read_list(path, {"network", "account"}, [&](const auto& fields, std::uint64_t) -> Result<void> {
    accounts.insert({std::string(fields[0]), std::string(fields[1])});
    return {};
  });
  if (!read) return read.error();
  return accounts;
}

Result<PeopleMap> read_people(const std::string& path) {
  PeopleMap people;
  const auto read =
      read_list(path, {"person", "network", "account"}, [&](const auto& fields, std::uint64_t line) -> Result<void> {
        const auto [entry, fresh] = people.try_emplace({std::string(fields[1]), std::string(fields[2])}, fields[0]);
        if (fresh || entry->second == fields[0]) return {};
        return bad_input(fmt::format("{}:{}: {}:{} is given to '{}' and, before, to '{}'; an account has one owner",
                                     path, line, fields[1], fields[2], fields[0], entry->second));
      });
  if (!read) return read.error();
  return people;
}

}  // namespace renown::people
