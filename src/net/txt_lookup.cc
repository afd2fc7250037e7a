#include "net/txt_lookup.h"

#include <algorithm>

#include <arpa/nameser.h>
#include <fmt/format.h>
#include <netdb.h>
#include <resolv.h>

namespace renown::net {
namespace {

constexpr int kSecondsPerTry = 5;
constexpr int kTries = 2;

/// A resolver of our own, so that no thread shares its state.
class Resolver {
 public:
  Resolver() : ready_(res_ninit(&state_) == 0) {
    state_.retrans = kSecondsPerTry;
    state_.retry = kTries;
  }
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver() {
    if (ready_) res_nclose(&state_);
  }

  bool ready() const { return ready_; }
  int ask_for_txt(const std::string& name, std::span<unsigned char> answer) {
    return res_nquery(&state_, name.c_str(), ns_c_in, ns_t_txt, answer.data(), static_cast<int>(answer.size()));
  }
  int why_not() const { return state_.res_h_errno; }

 private:
  struct __res_state state_ = {};
  bool ready_;
};

/// A record's data are strings, each with its length before it.
Result<std::string> joined_strings(std::span<const unsigned char> data) {
  std::string text;
  while (!data.empty()) {
    const std::size_t length = data[0];
    if (length + 1 > data.size()) return bad_input("a TXT record is cut off");
    text.append(reinterpret_cast<const char*>(data.data()) + 1, length);
    data = data.subspan(length + 1);
  }
  return text;
}

}  // namespace

Result<std::vector<std::string>> parse_txt_answer(std::span<const unsigned char> message) {
  ns_msg handle;
  if (ns_initparse(message.data(), static_cast<int>(message.size()), &handle) != 0)
    return bad_input("the name server's answer is damaged");
  std::vector<std::string> records;
  for (int i = 0; i < ns_msg_count(handle, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&handle, ns_s_an, i, &record) != 0) return bad_input("the name server's answer is damaged");
    if (ns_rr_type(record) != ns_t_txt) continue;  // a CNAME on the way
    auto text = joined_strings({ns_rr_rdata(record), static_cast<std::size_t>(ns_rr_rdlen(record))});
    if (!text) return text.error();
    records.push_back(std::move(*text));
  }
  return records;
}

Result<std::vector<std::string>> SystemTxtLookup::records(const std::string& name) {
  Resolver resolver;
  const auto failed = [&] { return Error{ErrorCode::io, fmt::format("no name server could say what {} has", name)}; };
  if (!resolver.ready()) return failed();
  std::vector<unsigned char> answer(NS_MAXMSG);
  const int size = resolver.ask_for_txt(name, answer);
  if (size >= 0) return parse_txt_answer({answer.data(), std::min<std::size_t>(answer.size(), size)});
  if (resolver.why_not() == NO_DATA) return std::vector<std::string>();
  if (resolver.why_not() == HOST_NOT_FOUND)
    return Error{ErrorCode::not_found, fmt::format("there is no name {}", name)};
  return failed();
}

}  // namespace renown::net
