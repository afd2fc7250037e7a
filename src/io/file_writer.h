/// FileWriter: writes a file whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::io {

/// Writes beside the target and renames on commit(), so that a full disk, a kill or Ctrl-C leaves the old file as it
/// was. Not committed, it removes what it wrote. "-" and other things that are no plain file (a pipe, /dev/stdout) are
/// written through directly. A symbolic link stays one: the file it points to is replaced. An old file's permissions
/// are kept.
class FileWriter {
 public:
  /// errors  io, naming the path and the reason (a missing folder, permissions)
  static Result<FileWriter> create(const std::string& path);

  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();

  /// Buffered. errors  io (disk full ...)
  Result<void> write(std::string_view bytes);

  /// Flushes and syncs: what is left to commit() is a rename. Lets several files be put in place together, when all of
  /// them are known to be whole. errors  io
  Result<void> finish();

  /// Finishes and renames into place; called once, last. errors  io
  Result<void> commit();

  /// Where the bytes go until commit(), for a library that writes the file itself (then only commit() is called).
  /// The path itself for what is written through.
  const std::string& temporary_path() const { return temporary_path_; }

 private:
  FileWriter() = default;
  Result<void> open_through();
  Result<void> open_beside();
  Result<void> flush();
  Result<void> sync();
  Error failed(int number) const;
  void close();

  std::string path_;    ///< as the user named it
  std::string target_;  ///< behind symbolic links
  std::string temporary_path_;
  std::string buffer_;
  int descriptor_ = -1;
  bool finished_ = false;
  bool renames_ = true;  ///< beside the target, as opposed to through
};

}  // namespace renown::io
