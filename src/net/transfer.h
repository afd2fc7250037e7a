/// Transfer: one hop of one request on a libcurl handle. For the sources of this folder only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "net/fetcher.h"
#include "net/redirect.h"
#include "net/unpacker.h"

namespace renown::net {

/// Holds what libcurl points into, so it must stay where it is while the transfer runs.
class Transfer {
 public:
  /// spent_ms  of the whole time, by earlier hops
  Transfer(const FetchOptions& options, Hop hop, long spent_ms);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() { return easy_.get(); }
  const Hop& hop() const { return hop_; }

  /// The response, or why there is none; called once, when libcurl is done with it.
  Fetched outcome(CURLcode code);

  long spent_ms() const;

 private:
  void set_up();
  void set_up_request();
  void set_up_caps();
  Failure failure_of(CURLcode code) const;
  bool take_header(std::string_view line);
  bool take_header_line(std::string_view line);
  bool take_body(std::string_view packed);
  bool take_unpacked(std::string_view bytes);
  bool give_up(FailureKind kind, std::string message);
  bool give_up_unpacking();
  std::size_t body_cap() const;

  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

  const FetchOptions& options_;
  Hop hop_;
  long spent_before_ms_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{curl_easy_init(), &curl_easy_cleanup};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_{nullptr, &curl_slist_free_all};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> pinned_{nullptr, &curl_slist_free_all};
  Response response_;
  std::size_t header_bytes_ = 0;
  std::size_t packed_bytes_ = 0;
  std::unique_ptr<Unpacker> unpacker_;  ///< from the first byte of the body on
  std::optional<Failure> refused_;      ///< by the guard; counts if no other address could be connected to
  std::optional<Failure> given_up_;     ///< by ourselves, while the response came
};

}  // namespace renown::net
