#include "common/measurement.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <stdexcept>

#include <fmt/format.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace renown::bench {
namespace {

constexpr auto kFigures = {&Measurement::wall_seconds, &Measurement::cpu_seconds, &Measurement::peak_bytes,
                           &Measurement::growth_bytes, &Measurement::operations};

enum class Ending : std::uint8_t { done, failed, out_of_memory };

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// VmRSS or VmHWM of this process in bytes.
double memory_line(const char* name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name)) return 1024.0 * std::strtod(line.c_str() + std::strlen(name) + 1, nullptr);
  }
  return 0.0;
}

void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// The two ends of what a child has to say.
class Pipe {
 public:
  Pipe() {
    if (pipe(ends_) != 0) throw std::runtime_error("no pipe could be made");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(int end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }

  void write_bytes(const void* bytes, std::size_t size) const {
    const char* at = static_cast<const char*>(bytes);
    while (size > 0) {
      const ssize_t written = write(ends_[1], at, size);
      if (written <= 0) _exit(1);  // the parent is gone
      at += written;
      size -= static_cast<std::size_t>(written);
    }
  }
  /// false: the other end was closed before.
  bool read_bytes(void* bytes, std::size_t size) const {
    char* at = static_cast<char*>(bytes);
    while (size > 0) {
      const ssize_t got = read(ends_[0], at, size);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      at += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }

  template <class T>
  void send(const T& value) const {
    write_bytes(&value, sizeof value);
  }
  template <class T>
  bool receive(T& value) const {
    return read_bytes(&value, sizeof value);
  }
  template <class T>
  void send_all(const std::vector<T>& values) const {
    send(values.size());
    write_bytes(values.data(), values.size() * sizeof(T));
  }
  template <class T>
  bool receive_all(std::vector<T>& values) const {
    std::size_t size = 0;
    if (!receive(size)) return false;
    values.resize(size);
    return read_bytes(values.data(), size * sizeof(T));
  }

 private:
  int ends_[2] = {-1, -1};
};

std::vector<char> bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

void set_bounds(const Bounds& bounds) {
  alarm(static_cast<unsigned>(bounds.seconds) + 1);
  rlimit room{};
  const double in_use = memory_line("VmSize:");
  room.rlim_cur = room.rlim_max = bounds.memory_bytes + static_cast<rlim_t>(in_use);
  setrlimit(RLIMIT_AS, &room);
}

void measure_here(const Entry& entry, const Pipe& pipe, bool with_outcome) {
  const auto candidate = entry.make();
  malloc_trim(0);  // room that the parent gave back to the heap would hide what the candidate takes
  const double before = memory_line("VmRSS:");
  candidate->prepare();
  malloc_trim(0);
  const double with_input = memory_line("VmRSS:");
  forget_peak();
  Measurement result;
  const double cpu = cpu_now();
  const auto start = std::chrono::steady_clock::now();
  candidate->run();
  result.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.cpu_seconds = cpu_now() - cpu;
  const double peak = memory_line("VmHWM:");
  result.peak_bytes = peak - before;
  result.growth_bytes = peak - with_input;
  result.operations = candidate->operations();
  if (with_outcome) result.outcome = candidate->outcome();

  pipe.send(Ending::done);
  for (double Measurement::* figure : kFigures) pipe.send(result.*figure);
  const auto parts = candidate->parts();
  pipe.send(parts.size());
  for (const auto& [name, seconds] : parts) {
    pipe.send_all(bytes_of(name));
    pipe.send(seconds);
  }
  pipe.send_all(result.outcome.exact);
  pipe.send_all(result.outcome.close);
}

[[noreturn]] void be_the_child(const Entry& entry, const Bounds& bounds, const Pipe& pipe, bool with_outcome) {
  try {
    set_bounds(bounds);
    measure_here(entry, pipe, with_outcome);
  } catch (const std::bad_alloc&) {
    pipe.send(Ending::out_of_memory);
  } catch (const std::exception& failure) {
    pipe.send(Ending::failed);
    pipe.send_all(bytes_of(failure.what()));
  }
  _exit(0);  // nobody waits for destructors
}

bool receive_measurement(const Pipe& pipe, Measurement& result) {
  for (double Measurement::* figure : kFigures) {
    if (!pipe.receive(result.*figure)) return false;
  }
  std::size_t parts = 0;
  if (!pipe.receive(parts)) return false;
  for (std::size_t i = 0; i < parts; ++i) {
    std::vector<char> name;
    double seconds = 0.0;
    if (!pipe.receive_all(name) || !pipe.receive(seconds)) return false;
    result.parts.emplace_back(std::string(name.begin(), name.end()), seconds);
  }
  return pipe.receive_all(result.outcome.exact) && pipe.receive_all(result.outcome.close);
}

/// Waits for a child whatever happens on the way.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ > 0) wait();
  }
  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

}  // namespace

std::optional<Measurement> measure(const Entry& entry, const Bounds& bounds, bool with_outcome) {
  Pipe pipe;
  std::fflush(nullptr);
  const pid_t id = fork();
  if (id < 0) throw std::runtime_error("no process could be made for " + entry.name);
  if (id == 0) {
    pipe.close_end(0);
    be_the_child(entry, bounds, pipe, with_outcome);
  }
  pipe.close_end(1);
  Child child(id);

  Ending ending{};
  if (!pipe.receive(ending)) {
    const int status = child.wait();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) return std::nullopt;
    throw std::runtime_error(fmt::format("{} ended without a word (status {})", entry.name, status));
  }
  if (ending == Ending::out_of_memory) return std::nullopt;
  if (ending == Ending::failed) {
    std::vector<char> sentence;
    pipe.receive_all(sentence);
    throw std::runtime_error(entry.name + ": " + std::string(sentence.begin(), sentence.end()));
  }
  Measurement result;
  if (!receive_measurement(pipe, result)) return std::nullopt;
  return result;
}

}  // namespace renown::bench
