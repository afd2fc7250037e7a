#include <exception>
#include <new>
#include <string>

#include "cli/command_line.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/standard_streams.h"

int main(int argc, char** argv) {
  using namespace renown;
  cli::open_missing_streams();
  cli::Interrupt::install();
  try {
    const int code = cli::run_command_line(argc, argv);
    const auto flushed = cli::flush_standard_output();
    return flushed ? code : cli::report(flushed.error());
  } catch (const std::bad_alloc&) {
    return cli::report({ErrorCode::io, "out of memory; nothing was written"});
  } catch (const std::exception& error) {
    return cli::report({ErrorCode::internal, std::string("unexpected: ") + error.what()});
  }
}
