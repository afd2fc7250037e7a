// Points in time, from text and back.
#include "base/time.h"
#include "base/utf8.h"
#include "check.h"

using namespace renown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto time = base::parse_time(fuzz::text_of(data, size));
  if (!time) {
    fuzz::check(!time.error().message.empty() && !base::find_invalid_utf8(time.error().message), "a refusal says why");
    fuzz::check(time.error().message.size() < 300, "a refusal is one sentence");
    return 0;
  }
  fuzz::check(*time >= 0 && *time <= base::kMaxTime, "a time lies between 1970 and 9999");
  const std::string text = base::format_time(*time);
  fuzz::check(text.starts_with(base::format_day(*time)), "a time begins with its day");
  const auto again = base::parse_time(text);
  fuzz::check(again.has_value() && *again == *time, "a time written is read as itself");
  const auto seconds = base::parse_time(std::to_string(*time));
  fuzz::check(seconds.has_value() && *seconds == *time, "so are its seconds");
  return 0;
}
