#include "log/export.h"

#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "duck/connection.h"
#include "duck/parquet_writer.h"
#include "duck/sql.h"
#include "log/export_folder.h"

namespace renown::log {
namespace {

/// One worker for as long as this lives: files are then cut into row groups the same way every time.
class OneThread {
 public:
  static Result<OneThread> begin(duck::Connection& connection) {
    auto before = connection.query_int64("SELECT current_setting('threads')::BIGINT");
    if (!before) return before.error();
    auto set = connection.execute("SET threads = 1");
    if (!set) return set.error();
    return OneThread(connection, *before);
  }
  OneThread(OneThread&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)), before_(other.before_) {}
  OneThread& operator=(OneThread&&) = delete;
  ~OneThread() {
    if (connection_ != nullptr) static_cast<void>(connection_->execute(fmt::format("SET threads = {}", before_)));
  }

 private:
  OneThread(duck::Connection& connection, std::int64_t before) : connection_(&connection), before_(before) {}
  duck::Connection* connection_;
  std::int64_t before_;
};

/// The rows of one file: a network's day.
struct Partition {
  std::int64_t day_begin = 0;  ///< unix seconds
  std::string network;
};

/// A network's name as a folder: everything but letters, digits, '-' and '_', and '.' within, as %XX.
std::string folder_name(std::string_view network) {
  std::string name;
  for (const char c : network) {
    const bool plain = base::is_letter_or_digit(c) || c == '-' || c == '_' || (c == '.' && !name.empty());
    name += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name;
}

Result<std::vector<Partition>> partitions(duck::Connection& connection) {
  auto rows = connection.query(fmt::format(
      "SELECT DISTINCT time // {0} * {0} AS day_begin, network FROM interactions ORDER BY ALL", base::kSecondsPerDay));
  if (!rows) return rows.error();
  std::vector<Partition> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      all.push_back({rows->column(0).int64(i), std::string(rows->column(1).text(i))});
    }
  }
}

// Rows in a total order: the same rows give the same bytes.
Result<std::uint64_t> write_partition(duck::Connection& connection, const Partition& partition,
                                      const std::string& folder) {
  std::error_code why;
  std::filesystem::create_directories(folder, why);
  if (why) return Error{ErrorCode::io, fmt::format("cannot make the folder {}: {}", folder, why.message())};
  const std::string path = folder + "/interactions.parquet";
  auto written = connection.execute(fmt::format(
      "COPY (SELECT time, network, kinds.name AS kind, actor, target, post, id, tags"
      " FROM interactions JOIN kinds USING (kind) WHERE time >= {} AND time < {} AND network = {} ORDER BY ALL)"
      " TO {} ({})",
      partition.day_begin, partition.day_begin + base::kSecondsPerDay, duck::text_literal(partition.network),
      duck::text_literal(path), duck::kParquetForm));
  if (!written) return Error{written.error().code, fmt::format("cannot write {}: {}", path, written.error().message)};
  return written;
}

}  // namespace

Result<ExportCounts> export_log(const OpenLog& log, const std::string& out) {
  auto folder = ExportFolder::create(out);
  if (!folder) return folder.error();
  auto connection = connect(log);
  if (!connection) return connection.error();
  auto one_thread = OneThread::begin(*connection);
  if (!one_thread) return explain(log, one_thread.error());
  auto transaction = duck::Transaction::begin(*connection);
  if (!transaction) return transaction.error();
  auto all = partitions(*connection);
  if (!all) return explain(log, all.error());
  ExportCounts counts;
  for (const Partition& partition : *all) {
    auto rows = write_partition(*connection, partition,
                                fmt::format("{}/day={}/network={}", folder->partial(),
                                            base::format_day(partition.day_begin), folder_name(partition.network)));
    if (!rows) return rows.error();
    counts.rows += *rows;
    ++counts.files;
  }
  auto done = folder->commit(counts.rows, counts.files);
  if (!done) return done.error();
  return counts;
}

}  // namespace renown::log
