/// The letter that asks whether an address is somebody's. It goes to people who may never have heard of us, at the word
/// of somebody else: nothing in it is of that somebody's choosing, and it is sent without a way to stop what has not
/// begun.
#pragma once

#include <string>
#include <string_view>

#include "mail/letter.h"

namespace renown::mail {

/// locale  of who asked
/// server  the instance as its address is read: "renown.example"
/// url     that the page confirms at
Letter confirm_letter(std::string_view locale, const std::string& server, const std::string& url);

}  // namespace renown::mail
