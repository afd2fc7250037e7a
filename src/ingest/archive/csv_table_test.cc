#include "ingest/archive/csv_table.h"

#include <gtest/gtest.h>

namespace renown::ingest::archive {
namespace {

struct Seen {
  std::vector<std::string> rows;  ///< "ann 1", or "! why not"
  std::string error;
};

Seen read(std::string bytes) {
  Seen seen;
  auto table = csv_table(std::move(bytes), {"Name", "Date"}, [&](const CsvRow& row, Record&) {
    seen.rows.push_back(std::string(row["name"]) + " " + std::string(row["Date"]) + std::string(row["missing"]));
    return Result<void>();
  });
  if (!table) {
    seen.error = table.error().message;
    return seen;
  }
  Record record;
  for (;;) {
    record.clear();
    const auto more = (*table)->next(record);
    if (!more) seen.rows.push_back("! " + (*table)->place() + " " + more.error().message);
    if (more && !*more) return seen;
  }
}

using Rows = std::vector<std::string>;

TEST(CsvTable, a_header_alone_is_a_table_without_rows) {
  EXPECT_EQ(read("Name,Date\n").rows, Rows{});
  EXPECT_EQ(read("Name,Date\n").error, "");
}

TEST(CsvTable, columns_in_any_order_and_case_beside_others) {
  EXPECT_EQ(read("date , x,NAME\n1,2, ann \n").rows, Rows{"ann 1"});
}

TEST(CsvTable, talk_above_the_header_is_passed_over) {
  EXPECT_EQ(read("Notes:\n\"When exporting, you may, rarely, see\"\n\nName,Date\nann,1\n").rows, Rows{"ann 1"});
}

TEST(CsvTable, no_header) {
  EXPECT_EQ(read("").error, "no line is a header with the columns Name, Date");
  EXPECT_EQ(read("Name,When\nann,1\n").error, "no line is a header with the columns Name, Date");
}

TEST(CsvTable, a_bad_row_is_one_bad_row) {
  EXPECT_EQ(read("Name,Date\nann\nbob,2\n\"c,3\n").rows.size(), 3u);
  EXPECT_EQ(read("Name,Date\nann\nbob,2\n").rows, (Rows{"! line 2 it has 1 fields, the header 2", "bob 2"}));
  EXPECT_EQ(read("Name,Date\n\xff,2\n").rows, Rows{"! line 2 a text in it is not UTF-8"});
}

}  // namespace
}  // namespace renown::ingest::archive
