# Writes build/<preset>/generated/shipped_texts.cc: the catalogues of letters, and those of the page, as part of the program.
function(renown_literal file out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  set(${out} "R\"text(${text})text\"" PARENT_SCOPE)
endfunction()

set(mail_cases "")
set(page_cases "")
foreach(language en de es ar ja)
  renown_literal(${PROJECT_SOURCE_DIR}/src/mail/text/${language}.json mail_text)
  renown_literal(${PROJECT_SOURCE_DIR}/web/src/text/${language}.json page_text)
  string(APPEND mail_cases "  if (language == \"${language}\") return ${mail_text};\n")
  string(APPEND page_cases "  if (language == \"${language}\") return ${page_text};\n")
endforeach()
renown_literal(${PROJECT_SOURCE_DIR}/web/src/text/names/networks.json network_names)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/shipped_texts.cc @ONLY CONTENT [[
#include "mail/shipped_texts.h"

namespace renown::mail {

std::string_view shipped_mail_texts(std::string_view language) {
@mail_cases@  return {};
}

std::string_view shipped_page_texts(std::string_view language) {
@page_cases@  return {};
}

std::string_view shipped_network_names() { return @network_names@; }

}  // namespace renown::mail
]])
target_sources(renown_mail PRIVATE ${PROJECT_BINARY_DIR}/generated/shipped_texts.cc)
