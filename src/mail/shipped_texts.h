/// The catalogues as part of the program (cmake/ShippedTexts.cmake). For the sources of this folder only.
#pragma once

#include <string_view>

namespace renown::mail {

/// src/mail/text/LANGUAGE.json; empty for a language that there is not.
std::string_view shipped_mail_texts(std::string_view language);

/// web/src/text/LANGUAGE.json
std::string_view shipped_page_texts(std::string_view language);

/// web/src/text/names/networks.json
std::string_view shipped_network_names();

}  // namespace renown::mail
