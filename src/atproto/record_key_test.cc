#include "atproto/record_key.h"

#include <gtest/gtest.h>

namespace renown::atproto {
namespace {

TEST(RecordKey, says_when_it_was_made_if_it_is_a_time_stamp) {
  struct Case {
    std::string_view rkey;
    std::int64_t seconds;
  };
  const Case cases[] = {{"3l3qo2vxaaw23", 1725911162},
                        {"", -1},
                        {"self", -1},
                        {"3l3qo2vxaaw2", -1},
                        {"0000000000000", -1},
                        {"2222222222222", -1},
                        {"zzzzzzzzzzzzz", -1}};
  for (const auto& [rkey, seconds] : cases) EXPECT_EQ(time_in_key(rkey), seconds) << rkey;
}

TEST(RecordKey, is_believed_as_far_as_it_agrees_with_who_saw_the_record) {
  struct Case {
    std::string_view rkey;
    std::int64_t seen;
    std::int64_t time;
  };
  const Case cases[] = {{"3l3qo2vxaaw23", 1725911162, 1725911162},  // at once
                        {"3l3qo2vxaaw23", 1725911163, 1725911162},  // a second on its way
                        {"3l3qo2vxaaw23", 1725911222, 1725911162},  // a minute
                        {"3l3qo2vxaaw23", 1725911223, 1725911223},  // more
                        {"3l3qo2vxaaw23", 1725911102, 1725911162},  // a clock a minute behind
                        {"3l3qo2vxaaw23", 1725911101, 1725911101},  // a key out of the future
                        {"3l3qo2vxaaw23", 0, 0},
                        {"self", 1725911163, 1725911163}};
  for (const auto& [rkey, seen, time] : cases) EXPECT_EQ(record_time(rkey, seen), time) << rkey << " " << seen;
}

}  // namespace
}  // namespace renown::atproto
