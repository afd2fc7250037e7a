/// write_golden FILE...: writes into each golden file the cards, ledger and counts that the slow twin computes for it.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "twin/golden_world.h"

namespace {

using namespace renown;

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be read", path)};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<void> write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be written", path)};
  return {};
}

Result<void> rewrite(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return text.error();
  const auto world = twin::parse_golden_world(twin::split_sections(*text));
  if (!world) return bad_input(fmt::format("{}: {}", path, world.error().message));
  const auto expected = twin::expected_sections(twin::slow_score(*world), world->verified.has_value());
  return write_file(path, twin::with_expected(*text, expected));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: write_golden FILE...\n");
    return 2;
  }
  for (int i = 1; i < count; ++i) {
    const auto done = rewrite(arguments[i]);
    if (!done) {
      fmt::print(stderr, "{}\n", done.error().message);
      return 1;
    }
  }
  return 0;
}
