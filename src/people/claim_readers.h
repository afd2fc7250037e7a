/// One reader for each kind of document that says who owns it. For the sources of this folder only: read_claims
/// (claims.h) chooses, after it has checked where the document came from.
#pragma once

#include "people/claims.h"
#include "people/web_address.h"

namespace renown::people {

/// A page speaks for its address: rel=me links, and renown-proof in a <meta>.
Result<Claims> read_page(const Document& document, const WebAddress& address);

/// RFC 7033. A JRD speaks for the accounts of its own host; its aliases and profile pages on that host are the same
/// owner, those elsewhere are claims.
Result<Claims> read_webfinger(const Document& document, const WebAddress& address);

/// A did:plc document as a directory serves it at /DID; a did:web document at its place. alsoKnownAs are claims.
Result<Claims> read_plc_document(const Document& document, const WebAddress& address);
Result<Claims> read_did_web_document(const Document& document, const WebAddress& address);

/// https://HANDLE/.well-known/atproto-did: one DID as plain text.
Result<Claims> read_handle_file(const Document& document, const WebAddress& address);

/// TXT records: "did=DID" at _atproto.HANDLE, where two different ones are none; "renown-proof=..." at HOST or
/// _renown.HOST.
Result<Claims> read_txt(const Document& document);

/// ActivityStreams: an actor (alsoKnownAs are claims, a profile page of its host is the same owner), or a post by an
/// actor of the same host (its challenges are said by the author).
Result<Claims> read_activity(const Document& document, const WebAddress& address);

/// GitHub's own word, at https://api.github.com/users/LOGIN, on the number of the account of that name.
Result<Claims> read_github_user(const Document& document, const WebAddress& address);

/// com.atproto.repo.getRecord of a post, from the account's own server. It cannot speak for its repository by itself:
/// any host may answer so. The DID document must name the host (proof.h).
Result<Claims> read_record(const Document& document, const WebAddress& address);

}  // namespace renown::people
