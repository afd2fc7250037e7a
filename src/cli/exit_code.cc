#include "cli/exit_code.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"

namespace renown::cli {

int report(const Error& error) {
  if (error.code == ErrorCode::cancelled && Interrupt::requested()) Interrupt::end_by_signal();
  const Terminal terminal(stderr);
  terminal.write(fmt::format("{} {}\n", terminal.error("renown:"), base::printable(error.message)));
  return exit_code(error.code);
}

}  // namespace renown::cli
