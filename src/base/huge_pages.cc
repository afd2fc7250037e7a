#include "base/huge_pages.h"

#include <sys/mman.h>

namespace renown::base {

void advise_huge_pages(void* begin, std::size_t size_bytes) {
  // Refused by systems without huge pages, where the table is only slower.
  static_cast<void>(::madvise(begin, size_bytes / kHugePageBytes * kHugePageBytes, MADV_HUGEPAGE));
}

}  // namespace renown::base
