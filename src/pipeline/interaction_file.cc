#include "pipeline/interaction_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.h"
#include "duck/parquet_writer.h"
#include "io/csv.h"
#include "io/file_writer.h"
#include "io/json_escape.h"

namespace renown::pipeline {
namespace {

using model::InteractionBlock;

constexpr std::uint64_t kRowsAPiece = InteractionBlock::kRows;
constexpr std::size_t kPiecesAThread = 4;
constexpr std::uint64_t kSampleRows = 256;
constexpr std::uint64_t kSamples = 16;  // spread over the file: names and times grow along it
// Parquet of an invented log takes a fifth of its CSV (measured on a million rows); real size is checked on the way.
constexpr double kParquetShare = 0.25;

constexpr std::string_view kCsvHeader = "time,network,kind,actor,target,post,id,tags\n";

void append_csv_row(std::string& out, const Interaction& row) {
  fmt::format_to(std::back_inserter(out), "{}", row.time);
  for (const std::string_view text :
       {row.network, kind_name(row.kind), row.actor, row.target, row.post, row.id, row.tags}) {
    out += ',';
    if (!text.empty()) out += io::csv_field(text);
  }
  out += '\n';
}

void append_json_row(std::string& out, const Interaction& row) {
  fmt::format_to(std::back_inserter(out), "{{\"time\":{}", row.time);
  const std::array<std::pair<std::string_view, std::string_view>, 7> texts = {{{"network", row.network},
                                                                               {"kind", kind_name(row.kind)},
                                                                               {"actor", row.actor},
                                                                               {"target", row.target},
                                                                               {"post", row.post},
                                                                               {"id", row.id},
                                                                               {"tags", row.tags}}};
  for (const auto& [key, value] : texts) {
    if (value.empty()) continue;
    fmt::format_to(std::back_inserter(out), ",\"{}\":", key);
    io::append_json_string(out, value);
  }
  out += "}\n";
}

using AppendRow = void (*)(std::string& out, const Interaction& row);

bool is_parquet(std::string_view path) {
  return path.ends_with(".parquet");
}

AppendRow row_writer(std::string_view path) {
  return path.ends_with(".ndjson") ? append_json_row : append_csv_row;
}

Error cancelled() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

Error too_large(const std::string& path, std::uint64_t size_bytes, std::uint64_t max_bytes) {
  return {ErrorCode::io, fmt::format("{} would take about {} bytes, which is more than the {} allowed: ask for fewer "
                                     "events or allow more",
                                     path == "-" ? "the log" : path, size_bytes, max_bytes)};
}

/// Bytes of the whole file, foreseen from some rows of all its parts.
std::uint64_t foreseen_bytes(const std::string& path, std::uint64_t rows, const RowMaker& make) {
  const AppendRow append_row = row_writer(path);
  std::string text;
  InteractionBlock block;
  std::uint64_t sampled = 0;
  for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
    const std::uint64_t begin = rows / kSamples * sample;
    const std::uint64_t end = std::min(rows, begin + kSampleRows);
    block.clear();
    make(begin, end, block);
    for (std::size_t i = 0; i < block.size(); ++i) append_row(text, block[i]);
    sampled += end - begin;
  }
  const double bytes_a_row = static_cast<double>(text.size()) / static_cast<double>(sampled);
  return static_cast<std::uint64_t>(bytes_a_row * static_cast<double>(rows) * (is_parquet(path) ? kParquetShare : 1.0));
}

Result<void> check_room(const std::string& path, std::uint64_t foreseen, std::uint64_t max_bytes) {
  if (foreseen > max_bytes) return too_large(path, foreseen, max_bytes);
  if (path == "-") return {};
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code unknown;
  const auto room = std::filesystem::space(folder.empty() ? "." : folder, unknown);
  if (unknown || foreseen <= room.available) return {};  // a missing folder is named by whoever opens the file
  return Error{ErrorCode::io, fmt::format("{} would take about {} bytes and the disk has room for {}: ask for fewer "
                                          "events or write to another disk",
                                          path, foreseen, room.available)};
}

/// Makes the rows from `begin` on in pieces, in parallel; pieces[i] gets what `finish(block, i)` does with each.
template <class Finish>
std::size_t make_pieces(std::uint64_t begin, std::uint64_t rows, const RowMaker& make, std::size_t threads,
                        std::vector<InteractionBlock>& blocks, const Finish& finish) {
  const std::uint64_t left = (rows - begin + kRowsAPiece - 1) / kRowsAPiece;
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, blocks.size()));
  base::parallel_for(count, threads, 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t piece = first; piece < last; ++piece) {
      const std::uint64_t from = begin + piece * kRowsAPiece;
      blocks[piece].clear();
      make(from, std::min(rows, from + kRowsAPiece), blocks[piece]);
      finish(blocks[piece], piece);
    }
  });
  return count;
}

