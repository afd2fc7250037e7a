/// Stack Exchange data dumps: a folder with Posts.xml, Comments.xml and Votes.xml (docs/formats/stackexchange.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::stackexchange {

/// Opens the dump in `folder`; each file plain, or packed by gzip or zstd (Posts.xml, Posts.xml.gz, Posts.xml.zst).
/// Posts are needed; missing comments or votes are said as a notice. Memory grows with the number of posts (about 50
/// bytes each), with nothing else.
///
/// errors  not_found without such a folder or without Posts.xml; bad_input for a file that is no folder; io
Result<std::unique_ptr<model::InteractionReader>> open_dump(const std::string& folder, model::ReadOptions options);

/// One file of a dump. A missing one has no source.
struct DumpFile {
  std::string name;  ///< in places and error sentences: "dump/Posts.xml.gz"
  std::unique_ptr<io::ByteSource> source;
};

/// The same from files that are already open.
///
/// network  of all accounts: "bicycles.meta.stackexchange.com"
std::unique_ptr<model::InteractionReader> make_reader(std::string network, DumpFile posts, DumpFile comments,
                                                      DumpFile votes, model::ReadOptions options);

/// Whether a file that begins with these bytes (unpacked, byte-order mark taken off) belongs to such a dump. Used to
/// tell the user to name its folder instead.
bool looks_like_stackexchange(std::string_view head);

}  // namespace renown::ingest::stackexchange
