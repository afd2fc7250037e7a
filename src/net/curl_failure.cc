#include "net/curl_failure.h"

#include <fmt/format.h>

namespace renown::net {
namespace {

FailureKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
      return FailureKind::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
      return FailureKind::dns;
    case CURLE_COULDNT_CONNECT:
      return FailureKind::connect;
    case CURLE_OPERATION_TIMEDOUT:
      return FailureKind::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_USE_SSL_FAILED:
      return FailureKind::tls;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2_STREAM:
      return FailureKind::reset;
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
      return FailureKind::malformed;
    case CURLE_ABORTED_BY_CALLBACK:
      return FailureKind::cancelled;
    default:
      return FailureKind::internal;
  }
}

double seconds(long milliseconds) {
  return static_cast<double>(milliseconds) / 1000;
}

std::string tls_sentence(CURLcode code, const Url& url) {
  if (code == CURLE_SSL_CACERT_BADFILE) return "the file of trusted certificates cannot be read";
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    return fmt::format(
        "the certificate of {} is not trusted (unknown issuer, other name, or expired); if that is a "
        "server of yours, give its CA file",
        url.host_and_port());
  }
  return fmt::format("no secure connection to {} could be made", url.host_and_port());
}

std::string sentence(FailureKind kind, CURLcode code, const Url& url, const FetchLimits& limits) {
  switch (kind) {
    case FailureKind::dns:
      return fmt::format("the name {} has no address; check its spelling and the connection to the internet",
                         url.host());
    case FailureKind::connect:
      return fmt::format("nobody answers at {}", url.host_and_port());
    case FailureKind::timeout:
      return fmt::format("{} did not answer in time ({} s to connect, {} s in all)", url.shown(),
                         seconds(limits.connect_ms), seconds(limits.whole_ms));
    case FailureKind::tls:
      return tls_sentence(code, url);
    case FailureKind::reset:
      return fmt::format("the connection to {} broke before its answer was whole", url.shown());
    case FailureKind::malformed:
      return fmt::format("{} sent what is not HTTP", url.shown());
    default:
      return fmt::format("fetching {} failed ({})", url.shown(), curl_easy_strerror(code));
  }
}

}  // namespace

Failure curl_failure(CURLcode code, const Url& url, const FetchLimits& limits) {
  const FailureKind kind = kind_of(code);
  return {kind, sentence(kind, code, url, limits)};
}

}  // namespace renown::net
