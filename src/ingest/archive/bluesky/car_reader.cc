#include "ingest/archive/bluesky/car_reader.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "atproto/car.h"
#include "atproto/cbor.h"
#include "atproto/record_key.h"
#include "atproto/repository.h"
#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"
#include "ingest/jetstream/jetstream_event.h"
#include "ingest/record_judge.h"
#include "io/json.h"

namespace renown::ingest::archive::bluesky {
namespace {

using atproto::Car;
using atproto::Repository;
using atproto::RepositoryRecord;

class CarReader final : public model::InteractionReader {
 public:
  CarReader(std::string name, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : source_(std::move(source)), judge_(options) {
    judge_.begin_file(std::move(name), "the CAR file of a Bluesky repository");
  }

  Result<bool> read(model::InteractionBlock& block) override {
    if (!car_) {
      if (auto opened = open(); !opened) return opened.error();
    }
    while (!block.full()) {
      if (next_ == repository_.records.size()) {
        const auto whole = judge_.finish_file();
        if (!whole) return whole.error();
        return false;
      }
      if (auto taken = take(repository_.records[next_++], block); !taken) return taken.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return judge_.report(); }
  std::uint64_t bytes_read() const override { return source_->bytes_read(); }

 private:
  Result<void> open() {
    if (auto read = read_bytes(); !read) return read;
    const auto clause = [&](const Error& error) {
      return bad_input(fmt::format("{} cannot be read: {}", judge_.name(), error.message));
    };
    auto car = Car::open(bytes_);
    if (!car) return clause(car.error());
    car_ = std::move(*car);
    auto repository = atproto::read_repository(*car_);
    if (!repository) return clause(repository.error());
    repository_ = std::move(*repository);
    return {};
  }

  Result<void> read_bytes() {
    constexpr std::size_t kLeastRoom = std::size_t{64} << 10;
    std::size_t size = 0;
    for (;;) {
      if (bytes_.size() - size < kLeastRoom) bytes_.resize(2 * size + kLeastRoom);
      const auto got = source_->read(std::span(bytes_).subspan(size));
      if (!got) return got.error();
      size += *got;
      if (size > kMaxCarBytes) return bad_input(fmt::format("{} is larger than {} bytes", judge_.name(), kMaxCarBytes));
      if (*got == 0) break;
    }
    bytes_.resize(size);
    return {};
  }

  Result<void> take(const RepositoryRecord& entry, model::InteractionBlock& block) {
    record_.clear();
    judge_.count_record();
    const auto place = [&] {
      return fmt::format("{}: {}", judge_.name(), base::shorten(base::printable(entry.path), 100));
    };
    if (auto read = read_record(entry); !read) return judge_.bad(place(), read.error().message);
    return judge_.settle(record_, block, place);
  }

  Result<void> read_record(const RepositoryRecord& entry) {
    if (!base::is_utf8(entry.path)) return bad_input("its path is not UTF-8");
    const std::string_view path = entry.path;
    const std::string_view collection = path.substr(0, path.find('/'));
    const std::string_view rkey = path.substr(std::min(collection.size() + 1, path.size()));
    if (!jetstream::is_read(collection)) {
      record_.leave_out("a record of another collection");
      return {};
    }
    const std::string_view* const bytes = car_->find(entry.cid);
    if (bytes == nullptr) return bad_input("the record is not in the file");
    const auto json = atproto::cbor_to_json(*bytes);
    if (!json) return json.error();
    const auto content = parser_.parse(*json);
    if (!content) return content.error();
    const auto time = time_of(rkey, *content);
    if (!time) return time.error();
    return jetstream::read_created(repository_.did, collection, rkey, *time, *content, record_);
  }

  static Result<std::int64_t> time_of(std::string_view rkey, io::JsonValue content) {
    if (const std::int64_t made = atproto::time_in_key(rkey); made >= 0) return made;
    return base::parse_time(content["createdAt"].text());
  }

  std::unique_ptr<io::ByteSource> source_;
  RecordJudge judge_;
  std::string bytes_;
  std::optional<Car> car_;  ///< points into bytes_
  Repository repository_;   ///< points into car_
  std::size_t next_ = 0;
  io::JsonParser parser_;
  Record record_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<CarReader>(std::move(name), std::move(source), options);
}

}  // namespace renown::ingest::archive::bluesky
