#include <exception>
#include <new>
#include <string>

#include "cli/command_line.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"

int main(int argc, char** argv) {
  using namespace renown;
  cli::Interrupt::install();
  try {
    return cli::run_command_line(argc, argv);
  } catch (const std::bad_alloc&) {
    return cli::report({ErrorCode::io, "out of memory; nothing was written"});
  } catch (const std::exception& error) {
    return cli::report({ErrorCode::internal, std::string("unexpected: ") + error.what()});
  }
}