Result<std::uint64_t> write_text(io::FileWriter& file, const std::string& path, std::uint64_t rows,
                                 const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                 Progress& progress) {
  const AppendRow append_row = row_writer(path);
  std::vector<InteractionBlock> blocks(threads * kPiecesAThread);
  std::vector<std::string> texts(blocks.size());
  const std::string_view header = append_row == append_csv_row ? kCsvHeader : "";
  if (auto written = file.write(header); !written) return written.error();
  std::uint64_t size_bytes = header.size();
  for (std::uint64_t begin = 0; begin < rows;) {
    if (progress.cancelled()) return cancelled();
    progress.update("writing " + path, begin, rows, "events");
    const std::size_t count =
        make_pieces(begin, rows, make, threads, blocks, [&](const InteractionBlock& block, std::size_t piece) {
          for (std::size_t i = 0; i < block.size(); ++i) append_row(texts[piece], block[i]);
        });
    for (std::size_t piece = 0; piece < count; ++piece) {
      size_bytes += texts[piece].size();
      if (size_bytes > max_bytes) return too_large(path, size_bytes, max_bytes);
      if (auto written = file.write(texts[piece]); !written) return written.error();
      texts[piece].clear();
    }
    begin += count * kRowsAPiece;
  }
  return size_bytes;
}

const std::vector<duck::ColumnSpec>& parquet_columns() {
  static const std::vector<duck::ColumnSpec> columns = {{"time", duck::Type::int64},  {"network", duck::Type::text},
                                                        {"kind", duck::Type::text},   {"actor", duck::Type::text},
                                                        {"target", duck::Type::text}, {"post", duck::Type::text},
                                                        {"id", duck::Type::text},     {"tags", duck::Type::text}};
  return columns;
}

void add_parquet_row(duck::RowBuffer& out, const Interaction& row) {
  out.add_row();
  out.set_int64(0, row.time);
  std::size_t column = 1;
  for (const std::string_view text :
       {row.network, kind_name(row.kind), row.actor, row.target, row.post, row.id, row.tags})
    out.set_text(column++, text);
}

/// Bytes of the file so far; 0 before there is one.
std::uint64_t bytes_so_far(const std::string& path) {
  std::error_code none;
  const auto size_bytes = std::filesystem::file_size(path, none);
  return none ? 0 : size_bytes;
}

Result<std::uint64_t> write_parquet(io::FileWriter& file, const std::string& path, std::uint64_t rows,
                                    const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                    Progress& progress) {
  std::vector<InteractionBlock> blocks(threads * kPiecesAThread);
  std::uint64_t made = 0;
  std::size_t count = 0, piece = 0, in_piece = 0;
  const duck::RowSource source = [&](duck::RowBuffer& out) -> Result<bool> {
    while (!out.full()) {
      if (piece == count) {
        if (made >= rows) return false;
        if (progress.cancelled()) return cancelled();
        progress.update("writing " + path, made, rows, "events");
        if (bytes_so_far(file.temporary_path()) > max_bytes)
          return too_large(path, bytes_so_far(file.temporary_path()), max_bytes);
        count = make_pieces(made, rows, make, threads, blocks, [](const InteractionBlock&, std::size_t) {});
        made += count * kRowsAPiece;
        piece = in_piece = 0;
      }
      add_parquet_row(out, blocks[piece][in_piece]);
      if (++in_piece < blocks[piece].size()) continue;
      in_piece = 0;
      ++piece;
    }
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
    if (auto fits = check_room(path, foreseen_bytes(path, rows, make), max_bytes); !fits) return fits.error();
  }
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  threads = std::max<std::size_t>(1, threads);
  const auto write = is_parquet(path) ? write_parquet : write_text;
  auto size_bytes = write(*file, path, rows, make, max_bytes, threads, progress);
  if (!size_bytes) return size_bytes.error();
  if (auto committed = file->commit(); !committed) return committed.error();
  return InteractionFile{rows, *size_bytes};
}

}  // namespace renown::pipeline
