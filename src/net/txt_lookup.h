/// TxtLookup: TXT records of a name.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "renown/result.h"

namespace renown::net {

class TxtLookup {
 public:
  virtual ~TxtLookup() = default;

  /// The name's records, the strings of each joined; none where the name has none of this type.
  ///
  /// name    in ASCII: "_atproto.example.org"
  /// errors  not_found where there is no such name; io where nobody could say
  virtual Result<std::vector<std::string>> records(const std::string& name) = 0;
};

/// Asks the system's name server; blocks for at most some 10 seconds for each that it has.
class SystemTxtLookup final : public TxtLookup {
 public:
  Result<std::vector<std::string>> records(const std::string& name) override;
};

/// The TXT records of a DNS message, as a name server answers it. errors  bad_input
Result<std::vector<std::string>> parse_txt_answer(std::span<const unsigned char> message);

}  // namespace renown::net
