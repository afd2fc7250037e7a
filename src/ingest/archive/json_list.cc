#include "ingest/archive/json_list.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace renown::ingest::archive {
namespace {

using JsonTake = std::function<Result<void>(io::JsonValue, Record&)>;

class JsonList final : public MemberRecords {
 public:
  explicit JsonList(JsonTake take) : take_(std::move(take)) {}

  Result<void> parse(std::string_view json, const std::function<io::JsonValue(io::JsonValue)>& find) {
    const auto root = parser_.parse(json);
    if (!root) return root.error();
    const io::JsonValue list = find(*root);
    if (!list.is_array()) {
      return bad_input(fmt::format("there is {} where the list of records should be", io::json_type_name(list.type())));
    }
    const io::JsonElements elements = list.elements();
    next_ = elements.begin();
    end_ = elements.end();
    return {};
  }

  Result<bool> next(Record& record) override {
    if (next_ == end_) return false;
    const io::JsonValue element = *next_;
    ++next_;
    ++number_;
    if (auto taken = take_(element, record); !taken) return taken.error();
    return true;
  }

  std::string place() const override { return fmt::format("record {}", number_); }

 private:
  io::JsonParser parser_;  // holds the texts
  JsonTake take_;
  io::JsonElements::Iterator next_;
  io::JsonElements::Iterator end_;
  std::uint64_t number_ = 0;
};

class JsonDocument final : public MemberRecords {
 public:
  explicit JsonDocument(JsonTake take) : take_(std::move(take)) {}

  Result<void> parse(std::string_view json) {
    const auto root = parser_.parse(json);
    if (!root) return root.error();
    root_ = *root;
    return {};
  }

  Result<bool> next(Record& record) override {
    if (taken_) return false;
    taken_ = true;
    if (auto taken = take_(root_, record); !taken) return taken.error();
    return true;
  }

  std::string place() const override { return "record 1"; }

 private:
  io::JsonParser parser_;  // holds the texts
  JsonTake take_;
  io::JsonValue root_;
  bool taken_ = false;
};

}  // namespace

Result<std::unique_ptr<MemberRecords>> json_document(std::string_view json, JsonTake take) {
  auto document = std::make_unique<JsonDocument>(std::move(take));
  if (auto parsed = document->parse(json); !parsed) return parsed.error();
  return std::unique_ptr<MemberRecords>(std::move(document));
}

Result<std::unique_ptr<MemberRecords>> json_list(std::string_view json,
                                                 const std::function<io::JsonValue(io::JsonValue)>& find,
                                                 std::function<Result<void>(io::JsonValue, Record&)> take) {
  auto list = std::make_unique<JsonList>(std::move(take));
  if (auto parsed = list->parse(json, find); !parsed) return parsed.error();
  return std::unique_ptr<MemberRecords>(std::move(list));
}

}  // namespace renown::ingest::archive
