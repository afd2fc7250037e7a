/// Blogs of WordPress, by their REST interface (docs/networks/wordpress.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::wordpress {

/// Who comments on a blog.
///
/// source.account   network "web", the blog's account: "blog.example", "host.example/blog"
/// source.server    where it stands; empty: https://ACCOUNT
/// source.settings  "api": the root of its interface, where the page does not name it
/// ("https://blog.example/wp-json/").
///                  "password": "yes" where the requests carry an application password: pingbacks are read too
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::wordpress
