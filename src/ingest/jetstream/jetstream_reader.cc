#include "ingest/jetstream/jetstream_reader.h"

#include <utility>

#include "ingest/first_line.h"
#include "ingest/jetstream/jetstream_event.h"
#include "ingest/line_log.h"
#include "io/json.h"

namespace renown::ingest::jetstream {
namespace {

class JetstreamReader : public LineLog {
 public:
  JetstreamReader(std::string name, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : LineLog(std::move(name), "a Jetstream capture", std::move(source), options) {}

 protected:
  Result<void> read_record(std::string_view line, Record& record) override {
    const auto event = parser_.parse(line);
    if (!event) return event.error();
    return read_event(*event, record);
  }

 private:
  io::JsonParser parser_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<JetstreamReader>(std::move(name), std::move(source), options);
}

bool looks_like_jetstream(std::string_view head) {
  const std::string_view line = first_line(head);
  return line.find("\"time_us\"") != std::string_view::npos &&
         has_text_member(line, "did", [](std::string_view did) { return did.starts_with("did:"); });
}

}  // namespace renown::ingest::jetstream
