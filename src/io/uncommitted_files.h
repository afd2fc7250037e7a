/// The files that this process has begun and not yet put in place, so that they can be removed when it must end at
/// once. Folders too: they go if they are empty by then.
#pragma once

#include <string>

namespace renown::io {

/// Any thread may call these at any time.
void note_uncommitted_file(const std::string& path);
void forget_uncommitted_file(const std::string& path);

/// Removes them all; for a process that ends without unwinding (Ctrl-C while a library is busy).
void remove_uncommitted_files();

}  // namespace renown::io
