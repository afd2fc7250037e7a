// Frames of AT Protocol's firehose.
#include "check_reader.h"
#include "connect/firehose/frame.h"

using namespace renown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static model::InteractionBlock block;
  for (const atproto::Digests digests : {atproto::Digests::trusted, atproto::Digests::checked}) {
    connect::firehose::FrameReader reader(digests);
    model::ReadReport report;
    block.clear();
    const connect::firehose::Frame frame = reader.read(fuzz::text_of(data, size), 41, block, report);
    fuzz::check(frame.seq == -1 || frame.seq > 0, "a place is one");
    fuzz::check(report.records > 0, "each frame is counted");
    fuzz::check_report(report, block.size());
    for (std::size_t i = 0; i < block.size(); ++i) fuzz::check_row(block[i]);
  }
  return 0;
}
