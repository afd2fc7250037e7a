#include "aggregate/intake_file.h"

#include <cstring>
#include <fstream>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "base/hash.h"
#include "io/file_writer.h"

// A file is, all numbers little-endian as they stand in memory (only x86-64 is supported, and nobody moves these
// files):
//
//     Header
//     note            note_bytes
//     name lengths    names x u32: "network\0account", in the order of account numbers
//     names           name_bytes
//     undos           undos x KeyedRow
//     for each of 256 partitions: plain rows, keyed rows, words
//     hash            u64 over everything before it
namespace renown::aggregate {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'N', 'T', 'A', 'L', 'L', 'Y', '1'};

struct Header {
  std::array<char, 8> magic = kMagic;
  IntakeMark since;
  IntakeMark until;
  std::int64_t newest = 0;
  std::uint64_t has_newest = 0;
  std::uint64_t note_bytes = 0;
  std::uint64_t name_bytes = 0;
};
static_assert(std::is_trivially_copyable_v<Header>);

/// Not against attackers: whoever can write the folder can write the log.
class Checksum {
 public:
  void add(std::string_view bytes) { hash_ = base::mix64(hash_ ^ base::table_hash(bytes)); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

template <class T>
std::string_view bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

class Writer {
 public:
  explicit Writer(io::FileWriter& file) : file_(file) {}

  Result<void> write(std::string_view bytes) {
    checksum_.add(bytes);
    return file_.write(bytes);
  }

  template <class T>
  Result<void> write_new(base::Partitioned<T>& values, std::size_t partition, std::uint64_t since) {
    base::Buffer<T> all;
    values.read(partition, all);
    return write(bytes_of(std::span<const T>(all.span()).subspan(since)));
  }

  Result<void> finish() {
    const std::uint64_t hash = checksum_.value();
    return file_.write(bytes_of(std::span(&hash, 1)));
  }

 private:
  io::FileWriter& file_;
  Checksum checksum_;
};

class Reader {
 public:
  explicit Reader(const std::string& path) : file_(path, std::ios::binary) {}

  bool read(char* to, std::size_t size_bytes) {
    file_.read(to, static_cast<std::streamsize>(size_bytes));
    if (!file_) return false;
    checksum_.add({to, size_bytes});
    return true;
  }

  template <class T>
  bool read(base::Buffer<T>& to, std::uint64_t count) {
    to.resize(count);
    return read(reinterpret_cast<char*>(to.data()), count * sizeof(T));
  }

  bool finish() {
    const std::uint64_t wanted = checksum_.value();
    std::uint64_t hash = 0;
    return file_.read(reinterpret_cast<char*>(&hash), sizeof hash) && hash == wanted && file_.peek() == EOF;
  }

 private:
  std::ifstream file_;
  Checksum checksum_;
};

bool same(const IntakeMark& a, const IntakeMark& b) {
  return a.rows == b.rows && a.accounts == b.accounts && a.undos == b.undos && a.sizes == b.sizes;
}

Result<void> write_names(Writer& writer, const AccountTable& accounts, std::uint64_t since) {
  std::vector<std::uint32_t> lengths;
  std::string names;
  for (auto id = static_cast<AccountId>(since); id < accounts.size(); ++id) {
    lengths.push_back(static_cast<std::uint32_t>(accounts.key(id).size()));
    names += accounts.key(id);
  }
  if (auto written = writer.write(bytes_of(std::span<const std::uint32_t>(lengths))); !written) return written;
  return writer.write(names);
}

bool read_names(Reader& reader, std::uint64_t count, std::uint64_t name_bytes, Intake& intake) {
  base::Buffer<std::uint32_t> lengths;
  base::Buffer<char> names;
  if (!reader.read(lengths, count) || !reader.read(names, name_bytes)) return false;
  std::size_t at = 0;
  for (const std::uint32_t length : lengths) {
    if (length > names.size() - at) return false;
    const std::string_view key(names.data() + at, length);
    const std::size_t split = key.find('\0');
    if (split == std::string_view::npos) return false;
    intake.add_account({key.substr(0, split), key.substr(split + 1)});
    at += length;
  }
  return at == names.size();
}

template <class T>
bool read_values(Reader& reader, base::Partitioned<T>& values, std::size_t partition, std::uint64_t count) {
  base::Buffer<T> read;
  if (!reader.read(read, count)) return false;
  values.append(partition, read.span());
  return true;
}

}  // namespace

IntakeMark mark_of(const Intake& intake) {
  IntakeMark mark{.rows = intake.rows(), .accounts = intake.accounts().size(), .undos = intake.undos().size()};
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    mark.sizes[0][partition] = intake.plain_rows().size(partition);
    mark.sizes[1][partition] = intake.keyed_rows().size(partition);
    mark.sizes[2][partition] = intake.words().size(partition);
  }
  return mark;
}

Result<void> save_intake(Intake& intake, const IntakeMark& since, std::string_view note, const std::string& path) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  Writer writer(*file);
  Header header;
  header.since = since;
  header.until = mark_of(intake);
  header.newest = intake.newest().value_or(0);
  header.has_newest = intake.newest().has_value();
  header.note_bytes = note.size();
  for (auto id = static_cast<AccountId>(since.accounts); id < intake.accounts().size(); ++id)
    header.name_bytes += intake.accounts().key(id).size();
  if (auto written = writer.write(bytes_of(std::span<const Header>(&header, 1))); !written) return written;
  if (auto written = writer.write(note); !written) return written;
  if (auto written = write_names(writer, intake.accounts(), since.accounts); !written) return written;
  if (auto written = writer.write(bytes_of(intake.undos().span().subspan(since.undos))); !written) return written;
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    const auto from = [&](std::size_t column) { return since.sizes[column][partition]; };
    if (auto done = writer.write_new(intake.plain_rows(), partition, from(0)); !done) return done;
    if (auto done = writer.write_new(intake.keyed_rows(), partition, from(1)); !done) return done;
    if (auto done = writer.write_new(intake.words(), partition, from(2)); !done) return done;
  }
  if (auto finished = writer.finish(); !finished) return finished;
  return file->commit();
}

Result<std::optional<std::string>> load_intake(Intake& intake, const std::string& path) {
  Reader reader(path);
  Header header;
  const std::optional<std::string> unusable;
  if (!reader.read(reinterpret_cast<char*>(&header), sizeof header) || header.magic != kMagic) return unusable;
  if (!same(header.since, mark_of(intake))) return unusable;
  std::string note(header.note_bytes, '\0');
  if (!reader.read(note.data(), note.size())) return unusable;
  if (!read_names(reader, header.until.accounts - header.since.accounts, header.name_bytes, intake)) return unusable;
  base::Buffer<KeyedRow> undos;
  if (!reader.read(undos, header.until.undos - header.since.undos)) return unusable;
  for (const KeyedRow& undo : undos) intake.add_undo(undo);
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    const auto count = [&](std::size_t column) {
      return header.until.sizes[column][partition] - header.since.sizes[column][partition];
    };
    if (!read_values(reader, intake.plain_rows(), partition, count(0)) ||
        !read_values(reader, intake.keyed_rows(), partition, count(1)) ||
        !read_values(reader, intake.words(), partition, count(2)))
      return unusable;
  }
  if (!reader.finish()) return unusable;
  intake.count_rows(header.until.rows - header.since.rows,
                    header.has_newest ? std::optional(header.newest) : std::nullopt);
  if (!same(header.until, mark_of(intake))) return unusable;
  return std::optional(std::move(note));
}

}  // namespace renown::aggregate
