/// What a notification says.
#pragma once

#include <string>
#include <string_view>

namespace renown::push {

/// Nothing else is sent: whatever more there is, the page asks for when it is opened.
struct Notification {
  std::string title;
  std::string body;
  std::string url;  ///< of this instance's page: "/", "/moments"
};

/// {"title","body","url"}; title and body are shortened so that it fits one message.
std::string notification_json(const Notification& notification);

}  // namespace renown::push
