// Stack Exchange dumps: posts, comments and votes, with form feeds (which no XML may hold) between the files.
#include "check_reader.h"
#include "ingest/stackexchange/stackexchange_reader.h"

using namespace renown;

namespace {

/// Takes what comes before the next form feed off the front.
std::string_view take_file(std::string_view& bytes) {
  const std::string_view file = bytes.substr(0, bytes.find('\f'));
  bytes.remove_prefix(std::min(file.size() + 1, bytes.size()));
  return file;
}

/// An empty file stands for a missing one, but there are always posts.
template <class Source>
std::unique_ptr<model::InteractionReader> open(std::string_view bytes, Source source, bool strict) {
  const auto file = [&](std::string name, bool needed) {
    const std::string_view text = take_file(bytes);
    return ingest::stackexchange::DumpFile{std::move(name), text.empty() && !needed ? nullptr : source(text)};
  };
  auto posts = file("Posts.xml", true);
  auto comments = file("Comments.xml", false);
  auto votes = file("Votes.xml", false);
  return ingest::stackexchange::make_reader("bikes.example", std::move(posts), std::move(comments), std::move(votes),
                                            {.strict = strict});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const fuzz::Outcome whole = fuzz::read_all(*open(bytes, fuzz::in_one_piece, false));
  const fuzz::Outcome pieces = fuzz::read_all(*open(bytes, fuzz::in_pieces, false));
  // How Expat calls an error may depend on it, whether there is one may not.
  fuzz::check(whole.error.empty() == pieces.error.empty() && whole.rows == pieces.rows,
              "the rows and the end do not depend on how the bytes arrive");
  const fuzz::Outcome strict = fuzz::read_all(*open(bytes, fuzz::in_one_piece, true));
  fuzz::check(strict.error.empty() == (whole.error.empty() && whole.report.bad == 0),
              "a strict reading fails exactly where something is bad");
  ingest::stackexchange::looks_like_stackexchange(bytes);
  return 0;
}
