#include "ingest/archive/archive_log.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/record_judge.h"

namespace renown::ingest::archive {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class ArchiveLog final : public model::InteractionReader {
 public:
  ArchiveLog(std::string name, std::unique_ptr<Archive> archive, std::unique_ptr<Network> network,
             model::ReadOptions options)
      : name_(std::move(name)), archive_(std::move(archive)), network_(std::move(network)), judge_(options) {
    judge_.begin_file(name_, network_->format());
    choose_members();
  }

  Result<bool> read(model::InteractionBlock& block) override {
    while (!block.full()) {
      if (!records_) {
        if (next_ == chosen_.size()) return finish();
        if (auto opened = open_member(*chosen_[next_++]); !opened) return opened.error();
      }
      if (auto taken = take_record(block); !taken) return taken.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return judge_.report(); }
  std::uint64_t bytes_read() const override { return archive_->bytes_read(); }

 private:
  /// By turn, and within a turn as the archive has them, which reads it fewest times.
  void choose_members() {
    std::vector<std::pair<int, const Member*>> turns;
    for (const Member& member : archive_->members()) {
      if (const auto turn = network_->turn(member.name)) turns.emplace_back(*turn, &member);
    }
    std::ranges::sort(turns);  // members of a turn by their place in the list
    for (const auto& [turn, member] : turns) chosen_.push_back(member);

    for (const std::string& notice : archive_->notices()) judge_.notice(notice);
    const std::size_t others = archive_->members().size() - chosen_.size();
    if (others > 0) {
      judge_.notice(fmt::format("{}: {} of {} files are read; messages, media and whatever else is there stay closed",
                                name_, chosen_.size(), archive_->members().size()));
    }
  }

  Result<void> open_member(const Member& member) {
    member_ = fmt::format("{}: {}", name_, base::printable(member.name));
    auto bytes = archive_->read(member);
    if (!bytes) return bytes.error();
    if (bytes->starts_with(kByteOrderMark)) bytes->erase(0, kByteOrderMark.size());
    auto records = network_->open(member, std::move(*bytes));
    if (!records) return Error{records.error().code, fmt::format("{}: {}", member_, records.error().message)};
    records_ = std::move(*records);
    return {};
  }

  Result<void> take_record(model::InteractionBlock& block) {
    record_.clear();
    const auto more = records_->next(record_);
    if (more && !*more) {
      records_.reset();
      return {};
    }
    judge_.count_record();
    if (!more) return judge_.bad(place(), more.error().message);
    return judge_.settle(record_, block, [this] { return place(); });
  }

  std::string place() const { return fmt::format("{} {}", member_, records_->place()); }

  /// An archive of somebody who never did anything is no error, but is worth a word.
  Result<bool> finish() {
    if (!finished_) {
      finished_ = true;
      for (std::string& notice : network_->closing_notices()) judge_.notice(fmt::format("{}: {}", name_, notice));
      if (judge_.records() == 0) judge_.notice(fmt::format("{} is {}, and holds no record", name_, network_->format()));
    }
    if (judge_.records() > 0) {
      if (const auto whole = judge_.finish_file(); !whole) return whole.error();
    }
    return false;
  }

  std::string name_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Network> network_;
  RecordJudge judge_;
  std::vector<const Member*> chosen_;
  std::size_t next_ = 0;  ///< into chosen_
  std::string member_;    ///< the one being read, as shown
  std::unique_ptr<MemberRecords> records_;
  Record record_;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_archive(std::string name, std::unique_ptr<Archive> archive,
                                                       std::unique_ptr<Network> network, model::ReadOptions options) {
  return std::make_unique<ArchiveLog>(std::move(name), std::move(archive), std::move(network), options);
}

}  // namespace renown::ingest::archive
