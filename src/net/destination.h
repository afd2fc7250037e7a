/// Addresses that strangers give us to send to: webhooks, push services.
#pragma once

#include <stop_token>
#include <string_view>

#include "renown/result.h"

#include "net/address_guard.h"
#include "net/url.h"

namespace renown::net {

/// The address, if we may send there as far as can be told now: https, to a host whose addresses are all ordinary ones.
/// A host that the operator has allowed by name may be anywhere, and may be http. Asked when an address is set, so that
/// its owner learns at once what is wrong; the guard asks again whenever a socket opens, for names change.
///
/// cost    a look-up of the name; waits for it up to 5 seconds
/// errors  bad_input: one sentence that shows no query
Result<Url> check_destination(std::string_view text, const AddressGuard& guard, std::stop_token stop = {});

}  // namespace renown::net
