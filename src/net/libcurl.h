/// What every user of libcurl needs. For the sources of this folder only.
#pragma once

#include <csignal>

namespace renown::net {

/// Once for the process; any thread may be the first.
void set_up_libcurl();

/// OpenSSL writes to sockets that the other end may have closed: no reason to end the process. For the thread that
/// holds it.
class NoBrokenPipes {
 public:
  NoBrokenPipes();
  ~NoBrokenPipes();
  NoBrokenPipes(const NoBrokenPipes&) = delete;
  NoBrokenPipes& operator=(const NoBrokenPipes&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

}  // namespace renown::net
