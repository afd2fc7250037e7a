#include "aggregate/intake_file.h"

#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "base/buffer.h"
#include "base/hash.h"
#include "io/file_writer.h"
#include "io/mapped_file.h"

// A file is, all numbers little-endian as they stand in memory (only x86-64 is supported, and nobody moves these
// files); each part is filled up with zeros to a multiple of eight bytes:
//
//     Header
//     note            note_bytes
//     networks        networks_bytes: each followed by a NUL
//     network bytes   names x u8: how long the network in a name is
//     names           name_bytes: "network\0account", in the order of account numbers
//     begins          (names + 1) x u64: where each name begins
//     slots           slots x StringTable::Slot: the table of names; in the first file alone, as the next
//     order           names x u32: accounts in byte order
//     undos           undos x KeyedRow
//     for each of 256 partitions: plain rows, keyed rows, words
//     hash            u64 over everything before it
namespace renown::aggregate {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'N', 'T', 'A', 'L', 'L', 'Y', '3'};

/// Slots stand where a hash says that may be another in the next version: then the file is none.
std::uint64_t hash_probe() {
  return base::table_hash("renown");
}

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint64_t probe = hash_probe();
  IntakeMark since;
  IntakeMark until;
  std::int64_t newest = 0;
  std::uint64_t has_newest = 0;
  std::uint64_t note_bytes = 0;
  std::uint64_t networks_bytes = 0;
  std::uint64_t name_bytes = 0;
  std::uint64_t slots = 0;
  std::uint64_t seed = 0;  ///< that the slots stand by, if there are any
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);

/// Over words of eight bytes, in four lanes that the processor works on beside each other. Not against attackers:
/// whoever can write the folder can write the log.
class Checksum {
 public:
  /// bytes  a multiple of eight
  void add(std::string_view bytes) {
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    for (; at < end && next_ != 0; at += 8) add_word(at);
    for (; end - at >= 32; at += 32) {
      for (std::size_t lane = 0; lane < 4; ++lane) mix(lanes_[lane], at + 8 * lane);
    }
    for (; at < end; at += 8) add_word(at);
  }

  std::uint64_t value() const {
    std::uint64_t hash = 0;
    for (const std::uint64_t lane : lanes_) hash = base::mix64(hash ^ lane);
    return hash;
  }

 private:
  void add_word(const char* at) {
    mix(lanes_[next_], at);
    next_ = (next_ + 1) % 4;
  }
  static void mix(std::uint64_t& lane, const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    lane = (lane ^ word) * 0x9e3779b97f4a7c15;
    lane ^= lane >> 29;
  }

  std::array<std::uint64_t, 4> lanes_ = {1, 2, 3, 4};
  std::size_t next_ = 0;
};

constexpr std::size_t filled_up(std::size_t size_bytes) {
  return (size_bytes + 7) / 8 * 8;
}

template <class T>
std::string_view bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

class Writer {
 public:
  explicit Writer(io::FileWriter& file) : file_(file) {}

  Result<void> write(std::string_view bytes) {
    const std::size_t whole = bytes.size() / 8 * 8;
    if (auto written = write_words(bytes.substr(0, whole)); !written || whole == bytes.size()) return written;
    char last[8] = {};
    std::memcpy(last, bytes.data() + whole, bytes.size() - whole);
    return write_words({last, sizeof last});
  }

  template <class T>
  Result<void> write(std::span<const T> values) {
    return write(bytes_of(values));
  }

  template <class T>
  Result<void> write_new(base::Partitioned<T>& values, std::size_t partition, std::uint64_t since) {
    base::Buffer<T> all;
    values.read(partition, all);
    return write(std::span<const T>(all.span()).subspan(since));
  }

  Result<void> finish() {
    const std::uint64_t hash = checksum_.value();
    return file_.write(bytes_of(std::span(&hash, 1)));
  }

 private:
  Result<void> write_words(std::string_view bytes) {
    checksum_.add(bytes);
    return file_.write(bytes);
  }

  io::FileWriter& file_;
  Checksum checksum_;
};

/// Takes one part after the other from the bytes of a file.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : left_(bytes) {}

  /// Nothing but false from then on where the file is too short.
  template <class T>
  bool take(std::uint64_t count, std::span<const T>& part) {
    if (count > left_.size() / sizeof(T) || filled_up(count * sizeof(T)) > left_.size()) return false;
    part = {reinterpret_cast<const T*>(left_.data()), count};
    left_.remove_prefix(filled_up(count * sizeof(T)));
    return true;
  }

  bool at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
};

bool same(const IntakeMark& a, const IntakeMark& b) {
  return a.rows == b.rows && a.accounts == b.accounts && a.undos == b.undos && a.sizes == b.sizes;
}

bool is_whole(std::string_view bytes) {
  std::uint64_t hash = 0;
  if (bytes.size() % 8 != 0 || bytes.size() < sizeof hash) return false;
  std::memcpy(&hash, bytes.data() + bytes.size() - sizeof hash, sizeof hash);
  Checksum checksum;
  checksum.add(bytes.substr(0, bytes.size() - sizeof hash));
  return checksum.value() == hash;
}

