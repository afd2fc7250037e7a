/// Partitioned: values sorted into a fixed number of heaps, in memory or, beyond what the SpillArea allows, on disk.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "base/spill_area.h"

namespace renown::base {

/// As many as there are: a billion rows make partitions of 64 MB, which is what two threads can sort beside each other;
/// fewer rows make partitions that fit a cache.
inline constexpr std::size_t kPartitions = 256;

/// Appended to by several threads, each through a Writer of its own; read partition by partition when all writers are
/// gone. Values of one writer stay in order; those of several mix.
template <class T>
class Partitioned {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit Partitioned(SpillArea& area) : area_(area) {}
  ~Partitioned() {
    for (std::size_t partition = 0; partition < kPartitions; ++partition) clear(partition);
  }
  Partitioned(const Partitioned&) = delete;
  Partitioned& operator=(const Partitioned&) = delete;

  /// Gathers a few values for each partition before it takes that partition's lock.
  class Writer {
   public:
    explicit Writer(Partitioned& to) : to_(to), values_(new T[kPartitions * kGathered]) {}
    ~Writer() { flush(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void add(std::size_t partition, const T& value) {
      std::uint32_t& count = counts_[partition];
      values_[partition * kGathered + count] = value;
      if (++count == kGathered) flush(partition);
    }
    void flush() {
      for (std::size_t partition = 0; partition < kPartitions; ++partition) flush(partition);
    }

   private:
    static constexpr std::size_t kGathered = std::size_t{1024} / sizeof(T);

    void flush(std::size_t partition) {
      to_.append(partition, {&values_[partition * kGathered], counts_[partition]});
      counts_[partition] = 0;
    }

    Partitioned& to_;
    std::unique_ptr<T[]> values_;
    std::array<std::uint32_t, kPartitions> counts_{};
  };

  void append(std::size_t partition, std::span<const T> values) {
    if (values.empty()) return;
    Part& part = parts_[partition];
    const std::lock_guard guard(part.lock);
    part.size += values.size();
    while (!values.empty()) {
      if (part.chunks.empty() || part.chunks.back().count == part.chunks.back().capacity || !part.chunks.back().values)
        part.chunks.push_back(open_chunk(part, values.size()));
      Chunk& chunk = part.chunks.back();
      const std::size_t count = std::min(values.size(), chunk.capacity - chunk.count);
      std::memcpy(static_cast<void*>(chunk.values.get() + chunk.count), values.data(), count * sizeof(T));
      chunk.count += count;
      values = values.subspan(count);
      if (chunk.count == chunk.capacity && !chunk.counted) spill(chunk);
    }
  }

  /// The same without a copy: the values stay where they are, which must be longer than they are read here.
  void append_borrowed(std::size_t partition, std::span<const T> values) {
    if (values.empty()) return;
    Part& part = parts_[partition];
    const std::lock_guard guard(part.lock);
    part.size += values.size();
    Chunk chunk;
    chunk.borrowed = values.data();
    chunk.count = values.size();
    part.chunks.push_back(std::move(chunk));
  }

  std::size_t size(std::size_t partition) const { return parts_[partition].size; }

  std::uint64_t size() const {
    std::uint64_t all = 0;
    for (const Part& part : parts_) all += part.size;
    return all;
  }

  /// Adds the values of a partition to `to`. What cannot be read back is zeros, and reported by SpillArea::status().
  void read(std::size_t partition, Buffer<T>& to) const {
    const Part& part = parts_[partition];
    std::size_t at = to.size();
    to.resize(at + part.size);
    for (const Chunk& chunk : part.chunks) {
      load(chunk, to.data() + at);
      at += chunk.count;
    }
  }

  /// on_values(std::span<const T>) for one piece of a partition after the other, in their order, without copying what
  /// is in memory. room  holds what is read back from disk
  template <class OnValues>
  void for_each_piece(std::size_t partition, Buffer<T>& room, const OnValues& on_values) const {
    for (const Chunk& chunk : parts_[partition].chunks) {
      if (!chunk.is_on_disk()) {
        on_values(std::span<const T>(chunk.in_memory(), chunk.count));
        continue;
      }
      room.resize(chunk.count);
      load(chunk, room.data());
      on_values(std::span<const T>(room.span()));
    }
  }

  /// All values of a partition: where they stand, if that is one place in memory, else in `room`. Valid until the
  /// partition changes.
  std::span<const T> view(std::size_t partition, Buffer<T>& room) const {
    const auto& chunks = parts_[partition].chunks;
    if (chunks.size() == 1 && !chunks.front().is_on_disk()) return {chunks.front().in_memory(), chunks.front().count};
    room.clear();
    read(partition, room);
    return room.span();
  }

  /// As read(), and gives the room back.
  void take(std::size_t partition, Buffer<T>& to) {
    read(partition, to);
    clear(partition);
  }

  void clear(std::size_t partition) {
    Part& part = parts_[partition];
    for (const Chunk& chunk : part.chunks) {
      if (chunk.counted) area_.give_back(chunk.capacity * sizeof(T));
      if (chunk.is_on_disk() && file_.is_open()) file_.forget(chunk.offset, chunk.count * sizeof(T));
    }
    part.chunks.clear();
    part.chunks.shrink_to_fit();
    part.size = 0;
  }

 private:
  // Chunks are a fourth of what is there: little room is left empty, and a large log takes few system calls. What comes
  // at once has room of its own size.
  static constexpr std::size_t kFirstChunk = std::max<std::size_t>(1, std::size_t{4096} / sizeof(T));
  static constexpr std::size_t kLargestChunk = std::size_t{131072} / sizeof(T);

  struct Chunk {
    std::unique_ptr<T[]> values;  ///< null once it is on disk, and where the values are borrowed
    const T* borrowed = nullptr;
    std::size_t count = 0;
    std::size_t capacity = 0;
    bool counted = false;  ///< held against the area's limit; if not, it goes to disk when it is full
    std::uint64_t offset = 0;

    const T* in_memory() const { return values ? values.get() : borrowed; }
    bool is_on_disk() const { return in_memory() == nullptr; }
  };

  struct Part {
    std::mutex lock;
    std::vector<Chunk> chunks;
    std::size_t size = 0;
  };

  Chunk open_chunk(const Part& part, std::size_t values) {
    Chunk chunk;
    chunk.capacity = std::clamp(std::max(values, part.size / 4), kFirstChunk, kLargestChunk);
    chunk.values.reset(new T[chunk.capacity]);
    chunk.counted = area_.take(chunk.capacity * sizeof(T));
    return chunk;
  }

  void spill(Chunk& chunk) {
    const std::size_t size_bytes = chunk.count * sizeof(T);
    {
      const std::lock_guard guard(file_lock_);
      if (!file_.is_open()) {
        auto file = SpillFile::create(area_.folder());
        if (!file) return area_.fail(file.error());
        file_ = std::move(*file);
      }
      chunk.offset = file_end_;
      file_end_ += size_bytes;
    }
    if (auto written = file_.write(chunk.values.get(), size_bytes, chunk.offset); !written)
      return area_.fail(written.error());
    area_.count_spilled(size_bytes);
    chunk.values.reset();
  }

  void load(const Chunk& chunk, T* to) const {
    if (!chunk.is_on_disk()) {
      std::memcpy(static_cast<void*>(to), chunk.in_memory(), chunk.count * sizeof(T));
    } else if (auto got = file_.read(to, chunk.count * sizeof(T), chunk.offset); !got) {
      area_.fail(got.error());
      std::memset(static_cast<void*>(to), 0, chunk.count * sizeof(T));  // numbers stay numbers of something
    }
  }

  SpillArea& area_;
  std::array<Part, kPartitions> parts_;
  std::mutex file_lock_;
  SpillFile file_;
  std::uint64_t file_end_ = 0;
};

}  // namespace renown::base
