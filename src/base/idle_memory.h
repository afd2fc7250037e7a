/// give_back_idle_memory: for a service that has worked hard and now waits.
#pragma once

namespace renown::base {

/// Gives back what the last work left behind: free room of the heap, and the pages of large shared libraries that were
/// only read. DuckDB's tables of symbols and the code that it ran once are half of what a waiting service has resident;
/// what is needed again is mapped again from the system's cache (about a microsecond for 64 KB).
///
/// Any thread, at any time. Cost: about a millisecond; not for a path that somebody waits on.
void give_back_idle_memory();

}  // namespace renown::base
