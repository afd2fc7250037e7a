// A Jetstream server that replays invented events as fast as they are taken: replay_server EVENTS
//
// Prints its address; ends when its standard input does. Events come behind the cursor that is asked for. Three in four
// are likes, the others posts, reposts, follows and deletes, as on the network; each has about 480 bytes.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <fmt/format.h>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

constexpr std::int64_t kFirst = 1'780'000'000'000'000;  ///< time_us of event 0
constexpr std::int64_t kApart = 500;                    ///< microseconds: 2,000 events a second, as the network has

/// 24 letters, as identities of the network have.
std::string did(std::uint64_t number) {
  return fmt::format("did:plc:{:0>24}", number * 2'654'435'761 % 200'000);
}

/// A key that says when the record was made.
std::string key(std::int64_t time_us, std::uint64_t clock) {
  constexpr std::string_view kLetters = "234567abcdefghijklmnopqrstuvwxyz";
  std::uint64_t value = static_cast<std::uint64_t>(time_us) << 10 | (clock & 1023);
  std::string text(13, '2');
  for (std::size_t i = text.size(); i > 0; --i, value >>= 5) text[i - 1] = kLetters[value & 31];
  return text;
}

std::string event(std::uint64_t number) {
  const std::int64_t at = kFirst + static_cast<std::int64_t>(number) * kApart;
  const std::string rkey = key(at - 200'000, number);
  const std::string subject =
      fmt::format(R"({{"cid":"bafyreihn7k7tqgjp3cbsh4hpdfrqzckvxyh2ufdpvqkvwhxzfmrmzqrw5a","uri":)"
                  R"("at://{}/app.bsky.feed.post/{}"}})",
                  did(number / 7), key(kFirst - static_cast<std::int64_t>(number % 5'000), 1));
  const auto commit = [&](std::string_view operation, std::string_view collection, const std::string& record) {
    return fmt::format(
        R"({{"did":"{}","time_us":{},"kind":"commit","commit":{{"rev":"{}","operation":"{}","collection":"{}",)"
        R"("rkey":"{}"{}}}}})",
        did(number), at, rkey, operation, collection, rkey, record);
  };
  const auto created = [&](std::string_view collection, const std::string& content) {
    return commit("create", collection,
                  fmt::format(R"(,"record":{{"$type":"{}","createdAt":"2026-05-28T20:26:40.123Z",{}}},)"
                              R"("cid":"bafyreidc6fnvzkrhjqkmzkplvkf6hwnuyrzqhfm3o3jkzxfpjwqvwpvw2m")",
                              collection, content));
  };
  switch (number % 20) {
    case 0:
    case 1:
      return created("app.bsky.feed.post",
                     R"("langs":["en"],"text":"a few words about something that happened today")");
    case 2:
      return created("app.bsky.feed.repost", R"("subject":)" + subject);
    case 3:
      return created("app.bsky.graph.follow", fmt::format(R"("subject":"{}")", did(number / 3)));
    case 4:
      return commit("delete", "app.bsky.feed.like", "");
    default:
      return created("app.bsky.feed.like", R"("subject":)" + subject);
  }
}

/// One text message of a server (RFC 6455): final, not masked.
void append_frame(std::string& out, const std::string& text) {
  out += '\x81';
  if (text.size() < 126) {
    out += static_cast<char>(text.size());
  } else {
    out += {'\x7e', static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
  }
  out += text;
}

void serve(tcp::socket accepted, const std::string& frames, const std::vector<std::size_t>& begins) {
  try {
    beast::flat_buffer buffer;
    beast::http::request<beast::http::empty_body> request;
    beast::http::read(accepted, buffer, request);
    const std::string target(request.target());
    const std::size_t cursor = target.find("cursor=");
    const std::int64_t from = cursor == std::string::npos ? 0 : std::stoll(target.substr(cursor + 7));
    const std::int64_t skipped = std::max<std::int64_t>((from - kFirst + kApart - 1) / kApart, 0);
    beast::websocket::stream<tcp::socket> stream(std::move(accepted));
    stream.accept(request);
    const std::size_t begin = begins[std::min(static_cast<std::size_t>(skipped), begins.size() - 1)];
    asio::write(stream.next_layer(), asio::buffer(frames.data() + begin, frames.size() - begin));
    for (;;) stream.read(buffer);
  } catch (const boost::system::system_error&) {  // the client went
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t events = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
  std::string frames;
  std::vector<std::size_t> begins;
  for (std::uint64_t i = 0; i < events; ++i) {
    begins.push_back(frames.size());
    append_frame(frames, event(i));
  }
  begins.push_back(frames.size());
  asio::io_context context;
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  fmt::print("http://127.0.0.1:{} {}\n", acceptor.local_endpoint().port(), frames.size());
  std::fflush(stdout);
  std::thread([&] {
    for (;;) std::thread(serve, acceptor.accept(), std::cref(frames), std::cref(begins)).detach();
  }).detach();
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  std::_Exit(0);  // threads of streams may still run
}
