#include "pipeline/interaction_file.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/in_order.h"
#include "base/utf8.h"
#include "duck/parquet_writer.h"
#include "io/file_writer.h"
#include "model/read_ahead.h"
#include "pipeline/foreseen_size.h"
#include "pipeline/row_text.h"

namespace renown::pipeline {
namespace {

using model::InteractionBlock;

// Parquet of an invented log takes a fifth of its CSV (measured on a million rows); real size is checked on the way.
constexpr double kParquetShare = 0.25;

using AddRows = void (RowText::*)(const InteractionBlock& block);

bool is_parquet(std::string_view path) {
  return path.ends_with(".parquet");
}

AddRows row_writer(std::string_view path) {
  return path.ends_with(".ndjson") ? &RowText::add_all_ndjson : &RowText::add_all_csv;
}

Error cancelled() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

/// Each thread makes pieces of its own, and writes them when those before are written.
class TextLog {
 public:
  TextLog(io::FileWriter& file, const std::string& path, std::uint64_t rows, const RowMaker& make,
          std::uint64_t max_bytes, Progress& progress)
      : file_(file),
        path_(path),
        add_rows_(row_writer(path)),
        rows_(rows),
        make_(make),
        max_bytes_(max_bytes),
        progress_(progress) {}

  Result<std::uint64_t> write(std::size_t threads) {
    written_ = add(add_rows_ == &RowText::add_all_csv ? kCsvHeader : "");
    if (written_)
      base::parallel_in_order((rows_ + kRowsAPiece - 1) / kRowsAPiece, threads, [&] { return Worker(*this); });
    if (!written_) return written_.error();
    return size_bytes_;
  }

 private:
  static constexpr std::uint64_t kRowsAPiece = InteractionBlock::kRows;

  /// Makes pieces as lines of text. One for each thread.
  class Worker {
   public:
    explicit Worker(TextLog& log) : log_(log) {}

    void make(std::uint64_t number) {
      block_.clear();
      text_.clear();
      log_.make_(number * kRowsAPiece, log_.end_of(number), block_);
      (text_.*log_.add_rows_)(block_);
    }
    bool hand_over(std::uint64_t number) {
      log_.written_ = log_.progress_.cancelled() ? cancelled() : log_.add(text_.text());
      log_.progress_.update("writing " + log_.path_, log_.end_of(number), log_.rows_, "events");
      return log_.written_.has_value();
    }

   private:
    TextLog& log_;
    InteractionBlock block_;
    RowText text_;
  };

  std::uint64_t end_of(std::uint64_t number) const { return std::min(rows_, (number + 1) * kRowsAPiece); }

  Result<void> add(std::string_view text) {
    size_bytes_ += text.size();
    if (size_bytes_ > max_bytes_) return too_large(path_, size_bytes_, max_bytes_);
    return file_.write(text);
  }

  io::FileWriter& file_;
  const std::string& path_;
  AddRows add_rows_;
  std::uint64_t rows_;
  const RowMaker& make_;
  std::uint64_t max_bytes_;
  Progress& progress_;
  std::uint64_t size_bytes_ = 0;
  Result<void> written_;
};

Result<std::uint64_t> write_text(io::FileWriter& file, const std::string& path, std::uint64_t rows,
                                 const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                 Progress& progress) {
  return TextLog(file, path, rows, make, max_bytes, progress).write(threads);
}

const std::vector<duck::ColumnSpec>& parquet_columns() {
  static const std::vector<duck::ColumnSpec> columns = {{"time", duck::Type::int64},  {"network", duck::Type::text},
                                                        {"kind", duck::Type::text},   {"actor", duck::Type::text},
                                                        {"target", duck::Type::text}, {"post", duck::Type::text},
                                                        {"id", duck::Type::text},     {"tags", duck::Type::text}};
  return columns;
}

/// Texts that are ASCII need no second look, and stay in their block until DuckDB has taken them.
void add_parquet_row(duck::RowBuffer& out, const Interaction& row, bool is_ascii) {
  out.add_row();
  out.set_int64(0, row.time);
  std::size_t column = 1;
  for (const std::string_view text :
       {row.network, kind_name(row.kind), row.actor, row.target, row.post, row.id, row.tags}) {
    if (is_ascii) {
      out.set_text_in_place(column++, text);
    } else {
      out.set_text(column++, text);
    }
  }
}

/// Rows that are made as they are read: so they can be made ahead, on a thread of their own.
class MadeRows final : public model::InteractionReader {
 public:
  MadeRows(std::uint64_t rows, const RowMaker& make) : rows_(rows), make_(make) {}

