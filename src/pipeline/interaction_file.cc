#include "pipeline/interaction_file.h"

#include <filesystem>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "duck/parquet_writer.h"
#include "io/file_writer.h"
#include "pipeline/foreseen_size.h"
#include "pipeline/row_text.h"

namespace renown::pipeline {
namespace {

using model::InteractionBlock;

// Parquet of an invented log takes a fifth of its CSV (measured on a million rows); real size is checked on the way.
constexpr double kParquetShare = 0.25;

using AddRow = void (RowText::*)(const Interaction& row);

bool is_parquet(std::string_view path) {
  return path.ends_with(".parquet");
}

AddRow row_writer(std::string_view path) {
  return path.ends_with(".ndjson") ? &RowText::add_ndjson : &RowText::add_csv;
}

Error cancelled() {
  return {ErrorCode::cancelled, "stopped; nothing was written"};
}

Result<std::uint64_t> write_text(io::FileWriter& file, const std::string& path, std::uint64_t rows,
                                 const RowMaker& make, std::uint64_t max_bytes, std::size_t threads,
                                 Progress& progress) {
  const AddRow add_row = row_writer(path);
  RowPieces pieces(rows, make, threads);
  std::vector<RowText> texts(pieces.most());
  const std::string_view header = add_row == &RowText::add_csv ? kCsvHeader : "";
  if (auto written = file.write(header); !written) return written.error();
  std::uint64_t size_bytes = header.size();
  while (!pieces.done()) {
    if (progress.cancelled()) return cancelled();
    progress.update("writing " + path, pieces.made(), rows, "events");
    const std::size_t count = pieces.make_more([&](const InteractionBlock& block, std::size_t piece) {
      texts[piece].clear();
      for (std::size_t i = 0; i < block.size(); ++i) (texts[piece].*add_row)(block[i]);
    });
    for (std::size_t piece = 0; piece < count; ++piece) {
      size_bytes += texts[piece].size();
      if (size_bytes > max_bytes) return too_large(path, size_bytes, max_bytes);
      if (auto written = file.write(texts[piece].text()); !written) return written.error();
    }
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
  RowPieces pieces(rows, make, threads);
  std::size_t count = 0, piece = 0, in_piece = 0;
  const duck::RowSource source = [&](duck::RowBuffer& out) -> Result<bool> {
    while (!out.full()) {
      if (piece == count) {
        if (pieces.done()) return false;
        if (progress.cancelled()) return cancelled();
        progress.update("writing " + path, pieces.made(), rows, "events");
        if (bytes_so_far(file.temporary_path()) > max_bytes)
          return too_large(path, bytes_so_far(file.temporary_path()), max_bytes);
        count = pieces.make_more();
        piece = in_piece = 0;
      }
      add_parquet_row(out, pieces[piece][in_piece]);
      if (++in_piece < pieces[piece].size()) continue;
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
