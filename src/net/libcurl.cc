#include "net/libcurl.h"

#include <ctime>
#include <mutex>

#include <curl/curl.h>

namespace renown::net {

void set_up_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

NoBrokenPipes::NoBrokenPipes() {
  sigemptyset(&pipe_);
  sigaddset(&pipe_, SIGPIPE);
  sigset_t pending;
  sigpending(&pending);
  was_pending_ = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
}

NoBrokenPipes::~NoBrokenPipes() {
  const timespec now{};
  while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &now) > 0) {
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace renown::net
