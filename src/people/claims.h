/// Claims: what a document says about who else its owner is. A claim in one direction is never a proof (proof.h).
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

#include "people/document.h"

namespace renown::people {

enum class ClaimMethod { rel_me, webfinger, did, dns, well_known, actor };

/// "rel=me", "WebFinger", "DID document", "DNS TXT", "well-known file", "actor document"
const char* method_name(ClaimMethod method);

/// The owner of `from` says: I am `to`, too. Both are owner names (owner_name.h).
struct Claim {
  std::string from;
  std::string to;
  ClaimMethod method = ClaimMethod::rel_me;
};

/// What one document says. `same` are names of one owner by the word of the host that has the say over both: no second
/// direction is needed.
struct Claims {
  std::vector<Claim> claims;
  std::vector<Claim> same;
  std::vector<std::string> challenges;  ///< texts that look like challenges, said by `speaker`
  std::string speaker;                  ///< owner name that the whole document is by

  std::string stable_id;  ///< what `speaker`'s network calls it for good, whatever its name (stable_id.h)

  std::string server;        ///< of a DID document: where its repository lies, "https://HOST"
  std::string needs_server;  ///< of a record: it is `speaker`'s only if their DID document names this server

  std::vector<Wanted> also_ask;  ///< documents in which the same owner says more

  /// References that name no owner and were passed over, with the reason: for whoever asks why a proof failed.
  std::vector<std::string> passed_over;
};

/// Reads a document. What it may speak for is decided by the address it came from and by the type the server gave it,
/// never by what it says about itself: a page speaks for its address, a JRD for the accounts of its host, a DID
/// document for the DID whose address it has, a TXT record for its name, a post for the author on its own host.
///
/// plc_directory  whose word on did:plc is taken
/// errors  bad_input in one sentence: a redirect to another host, no https, a type that does not fit, a document that
/// is
///         not what its address says
Result<Claims> read_claims(const Document& document, std::string_view plc_directory);

}  // namespace renown::people
