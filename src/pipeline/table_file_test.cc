#include "pipeline/table_file.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"

namespace renown::pipeline {
namespace {

class Silent final : public Progress {
 public:
  void update(std::string_view, std::uint64_t, std::uint64_t, std::string_view) override {}
  bool cancelled() override { return false; }
};

/// More rows than all threads together make into text at once.
constexpr std::uint64_t kRows = 150'000;

Table squares() {
  Table table;
  table.columns = {{"name", ColumnType::text}, {"square", ColumnType::count}, {"root", ColumnType::number}};
  table.rows = kRows;
  table.fill = [](std::uint64_t row, std::vector<Cell>& cells) {
    cells = {fmt::format("row, {}", row), row * row, row % 2 == 0 ? Cell(0.5 * static_cast<double>(row)) : Cell()};
  };
  return table;
}

std::string line_of(std::uint64_t row) {
  return fmt::format("\"row, {}\",{},{}\n", row, row * row, row % 2 == 0 ? fmt::format("{}", 0.5 * double(row)) : "");
}

TEST(TableFile, holds_every_row_in_order_for_any_number_of_threads) {
  std::string wanted = "name,square,root\n";
  for (std::uint64_t row = 0; row < kRows; ++row) wanted += line_of(row);
  const io::testing::TemporaryFolder folder;
  Silent progress;
  for (const std::size_t threads : {1, 2, 3, 8}) {
    const std::string path = folder / "squares.csv";
    auto file = write_table(path, squares(), threads, progress);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->commit());
    EXPECT_TRUE(io::testing::read_file(path) == wanted) << threads << " threads";
  }
}

TEST(TableFile, of_no_rows_is_still_a_file) {
  const io::testing::TemporaryFolder folder;
  Silent progress;
  Table none = squares();
  none.rows = 0;
  for (const auto& [name, wanted] : {std::pair{"none.csv", "name,square,root\n"}, {"none.json", "[\n]\n"}}) {
    const std::string path = folder / name;
    auto file = write_table(path, none, 2, progress);
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(io::testing::read_file(path), wanted);
  }
}

}  // namespace
}  // namespace renown::pipeline
