#include "ingest/higgs/higgs_reader.h"

#include <algorithm>
#include <utility>

#include "ingest/higgs/higgs_line.h"
#include "ingest/line_log.h"

namespace renown::ingest::higgs {
namespace {

class HiggsReader : public LineLog {
 public:
  HiggsReader(std::string name, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : LineLog(std::move(name), "a Higgs activity log", std::move(source), options) {}

 protected:
  Result<void> read_record(std::string_view line, Record& record) override {
    const auto row = parse_line(line);
    if (!row) return row.error();
    record.add(*row);
    return {};
  }
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<HiggsReader>(std::move(name), std::move(source), options);
}

bool looks_like_higgs(std::string_view head) {
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  std::string_view line = head.substr(0, head.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return parse_line(line).has_value();
}

}  // namespace renown::ingest::higgs
