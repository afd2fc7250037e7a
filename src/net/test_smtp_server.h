/// A small blocking mail server on this machine, for tests, that can be as bad as mail servers are.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/smtp.h"

namespace renown::net::test {

/// A message as it arrived, with dots unstuffed.
struct SeenMessage {
  std::string from, to;  ///< with their brackets
  std::string bytes;
};

/// What the server says, by command ("MAIL", "RCPT", "DATA", "." for the end of a message, "" for the greeting). A
/// reply that is empty cuts the connection instead. After its replies are used up, the server is well.
using SmtpReplies = std::map<std::string, std::vector<std::string>>;

class TestSmtpServer {
 public:
  explicit TestSmtpServer(SmtpReplies replies = {}) : replies_(std::move(replies)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 16), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve_all(); });
  }
  ~TestSmtpServer() { stop(); }
  TestSmtpServer(const TestSmtpServer&) = delete;
  TestSmtpServer& operator=(const TestSmtpServer&) = delete;

  void stop() {
    if (stopping_.exchange(true)) return;
    ::shutdown(listener_, SHUT_RDWR);
    if (const int open = open_; open >= 0) ::shutdown(open, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  SmtpServer server() const { return {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port_)}; }
  int port() const { return port_; }
  int accepted() const { return accepted_; }

  /// What it has taken.
  std::vector<SeenMessage> messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
  }

  /// Lines that clients sent outside of messages.
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  void serve_all() {
    while (!stopping_) {
      const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) continue;
      ++accepted_;
      open_ = descriptor;
      serve(descriptor);
      open_ = -1;
      ::close(descriptor);
    }
  }

  /// false where the connection is cut.
  bool answer(int descriptor, const std::string& command, std::string_view usual) {
    std::string reply(usual);
    {
      const std::lock_guard lock(mutex_);
      if (auto& left = replies_[command]; !left.empty()) {
        reply = left.front();
        left.erase(left.begin());
      }
    }
    last_reply_ = reply;
    if (reply.empty()) return false;
    reply += "\r\n";
    return ::send(descriptor, reply.data(), reply.size(), MSG_NOSIGNAL) == static_cast<long>(reply.size()) &&
           !reply.starts_with("421");
  }

  bool read_line(int descriptor, std::string& ahead, std::string& line) {
    std::size_t end = 0;
    while ((end = ahead.find("\r\n")) == std::string::npos) {
      char buffer[4096];
      const long count = ::recv(descriptor, buffer, sizeof buffer, 0);
      if (count <= 0) return false;
      ahead.append(buffer, static_cast<std::size_t>(count));
    }
    line = ahead.substr(0, end);
    ahead.erase(0, end + 2);
    return true;
  }

  void serve(int descriptor) {
    std::string ahead, line;
    SeenMessage message;
    if (!answer(descriptor, "", "220 test ESMTP")) return;
    while (read_line(descriptor, ahead, line)) {
      {
        const std::lock_guard lock(mutex_);
        lines_.push_back(line);
      }
      const std::string command = line.substr(0, line.find(' '));
      if (command == "QUIT") {
        answer(descriptor, command, "221 bye");
        return;
      }
      if (command == "MAIL") message.from = line.substr(line.find('<'), line.find('>') - line.find('<') + 1);
      if (command == "RCPT") message.to = line.substr(line.find('<'), line.find('>') - line.find('<') + 1);
      if (!answer(descriptor, command, command == "DATA" ? "354 go on" : "250 well")) return;
      if (last_reply_.starts_with("354") && !take_data(descriptor, ahead, message)) return;
    }
  }

  bool take_data(int descriptor, std::string& ahead, SeenMessage& message) {
    message.bytes.clear();
    std::string line;
    bool is_refused = false;
    {
      const std::lock_guard lock(mutex_);
      const auto& left = replies_["."];
      is_refused = !left.empty() && !left.front().starts_with("2") && left.front() != kTakenThenCut;
      if (!left.empty() && left.front() == kCutInTheMiddle) {
        replies_["."].erase(replies_["."].begin());
        return false;
      }
    }
    while (read_line(descriptor, ahead, line) && line != ".")
      message.bytes += line.substr(line.starts_with(".") ? 1 : 0) + "\r\n";
    if (line != ".") return false;
    const std::lock_guard lock(mutex_);
    if (!is_refused) messages_.push_back(message);
    auto& left = replies_["."];
    std::string reply = "250 taken";
    if (!left.empty()) {
      reply = left.front();
      left.erase(left.begin());
    }
    if (reply == kTakenThenCut) return false;
    reply += "\r\n";
    return ::send(descriptor, reply.data(), reply.size(), MSG_NOSIGNAL) > 0;
  }

 public:
  static constexpr std::string_view kTakenThenCut = "taken, then cut";
  static constexpr std::string_view kCutInTheMiddle = "cut in the middle";

 private:
  SmtpReplies replies_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  std::atomic<int> open_{-1};
  mutable std::mutex mutex_;
  std::vector<SeenMessage> messages_;
  std::vector<std::string> lines_;
  std::string last_reply_;  ///< the thread's alone
  std::thread thread_;
};

}  // namespace renown::net::test
