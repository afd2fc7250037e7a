#include "ingest/stackexchange/stackexchange_reader.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/record_judge.h"
#include "ingest/stackexchange/acts.h"
#include "ingest/stackexchange/dump_records.h"
#include "ingest/stackexchange/post_index.h"
#include "ingest/stackexchange/row_stream.h"

namespace renown::ingest::stackexchange {
namespace {

/// Reads posts, then the answers that came before their question, then comments, then votes.
class StackExchangeReader : public model::InteractionReader {
 public:
  StackExchangeReader(std::string network, DumpFile posts, DumpFile comments, DumpFile votes,
                      model::ReadOptions options)
      : network_(std::move(network)), comments_(std::move(comments)), votes_(std::move(votes)), judge_(options) {
    open(std::move(posts), "posts", &StackExchangeReader::take_post);
  }

  Result<bool> read(model::InteractionBlock& block) override {
    block_ = &block;
    while (!block.full()) {
      if (stage_ == Stage::done) return false;
      auto done = stream_ ? read_on() : begin_stage();
      if (!done) return done.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return judge_.report(); }
  std::uint64_t bytes_read() const override { return bytes_of_files_read_ + (stream_ ? stream_->bytes_read() : 0); }

 private:
  enum class Stage { posts, early_answers, comments, votes, done };

  /// An answer that stands before its question, as it does where questions were merged.
  struct EarlyAnswer {
    PostIndex::PostNumber number;
    std::int64_t time;
    std::uint64_t row;
  };

  using TakeRow = Result<void> (StackExchangeReader::*)(const Row&);

  void open(DumpFile file, std::string root, TakeRow take_row) {
    judge_.begin_file(file.name, fmt::format("the {} of a Stack Exchange dump", root));
    stream_ = std::make_unique<RowStream>(std::move(file.name), std::move(root), std::move(file.source),
                                          [this, take_row](const Row& row) {
                                            judge_.count_record();
                                            return (this->*take_row)(row);
                                          });
  }

  /// A site without comments or votes may well have an empty file for them.
  void open_if_there(DumpFile file, std::string root, TakeRow take_row) {
    if (file.source) return open(std::move(file), std::move(root), take_row);
    judge_.notice(fmt::format("{} is missing: the {} do not count", file.name, root));
  }

  Result<void> read_on() {
    auto more = stream_->advance();
    if (!more) return more.error();
    if (*more) return {};
    bytes_of_files_read_ += stream_->bytes_read();
    stream_.reset();
    if (judge_.records() == 0 && stage_ != Stage::posts) return {};
    return judge_.finish_file();
  }

  Result<void> begin_stage() {
    switch (stage_) {
      case Stage::posts:
        stage_ = Stage::early_answers;
        break;
      case Stage::early_answers:
        if (next_early_answer_ < early_answers_.size()) return take_early_answer();
        stage_ = Stage::comments;
        open_if_there(std::move(comments_), "comments", &StackExchangeReader::take_comment);
        break;
      case Stage::comments:
        stage_ = Stage::votes;
        open_if_there(std::move(votes_), "votes", &StackExchangeReader::take_vote);
        break;
      case Stage::votes:
      case Stage::done:
        stage_ = Stage::done;
        break;
    }
    return {};
  }

  Result<void> take_post(const Row& row) {
    auto post = read_post(row);
    if (!post) return bad(std::move(post.error().message));
    const auto number = index_.add(post->id, post->owner, post->parent, post->tags);
    if (!post->is_question() && !post->is_answer()) {
      record_.clear();
      record_.leave_out("post that is neither a question nor an answer");
      return settle(judge_.records());
    }
    if (post->is_answer() && !index_.find(post->parent).known) {
      judge_.postpone_record();
      early_answers_.push_back({number, post->time, judge_.records()});
      return {};
    }
    record_.clear();
    acts_of_post(network_, index_[number], post->time, index_, record_);
    return settle(judge_.records());
  }

  Result<void> take_early_answer() {
    const EarlyAnswer& answer = early_answers_[next_early_answer_++];
    judge_.resume_record();
    record_.clear();
    acts_of_post(network_, index_[answer.number], answer.time, index_, record_);
    return settle(answer.row);
  }

  Result<void> take_comment(const Row& row) {
    auto comment = read_comment(row);
    if (!comment) return bad(std::move(comment.error().message));
    record_.clear();
    acts_of_comment(network_, *comment, index_, record_);
    return settle(judge_.records());
  }

  Result<void> take_vote(const Row& row) {
    auto vote = read_vote(row);
    if (!vote) return bad(std::move(vote.error().message));
    record_.clear();
    acts_of_vote(network_, *vote, index_, record_);
    return settle(judge_.records());
  }

  std::string place(std::uint64_t row) const { return fmt::format("{} row {}", judge_.name(), row); }

  Result<void> bad(std::string reason) { return judge_.bad(place(judge_.records()), std::move(reason)); }

  Result<void> settle(std::uint64_t row) {
    return judge_.settle(record_, *block_, [this, row] { return place(row); });
  }

  std::string network_;
  DumpFile comments_;
  DumpFile votes_;
  RecordJudge judge_;
  PostIndex index_;
  std::vector<EarlyAnswer> early_answers_;
  std::size_t next_early_answer_ = 0;
  Stage stage_ = Stage::posts;
  std::unique_ptr<RowStream> stream_;  ///< of the file of this stage; none when it is read
  std::uint64_t bytes_of_files_read_ = 0;
  Record record_;
  model::InteractionBlock* block_ = nullptr;  ///< the one being filled
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string network, DumpFile posts, DumpFile comments,
                                                      DumpFile votes, model::ReadOptions options) {
  return std::make_unique<StackExchangeReader>(std::move(network), std::move(posts), std::move(comments),
                                               std::move(votes), options);
}

bool looks_like_stackexchange(std::string_view head) {
  const auto skip_blanks = [&head] { head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size())); };
  skip_blanks();
  if (head.starts_with("<?xml")) {
    head.remove_prefix(std::min(head.find('>'), head.size() - 1) + 1);
    skip_blanks();
  }
  static constexpr std::array<std::string_view, 8> kRoots = {"<posts>",  "<comments>", "<votes>",       "<users>",
                                                             "<badges>", "<tags>",     "<posthistory>", "<postlinks>"};
  return std::ranges::any_of(kRoots, [head](std::string_view root) { return head.starts_with(root); });
}

}  // namespace renown::ingest::stackexchange
