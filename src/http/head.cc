#include "http/head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::http {
namespace {

std::unexpected<Refusal> refuse(int status, std::string sentence) {
  return std::unexpected(Refusal{status, std::move(sentence)});
}

bool is_visible(char c) {
  return c > ' ' && c < 0x7f;
}

/// What may stand in a header's value: visible characters, blank, tab, and bytes beyond ASCII.
bool is_value(char c) {
  return (static_cast<unsigned char>(c) >= ' ' && c != 0x7f) || c == '\t';
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// A name or address with or without a port: what a Host header and an absolute target may hold. Empty is allowed.
bool is_authority(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return base::is_letter_or_digit(c) || std::string_view("-._~%!$&'()*+,;=:[]").contains(c); });
}

/// Calls see(item) for each item of a list that is parted by commas.
template <class See>
void for_each_item(std::string_view list, See see) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    see(without_blanks(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

class HeadReader {
 public:
  HeadReader(std::string_view bytes, const HeadLimits& limits) : rest_(bytes), limits_(limits) {}

  std::expected<Head, Refusal> read() {
    while (rest_.starts_with("\r\n")) rest_.remove_prefix(2);
    auto line = next_line();
    if (!line) return std::unexpected(line.error());
    if (auto read = read_request_line(*line); !read) return std::unexpected(read.error());
    for (std::size_t count = 0;; ++count) {
      line = next_line();
      if (!line) return std::unexpected(line.error());
      if (line->empty()) break;
      if (count == limits_.headers) {
        return refuse(431, fmt::format("the request has more than {} headers; send fewer", limits_.headers));
      }
      if (auto read = read_header(*line); !read) return std::unexpected(read.error());
    }
    if (!rest_.empty()) return refuse(400, "the head of the request has bytes behind its end");
    return finish();
  }

 private:
  using Read = std::expected<void, Refusal>;

  std::expected<std::string_view, Refusal> next_line() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos || end == 0 || rest_[end - 1] != '\r') {
      return refuse(400, "a line of the request's head does not end in CR LF");
    }
    const std::string_view line = rest_.substr(0, end - 1);
    rest_.remove_prefix(end + 1);
    return line;
  }

  Read read_request_line(std::string_view line) {
    const std::size_t first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
      return refuse(400, "the request line is not 'METHOD TARGET HTTP/1.1'");
    }
    const std::string_view method = line.substr(0, first), target = line.substr(first + 1, last - first - 1),
                           version = line.substr(last + 1);
    if (!net::is_token(method) || method.size() > 32) return refuse(400, "the method of the request is not a word");
    if (target.size() > limits_.target_bytes) {
      return refuse(414, fmt::format("the target of the request is longer than {} bytes", limits_.target_bytes));
    }
    if (target.empty() || !std::ranges::all_of(target, is_visible)) {
      return refuse(400,
                    "the target of the request holds blanks, control characters or bytes beyond ASCII; "
                    "percent-encode them");
    }
    if (version.size() != 8 || !version.starts_with("HTTP/") || !base::is_digit(version[5]) || version[6] != '.' ||
        !base::is_digit(version[7])) {
      return refuse(400, "the request line is not 'METHOD TARGET HTTP/1.1'");
    }
    if (version[5] != '1' || version[7] > '1') return refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    request().method = method;
    request().minor_version = version[7] == '0' ? 0 : 1;
    return read_target(target);
  }

  Read read_target(std::string_view target) {
    if (target.contains('#')) return refuse(400, "the target of the request holds a '#'; leave the fragment out");
    if (target == "*" && request().method == "OPTIONS") {
      request().path = "*";
      return {};
    }
    if (!target.starts_with('/')) {
      const std::size_t scheme = target.find("://");
      const std::string_view name = target.substr(0, std::min(scheme, target.size()));
      if (scheme == std::string_view::npos ||
          !(base::same_but_for_case(name, "http") || base::same_but_for_case(name, "https"))) {
        return refuse(400, "the target of the request is neither a path that begins with '/' nor an address of http");
      }
      target.remove_prefix(scheme + 3);
      const std::size_t end = std::min(target.find_first_of("/?"), target.size());
      if (end == 0 || !is_authority(target.substr(0, end))) {
        return refuse(400, "the host in the target of the request is not a name or address with or without a port");
      }
      authority_ = target.substr(0, end);
      target.remove_prefix(end);
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    request().path = target.empty() || target[0] == '?' ? "/" : std::string(target.substr(0, mark));
    request().query = target.substr(std::min(mark + 1, target.size()));
    return {};
  }

  Read read_header(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !net::is_token(line.substr(0, colon))) {
      return refuse(400, line.starts_with(' ') || line.starts_with('\t')
                             ? "a header of the request is folded over two lines; write it in one"
                             : "a header of the request is not 'Name: value' with a name of letters, digits and '-'");
    }
    const std::string_view name = line.substr(0, colon), value = without_blanks(line.substr(colon + 1));
    if (!std::ranges::all_of(value, is_value)) {
      return refuse(400, fmt::format("the value of the header {} holds control characters", name));
    }
    request().headers.add(std::string(name), std::string(value));
    return note(name, value);
  }

  /// The headers that say how to go on.
  Read note(std::string_view name, std::string_view value) {
    if (net::same_name(name, "Host")) {
      if (std::exchange(has_host_, true)) return refuse(400, "the request has more than one Host");
      if (!is_authority(value)) return refuse(400, "the Host of the request is not a name or address");
    } else if (net::same_name(name, "Content-Length")) {
      if (std::exchange(has_length_, true)) return refuse(400, "the request has more than one Content-Length");
      return read_length(value);
    } else if (net::same_name(name, "Transfer-Encoding")) {
      if (std::exchange(head_.framing.is_chunked, true)) {
        return refuse(400, "the request has more than one Transfer-Encoding");
      }
      if (!base::same_but_for_case(value, "chunked")) {
        return refuse(501, "the only Transfer-Encoding that is read here is 'chunked'");
      }
    } else if (net::same_name(name, "Connection")) {
      for_each_item(value, [this](std::string_view item) {
        if (base::same_but_for_case(item, "close")) wants_close_ = true;
        if (base::same_but_for_case(item, "keep-alive")) wants_keep_alive_ = true;
      });
    } else if (net::same_name(name, "Expect")) {
      if (!base::same_but_for_case(value, "100-continue")) {
        return refuse(417, "the only Expect that is met here is '100-continue'");
      }
      head_.framing.expects_continue = true;
    }
    return {};
  }

  Read read_length(std::string_view value) {
    constexpr std::size_t kDigits = 18;  // always below 2^63
    if (value.empty() || value.size() > kDigits || !std::ranges::all_of(value, base::is_digit)) {
      return refuse(400, "the Content-Length of the request is not a number of bytes");
    }
    std::from_chars(value.data(), value.data() + value.size(), head_.framing.content_length);
    return {};
  }

  std::expected<Head, Refusal> finish() {
    Framing& framing = head_.framing;
    if (framing.is_chunked && has_length_) {
      return refuse(400, "the request has both Content-Length and Transfer-Encoding; send one of them");
    }
    if (request().minor_version == 0) {
      if (framing.is_chunked) return refuse(400, "a request of HTTP/1.0 cannot have a Transfer-Encoding");
      framing.expects_continue = false;  // HTTP/1.0 does not know it
    } else if (!has_host_) {
      return refuse(400, "a request of HTTP/1.1 needs one Host header");
    }
    if (!authority_.empty()) request().headers.set("Host", std::string(authority_));  // RFC 9112, 3.2.2: it wins
    framing.keep_alive = !wants_close_ && (request().minor_version == 1 || wants_keep_alive_);
    return std::move(head_);
  }

  Request& request() { return head_.request; }

  std::string_view rest_;
  const HeadLimits& limits_;
  Head head_;
  std::string_view authority_;  ///< of an absolute target
  bool has_host_ = false, has_length_ = false, wants_close_ = false, wants_keep_alive_ = false;
};

}  // namespace

std::optional<std::size_t> find_head_end(std::string_view bytes, std::size_t searched) {
  std::size_t begin = 0;
  while (bytes.substr(begin).starts_with("\r\n")) begin += 2;
  // A bare LF twice ends a head too: parse_head() refuses it at once, instead of waiting for more.
  for (std::size_t at = std::max(begin, searched > 3 ? searched - 3 : 0); at < bytes.size(); ++at) {
    at = bytes.find('\n', at);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view next = bytes.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  return std::nullopt;
}

std::expected<Head, Refusal> parse_head(std::string_view bytes, const HeadLimits& limits) {
  if (bytes.size() > limits.bytes) {
    return refuse(431, fmt::format("the head of the request is longer than {} bytes", limits.bytes));
  }
  return HeadReader(bytes, limits).read();
}

}  // namespace renown::http
