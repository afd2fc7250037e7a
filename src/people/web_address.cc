#include "people/web_address.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::people {
namespace {

constexpr std::size_t kMaxAddressBytes = 2048;

Error bad(std::string_view text, std::string_view why) {
  return bad_input(fmt::format("'{}' is no web address: {}", text.substr(0, 200), why));
}

std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool slash_at_end = false;
  for (std::size_t begin = 1; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    slash_at_end = segment == "." || segment == ".." || (segment.empty() && end == path.size());
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != "." && !(segment.empty() && end == path.size())) {
      kept.push_back(segment);
    }
    begin = end + 1;
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (slash_at_end || out.empty()) out += '/';
  return out;
}

/// Splits "host:port" into the address. returns what is wrong, or nothing
std::string_view take_authority(std::string_view authority, WebAddress& address) {
  if (authority.find('@') != std::string_view::npos) return "a user stands before the host";
  const std::size_t colon = authority.find(':');
  std::string_view host = authority.substr(0, colon);
  if (host.ends_with('.')) host.remove_suffix(1);
  address.host = base::lower(host);
  for (const char byte : address.host) {
    if (static_cast<unsigned char>(byte) >= 128) return "its host has letters outside of ASCII; write the xn-- form";
  }
  if (!is_host_name(address.host)) return "its host is no host name";
  if (colon == std::string_view::npos) return {};
  const std::string_view port = authority.substr(colon + 1);
  if (port.size() > 5 || !std::ranges::all_of(port, base::is_digit)) return "its port is no number";
  const bool usual = port.empty() || port == (address.scheme == "https" ? "443" : "80");
  if (!usual) address.port = port;
  return {};
}

void take_path(std::string_view rest, WebAddress& address) {
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = rest.find('?');
  if (mark != std::string_view::npos) address.query = normal_encoding(rest.substr(mark + 1));
  const std::string path = normal_encoding(rest.substr(0, mark));
  address.path = without_dot_segments(path.empty() ? "/" : path);
}

/// Length of "scheme:" at the front, or 0.
std::size_t scheme_size(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || base::is_digit(text[0])) return 0;
  const bool good = std::ranges::all_of(text.substr(0, colon), [](char byte) {
    return base::is_letter_or_digit(byte) || byte == '+' || byte == '-' || byte == '.';
  });
  return good ? colon + 1 : 0;
}

}  // namespace

std::string normal_encoding(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool encoded =
        text[i] == '%' && i + 2 < text.size() && base::hex_value(text[i + 1]) >= 0 && base::hex_value(text[i + 2]) >= 0;
    if (encoded) {
      const int value = base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2]);
      const char decoded = static_cast<char>(value);
      const bool plain =
          base::is_letter_or_digit(decoded) || std::string_view("-._~").find(decoded) != std::string_view::npos;
      out += plain ? std::string(1, decoded) : fmt::format("%{:02X}", value);
      i += 2;
    } else if (byte >= 128) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  std::size_t labels = 0;
  std::string_view label;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    label = text.substr(begin, end - begin);
    const bool good = !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
                      std::ranges::all_of(label, [](char byte) {
                        return (byte >= 'a' && byte <= 'z') || base::is_digit(byte) || byte == '-';
                      });
    if (!good) return false;
    ++labels;
    begin = end + 1;
  }
  return labels >= 2 && !std::ranges::all_of(label, base::is_digit);
}

std::string WebAddress::text() const {
  return scheme + "://" + authority() + path + (query.empty() ? "" : "?" + query);
}

std::string WebAddress::name() const {
  std::string shown = path;
  while (shown.ends_with('/')) shown.pop_back();
  // A forge's names are the same in any case; elsewhere paths are not.
  if (host == "github.com") shown = base::lower(shown);
  return "https://" + authority() + shown + (query.empty() ? "" : "?" + query);
}

Result<WebAddress> parse_web_address(std::string_view whole) {
  const std::string_view text = base::trim(whole);
  if (text.size() > kMaxAddressBytes) return bad(text, "it is too long");
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (code <= ' ' || code == 127 || byte == '\\')
      return bad(text, "a blank, a backslash or a control character is in it");
  }
  WebAddress address;
  const std::size_t scheme = scheme_size(text);
  address.scheme = base::lower(text.substr(0, scheme == 0 ? 0 : scheme - 1));
  if (address.scheme != "https" && address.scheme != "http") return bad(text, "it must begin with https://");
  std::string_view rest = text.substr(scheme);
  if (!rest.starts_with("//")) return bad(text, "it must begin with https://");
  rest.remove_prefix(2);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view problem = take_authority(rest.substr(0, end), address);
  if (!problem.empty()) return bad(text, problem);
  take_path(rest.substr(end), address);
  return address;
}

Result<WebAddress> resolve(const WebAddress& base, std::string_view whole) {
  const std::string_view reference = base::trim(whole);
  if (scheme_size(reference) > 0) return parse_web_address(reference);
  if (reference.starts_with("//")) return parse_web_address(base.scheme + ":" + std::string(reference));
  const std::string site = base.scheme + "://" + base.authority();
  if (reference.starts_with('/')) return parse_web_address(site + std::string(reference));
  if (reference.empty() || reference.starts_with('#')) return base;
  if (reference.starts_with('?')) return parse_web_address(site + base.path + std::string(reference));
  const std::string folder = base.path.substr(0, base.path.rfind('/') + 1);
  return parse_web_address(site + folder + std::string(reference));
}

}  // namespace renown::people