  Result<bool> read(InteractionBlock& block) override {
    const std::uint64_t end = std::min(rows_, report_.records + InteractionBlock::kRows);
    make_(report_.records, end, block);
    report_.records = report_.interactions = end;
    return end < rows_;
  }
  const model::ReadReport& report() const override { return report_; }
  std::uint64_t bytes_read() const override { return 0; }

 private:
  std::uint64_t rows_;
  const RowMaker& make_;
  model::ReadReport report_;
};

/// Bytes of the file so far; 0 before there is one.
std::uint64_t bytes_so_far(const std::string& path) {
  std::error_code none;
  const auto size_bytes = std::filesystem::file_size(path, none);
  return none ? 0 : size_bytes;
}

Result<std::uint64_t> write_parquet(io::FileWriter& file, const std::string& path, std::uint64_t rows,
                                    const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                    Progress& progress) {
  std::unique_ptr<model::InteractionReader> made = std::make_unique<MadeRows>(rows, make);
  if (threads > 1) made = std::make_unique<model::ReadAhead>(std::move(made));  // DuckDB writes with one thread
  InteractionBlock block, block_before;
  std::size_t next = 0;
  bool more = rows > 0, is_ascii = false;
  const auto next_block = [&]() -> Result<void> {
    if (progress.cancelled()) return cancelled();
    progress.update("writing " + path, made->report().records, rows, "events");
    if (const std::uint64_t so_far = bytes_so_far(file.temporary_path()); so_far > max_bytes)
      return too_large(path, so_far, max_bytes);
    next = 0;
    std::swap(block, block_before);  // a chunk that begins in it may end in the next
    block.clear();
    auto read = made->read(block);
    if (!read) return read.error();
    more = *read;
    is_ascii = std::ranges::all_of(block.texts(), [](const auto* texts) { return base::is_ascii(texts->bytes()); });
    return {};
  };
  const duck::RowSource source = [&](duck::RowBuffer& out) -> Result<bool> {
    if (next == block.size() && !more) return false;
    if (next == block.size()) {
      if (auto got = next_block(); !got) return got.error();
    }
    for (; next < block.size() && !out.full(); ++next) add_parquet_row(out, block[next], is_ascii);
    return true;
  };
  auto written = duck::write_parquet(parquet_columns(), source, file.temporary_path());
  if (!written) return written.error();
  const std::uint64_t size_bytes = bytes_so_far(file.temporary_path());
  if (size_bytes > max_bytes) return too_large(path, size_bytes, max_bytes);
  return size_bytes;
}

}  // namespace

Result<void> check_interaction_path(const std::string& path) {
  const bool known = path == "-" || path.ends_with(".csv") || path.ends_with(".ndjson") || is_parquet(path);
  if (known) return {};
  return Error{ErrorCode::usage,
               fmt::format("{}: the name must end in .csv, .ndjson or .parquet, which says the format", path)};
}

Result<InteractionFile> write_interactions(const std::string& path, std::uint64_t rows, const RowMaker& make,
                                           std::uint64_t max_bytes, std::size_t threads, Progress& progress) {
  if (auto possible = check_interaction_path(path); !possible) return possible.error();
  if (rows > 0) {
    const double lines = static_cast<double>(foreseen_bytes(rows, make, row_writer(path)));
    const auto foreseen = static_cast<std::uint64_t>(lines * (is_parquet(path) ? kParquetShare : 1.0));
    const bool takes_room = path != "-";
    if (!takes_room && foreseen > max_bytes) return too_large("the log", foreseen, max_bytes);
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (auto fits = takes_room ? check_room(path, folder, foreseen, max_bytes) : Result<void>{}; !fits)
      return fits.error();
  }
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  const auto write = is_parquet(path) ? write_parquet : write_text;
  auto size_bytes = write(*file, path, rows, make, max_bytes, threads, progress);
  if (!size_bytes) return size_bytes.error();
  if (auto committed = file->commit(); !committed) return committed.error();
  return InteractionFile{rows, *size_bytes};
}

}  // namespace renown::pipeline
