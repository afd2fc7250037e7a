/// Where the page shows something of its own: every path here is index.html, with the status 200. The same stand in
/// web/src/state/routes.ts, and a test there reads this file; /p/{person} is beside them, as its head is its own.
#pragma once

#include <array>

namespace renown::api {

inline constexpr std::array kPagePaths = {"/",
                                          "/ledger",
                                          "/what-if",
                                          "/topics",
                                          "/influence",
                                          "/compare",
                                          "/board",
                                          "/accounts",
                                          "/privacy",
                                          "/settings",
                                          "/sessions",
                                          "/notifications",
                                          "/keys",
                                          "/webhooks",
                                          "/invite",
                                          "/log-in",
                                          "/log-in/{token}",
                                          "/confirm-address/{token}",
                                          "/unsubscribe/{token}",
                                          "/setup",
                                          "/setup/{token}",
                                          "/join/{token}",
                                          "/enrol",
                                          "/admin",
                                          "/admin/sources",
                                          "/admin/people",
                                          "/admin/findings",
                                          "/admin/log-ins"};

}  // namespace renown::api
