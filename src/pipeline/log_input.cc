#include "pipeline/log_input.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "atproto/car.h"
#include "ingest/activitystreams/activitystreams_reader.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/bluesky/car_reader.h"
#include "ingest/flat/csv_reader.h"
#include "ingest/flat/ndjson_reader.h"
#include "ingest/flat/parquet_reader.h"
#include "ingest/gharchive/gharchive_reader.h"
#include "ingest/higgs/higgs_reader.h"
#include "ingest/jetstream/jetstream_reader.h"
#include "ingest/stackexchange/stackexchange_reader.h"
#include "io/byte_source.h"
#include "model/read_ahead.h"
#include "pipeline/archive_input.h"

namespace renown::pipeline {
namespace {

using Reader = std::unique_ptr<model::InteractionReader>;
using Source = std::unique_ptr<io::ByteSource>;

constexpr std::array<std::pair<LogFormat, std::string_view>, 17> kFormatNames = {
    {{LogFormat::automatic, "auto"},
     {LogFormat::flat, "flat"},
     {LogFormat::activitystreams, "activitystreams"},
     {LogFormat::gharchive, "gharchive"},
     {LogFormat::jetstream, "jetstream"},
     {LogFormat::higgs, "higgs"},
     {LogFormat::stackexchange, "stackexchange"},
     {LogFormat::archive, "archive"},
     {LogFormat::googleplus, "googleplus"},
     {LogFormat::x, "x"},
     {LogFormat::mastodon, "mastodon"},
     {LogFormat::linkedin, "linkedin"},
     {LogFormat::instagram, "instagram"},
     {LogFormat::facebook, "facebook"},
     {LogFormat::reddit, "reddit"},
     {LogFormat::foursquare, "foursquare"},
     {LogFormat::bluesky, "bluesky"}}};

/// A format that is read from one stream of bytes.
struct StreamFormat {
  LogFormat format;
  bool (*looks_like)(std::string_view head);
  Reader (*make)(std::string name, Source source, model::ReadOptions options);
};

/// In the order in which they are tried: the ones that are told for certain first.
constexpr StreamFormat kStreamFormats[] = {
    {LogFormat::bluesky, atproto::looks_like_car, ingest::archive::bluesky::make_reader},
    {LogFormat::flat, ingest::flat::looks_like_csv, ingest::flat::read_csv},
    {LogFormat::jetstream, ingest::jetstream::looks_like_jetstream, ingest::jetstream::make_reader},
    {LogFormat::gharchive, ingest::gharchive::looks_like_gharchive, ingest::gharchive::make_reader},
    {LogFormat::activitystreams, ingest::activitystreams::looks_like_activitystreams,
     ingest::activitystreams::make_reader},
    {LogFormat::flat, ingest::flat::looks_like_ndjson, ingest::flat::read_ndjson},
    {LogFormat::higgs, ingest::higgs::looks_like_higgs, ingest::higgs::make_reader},
};

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// The first bytes of a source; the source goes on behind them.
Result<std::string> read_head(io::ByteSource& source) {
  std::string head(kHeadBytes, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const auto got = source.read(std::span(head).subspan(size));
    if (!got) return got.error();
    if (*got == 0) break;
    size += *got;
  }
  head.resize(size);
  return head;
}

Error unknown_format(const std::string& path, std::string_view head) {
  if (ingest::stackexchange::looks_like_stackexchange(head)) {
    return bad_input(fmt::format("{} is one file of a Stack Exchange dump: name the folder that holds it", path));
  }
  return bad_input(fmt::format(
      "{} is in no format that Renown knows. It reads a flat log (CSV with the header "
      "time,network,kind,actor,target, NDJSON or Parquet), ActivityStreams, GH Archive, Jetstream, the Higgs text "
      "format, Stack Exchange dump folders and the archives that networks give their users; see docs/formats, or name "
      "one with --input-format",
      path));
}

/// The archive of one network, or of any; CAR files are archives too, but streams.
bool is_archive_format(LogFormat format) {
  return format == LogFormat::archive || (format >= LogFormat::googleplus && format <= LogFormat::foursquare);
}

/// What --input-format says about the network of an archive.
std::string_view network_named(LogFormat format) {
  return format == LogFormat::automatic || format == LogFormat::archive ? std::string_view{} : log_format_name(format);
}

Result<Reader> open_file_archive(const std::string& path, const std::string& name, LogFormat format,
                                 model::ReadOptions options) {
  if (format != LogFormat::automatic && !is_archive_format(format)) {
    return bad_input(fmt::format("{} is an archive (zip or tar), not {}", name, log_format_name(format)));
  }
  std::error_code ignored;
  if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) {  // the list of a zip stands at its end
    return bad_input(fmt::format("an archive cannot be read from {}: name the file", path == "-" ? name : "a pipe"));
  }
  auto reader = open_archive_log(path, network_named(format), options);
  if (!reader && reader.error().code == ErrorCode::not_found) return bad_input(std::move(reader.error().message));
  return reader;
}

Result<Reader> open_stream(const std::string& path, LogFormat format, model::ReadOptions options) {
  auto source = io::open_bytes(path);
  if (!source) return source.error();
  auto head = read_head(**source);
  if (!head) return head.error();
  const std::string name = path == "-" ? "standard input" : path;
  if (head->empty()) return bad_input(fmt::format("{} is empty: a log has at least one line", name));
  if (ingest::flat::looks_like_parquet(*head)) {
    if (format != LogFormat::automatic && format != LogFormat::flat) {
      return bad_input(fmt::format("{} is a Parquet file, not {}", name, log_format_name(format)));
    }
    if (path == "-") return bad_input("a Parquet file cannot be read from standard input: name the file");
    return ingest::flat::open_parquet(path, options);
  }

  if (ingest::archive::looks_like_zip(*head) || ingest::archive::looks_like_tar(*head)) {
    return open_file_archive(path, name, format, options);
  }
  if (format == LogFormat::archive && atproto::looks_like_car(*head)) format = LogFormat::bluesky;
  if (is_archive_format(format)) {
    return bad_input(fmt::format("{} is no archive: neither a zip nor a tar, nor the folder of an unpacked one", name));
  }

  std::string_view text = *head;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const StreamFormat* fallback = nullptr;  // what a named format is read as when its own first bytes do not show it
  for (const StreamFormat& candidate : kStreamFormats) {
    if (format != LogFormat::automatic && candidate.format != format) continue;
    if (!fallback) fallback = &candidate;
    if (candidate.looks_like(text))
      return candidate.make(name, io::prepend(std::move(*head), std::move(*source)), options);
  }
  if (format == LogFormat::automatic) return unknown_format(name, text);
  if (format == LogFormat::flat && text.starts_with('{')) {
    return ingest::flat::read_ndjson(name, io::prepend(std::move(*head), std::move(*source)), options);
  }
  return fallback->make(name, io::prepend(std::move(*head), std::move(*source)), options);
}

Result<Reader> open_any(const std::string& path, LogFormat format, model::ReadOptions options) {
  std::error_code ignored;
  const bool folder = path != "-" && std::filesystem::is_directory(path, ignored);
  if (folder && is_archive_format(format)) return open_archive_log(path, network_named(format), options);
  if (folder && (format == LogFormat::automatic || format == LogFormat::stackexchange)) {
    auto dump = ingest::stackexchange::open_dump(path, options);
    if (dump || dump.error().code != ErrorCode::not_found || format == LogFormat::stackexchange) return dump;
    auto unpacked = open_archive_log(path, {}, options);
    if (unpacked || unpacked.error().code != ErrorCode::not_found) return unpacked;
    return bad_input(fmt::format(
        "{0} is a folder without the Posts.xml of a Stack Exchange dump, and no archive that Renown knows: name the "
        "files in it, e.g. '{0}/*'",
        path));
  }
  if (format == LogFormat::stackexchange) {
    return bad_input(fmt::format("{} is no folder: a Stack Exchange dump is the folder with Posts.xml in it", path));
  }
  return open_stream(path, format, options);
}

/// A pipe may keep a reader waiting for ever, and nobody could then give up the thread it runs on.
bool may_wait(const std::string& path) {
  std::error_code ignored;
  return path == "-" ||
         !(std::filesystem::is_regular_file(path, ignored) || std::filesystem::is_directory(path, ignored));
}

}  // namespace

std::optional<LogFormat> parse_log_format(std::string_view name) {
  for (const auto& [format, format_name] : kFormatNames) {
    if (format_name == name) return format;
  }
  return std::nullopt;
}

std::string_view log_format_name(LogFormat format) {
  return kFormatNames[static_cast<std::size_t>(format)].second;
}

std::vector<std::string> log_format_names() {
  std::vector<std::string> names;
  for (const auto& [format, name] : kFormatNames) names.emplace_back(name);
  return names;
}

Result<Reader> open_log(const std::string& path, LogFormat format, model::ReadOptions options) {
  auto reader = open_any(path, format, options);
  if (!reader || options.threads <= 1 || may_wait(path)) return reader;
  return Reader(std::make_unique<model::ReadAhead>(std::move(*reader)));
}

bool may_hold_undos(const std::string& path) {
  std::error_code ignored;
  if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return true;
  std::array<char, 4> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  if (!file || !ingest::flat::looks_like_parquet({head.data(), head.size()})) return true;
  return ingest::flat::parquet_may_hold_undos(path);
}

}  // namespace renown::pipeline
