#include "ingest/gharchive/gharchive_reader.h"

#include <string>
#include <utility>

#include "ingest/first_line.h"
#include "ingest/gharchive/github_acts.h"
#include "ingest/gharchive/github_event.h"
#include "ingest/line_log.h"
#include "io/json.h"

namespace renown::ingest::gharchive {
namespace {

class GhArchiveReader : public LineLog {
 public:
  GhArchiveReader(std::string name, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : LineLog(std::move(name), "an hour of GH Archive", std::move(source), options) {}

 protected:
  Result<void> read_record(std::string_view line, Record& record) override {
    const auto root = parser_.parse(line);
    if (!root) return root.error();
    auto event = read_event(*root);
    if (!event) return event.error();
    event_ = std::move(*event);
    acts_of(event_, record);
    return {};
  }

 private:
  io::JsonParser parser_;
  GithubEvent event_;  ///< the record's rows point into it
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<GhArchiveReader>(std::move(name), std::move(source), options);
}

bool looks_like_gharchive(std::string_view head) {
  const std::string_view line = first_line(head);
  return line.find("\"actor\"") != std::string_view::npos &&
         has_text_member(line, "type", [](std::string_view type) { return type.ends_with("Event"); });
}

}  // namespace renown::ingest::gharchive
