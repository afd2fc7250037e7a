/// Owner names: what documents call an account: "https://example.org/about", "acct:ada@example.org", "did:plc:...",
/// "at://ada.example.org". Each in one spelling, so that equal texts are the same owner and nothing else is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "people/document.h"

namespace renown::people {

/// Brings a reference found in a document into its one spelling.
/// errors  bad_input for what names no owner: mailto:, a host in letters outside of ASCII, a malformed DID
Result<std::string> owner_name(std::string_view text);

bool is_did(std::string_view text);

/// Whether documents can name accounts of that network: else names_of() has none.
bool has_documents(std::string_view network);

/// The names that an account has by itself, whatever documents say (docs/decisions/0005):
///
///   github     https://github.com/LOGIN
///   bluesky    the DID
///   fediverse  the address of the actor
///   web        HOST or HOST/PATH: https://HOST/PATH, and for a bare host at://HOST, its handle
///
/// errors  bad_input for another network, whose accounts no document can name, and for an account that is none of its
///         network
Result<std::vector<std::string>> names_of(const Account& account);

/// The documents in which the account speaks for itself, to be fetched for a proof.
/// plc_directory  "https://plc.directory", or the operator's own
Result<std::vector<Wanted>> documents_of(const Account& account, std::string_view plc_directory);

}  // namespace renown::people
