#include "ingest/archive/archive_time.h"

#include <gtest/gtest.h>

namespace renown::ingest::archive {
namespace {

TEST(ArchiveTime, every_form) {
  struct Case {
    std::string_view text;
    std::int64_t seconds;
  };
  const Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1539030000", 1539030000},
      {"2018-10-08 22:19:22+0200", 1539029962},
      {"2018-10-08 20:19:22+0000", 1539029962},
      {"2018-10-08 22:19:22:+0200", 1539029962},
      {"2025-05-18 04:35:32 UTC", 1747542932},
      {"2023/06/05 15:47:58 UTC", 1685980078},
      {"Wed Oct 10 20:19:24 +0000 2018", 1539202764},
      {"Wed Oct 10 22:19:24 +0200 2018", 1539202764},
      {"07/21/09, 12:11 PM", 1248178260},
      {"07/21/09, 12:11 AM", 1248135060},
      {"7/1/2009, 1:05 PM", 1246453500},
      {"01 Jan 2024", 1704067200},
      {"2021-11-02", 1635811200},
      {"2023-11-14 22:18:20.000000", 1700000300},
  };
  for (const auto& [text, seconds] : cases) {
    const auto time = parse_archive_time(text);
    ASSERT_TRUE(time) << text << ": " << time.error().message;
    EXPECT_EQ(*time, seconds) << text;
  }
}

TEST(ArchiveTime, none_of_these_is_a_time) {
  for (const std::string_view text :
       {"", " ", "yesterday", "Wed Oct 32 20:19:24 +0000 2018", "Wed Okt 10 20:19:24 +0000 2018",
        "Wed Oct 10 20:19:24 2018 +0000", "13/21/09, 12:11 PM", "07/21/09, 13:11 PM", "07/21/09, 0:11 AM",
        "32 Jan 2024", "1 Jan -024", "2018-10-08 22:19:22:0200", "2018-10-08 22:19:22 CET",
        "1604-01-01 00:00:00 UTC"}) {
    EXPECT_FALSE(parse_archive_time(text)) << text;
  }
}

}  // namespace
}  // namespace renown::ingest::archive
