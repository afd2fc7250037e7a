/// Asking for memory before it is needed.
#pragma once

namespace renown::base {

/// Has the bytes at an address fetched that will soon be looked at. The address need not be one that may be read.
///
/// g++ takes a function that does nothing but this for one without effect and leaves its calls out; the empty statement
/// of assembly keeps it from that.
inline void prefetch(const void* at) {
  __builtin_prefetch(at);
  asm volatile("" : : "r"(at));
}

}  // namespace renown::base
