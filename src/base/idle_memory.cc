#include "base/idle_memory.h"

#include <cstddef>
#include <cstdint>

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace renown::base {
namespace {

/// Smaller ones are not worth the faults that bring their pages back.
constexpr std::size_t kLargeBytes = std::size_t{4} << 20;

/// Of a library: parts that nobody may write to are the file's bytes and nothing else. What the linker relocates lies
/// in parts that are written to first. The program itself, which has no name here, stays: a debugger writes into it.
int give_back_parts(dl_phdr_info* library, std::size_t, void*) {
  if (library->dlpi_name == nullptr || library->dlpi_name[0] == '\0') return 0;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  for (std::size_t i = 0; i < library->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = library->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0 || part.p_memsz < kLargeBytes) continue;
    const std::uintptr_t begin = (library->dlpi_addr + part.p_vaddr) / page * page;
    const std::uintptr_t end = library->dlpi_addr + part.p_vaddr + part.p_memsz;
    // Refused by systems that know better; then it stays resident.
    static_cast<void>(::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED));
  }
  return 0;
}

}  // namespace

void give_back_idle_memory() {
  malloc_trim(0);
  dl_iterate_phdr(give_back_parts, nullptr);
}

}  // namespace renown::base