/// Names and what finds them.
struct Names {
  std::span<const char> networks;
  std::span<const std::uint8_t> network_bytes;
  std::span<const char> bytes;
  std::span<const std::uint64_t> begin;
  std::span<const StringTable::Slot> slots;
  std::span<const AccountId> order;

  bool take(Parts& parts, const Header& header) {
    const std::uint64_t count = header.until.accounts - header.since.accounts;
    return parts.take(header.networks_bytes, networks) && parts.take(count, network_bytes) &&
           parts.take(header.name_bytes, bytes) && parts.take(count + 1, begin) && parts.take(header.slots, slots) &&
           parts.take(header.slots == 0 ? 0 : count, order) && begin.back() == bytes.size();
  }
  std::string_view key(std::size_t i) const { return {bytes.data() + begin[i], begin[i + 1] - begin[i]}; }
};

Result<void> write_names(Writer& writer, Intake& intake, const IntakeMark& since, const AccountTable::Parts& parts) {
  const std::uint64_t first_byte = parts.keys.begin[since.accounts];
  if (auto done = writer.write(parts.networks); !done) return done;
  if (auto done = writer.write(parts.network_bytes.subspan(since.accounts)); !done) return done;
  if (auto done = writer.write(parts.keys.bytes.subspan(first_byte)); !done) return done;
  std::vector<std::uint64_t> begins;
  for (const std::uint64_t begin : parts.keys.begin.subspan(since.accounts)) begins.push_back(begin - first_byte);
  if (auto done = writer.write(std::span<const std::uint64_t>(begins)); !done) return done;
  if (since.accounts > 0) return {};
  if (auto done = writer.write(parts.keys.slots); !done) return done;
  return writer.write(intake.order().at_ranks());
}

void add_names(const Names& names, Intake& intake) {
  for (std::size_t i = 0; i + 1 < names.begin.size(); ++i) {
    const std::string_view key = names.key(i);
    const std::size_t split = key.find('\0');
    intake.add_account({key.substr(0, split), key.substr(split + 1)});
  }
}

/// The values of a mapped file stay where they are.
template <class T>
bool add_values(Parts& parts, base::Partitioned<T>& values, std::size_t partition, std::uint64_t count, bool borrow) {
  std::span<const T> part;
  if (!parts.take(count, part)) return false;
  borrow ? values.append_borrowed(partition, part) : values.append(partition, part);
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
  const AccountTable::Parts names = intake.accounts().parts();
  Header header;
  header.since = since;
  header.until = mark_of(intake);
  header.newest = intake.newest().value_or(0);
  header.has_newest = intake.newest().has_value();
  header.note_bytes = note.size();
  header.networks_bytes = names.networks.size();
  header.name_bytes = names.keys.bytes.size() - names.keys.begin[since.accounts];
  header.slots = since.accounts == 0 ? names.keys.slots.size() : 0;
  header.seed = names.keys.seed;
  if (auto written = writer.write(std::span<const Header>(&header, 1)); !written) return written;
  if (auto written = writer.write(note); !written) return written;
  if (auto written = write_names(writer, intake, since, names); !written) return written;
  const std::span<const KeyedRow> undos = intake.undos().span();
  if (auto written = writer.write(undos.subspan(since.undos)); !written) return written;
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
  const std::optional<std::string> unusable;
  auto file = io::MappedFile::open(path);
  if (!file || !is_whole(file->bytes())) return unusable;
  Parts parts(file->bytes().substr(0, file->bytes().size() - sizeof(std::uint64_t)));
  std::span<const Header> headers;
  if (!parts.take(1, headers)) return unusable;
  const Header header = headers.front();
  if (header.magic != kMagic || header.probe != hash_probe() || !same(header.since, mark_of(intake))) return unusable;
  std::span<const char> note_text;
  Names names;
  std::span<const KeyedRow> undos;
  if (!parts.take(header.note_bytes, note_text) || !names.take(parts, header) ||
      !parts.take(header.until.undos - header.since.undos, undos))
    return unusable;
  const std::string note(note_text.data(), note_text.size());
  const bool is_first = header.slots > 0;
  for (const KeyedRow& undo : undos) intake.add_undo(undo);
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    const auto count = [&](std::size_t column) {
      return header.until.sizes[column][partition] - header.since.sizes[column][partition];
    };
    if (!add_values(parts, intake.plain_rows(), partition, count(0), is_first) ||
        !add_values(parts, intake.keyed_rows(), partition, count(1), is_first) ||
        !add_values(parts, intake.words(), partition, count(2), is_first))
      return unusable;
  }
  if (!parts.at_end()) return unusable;
  if (is_first) {
    const std::string networks(names.networks.data(), names.networks.size());
    intake.put_accounts({{names.bytes, names.begin, names.slots, header.seed}, names.network_bytes, networks},
                        names.order, std::move(*file));
  } else {
    add_names(names, intake);
  }
  intake.count_rows(header.until.rows - header.since.rows,
                    header.has_newest ? std::optional(header.newest) : std::nullopt);
  if (!same(header.until, mark_of(intake))) return unusable;
  return std::optional(std::move(note));
}

}  // namespace renown::aggregate
