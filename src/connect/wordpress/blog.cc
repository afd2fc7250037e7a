#include "connect/wordpress/blog.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "connect/plain_text.h"
#include "net/link_header.h"
#include "net/url.h"

namespace renown::connect::wordpress {
namespace {

constexpr std::string_view kPosts =
    "wp/v2/posts?per_page=100&_embed=wp:term&_fields=id,link,date_gmt,title,_links,_embedded";
constexpr std::string_view kCommentFields = "_fields=id,parent,author,author_url,date_gmt,link,type,status";

std::unexpected<Problem> malformed(std::string sentence) {
  return std::unexpected(Problem{ProblemKind::malformed, std::move(sentence)});
}

}  // namespace

/// A root may have a query itself: "/index.php?rest_route=/".
std::string Blog::in_interface(std::string path) const {
  const bool has_query = root_.find('?') != std::string::npos;
  if (const std::size_t at = path.find('?'); has_query && at != std::string::npos) path[at] = '&';
  return root_ + path;
}

Blog::Done Blog::find(Stop stop) {
  const auto page = ask(http_, {.url = address_}, "the blog " + address_, stop);
  if (!page) return std::unexpected(page.error());
  const auto root = net::linked_page(*page, "https://api.w.org/");
  const auto here = net::Url::parse(page->url);
  const auto there = net::Url::parse(root && *root ? **root : "");
  if (!here || !there || here->origin() != there->origin()) {
    return malformed(address_ + " names no WordPress interface of its own");
  }
  root_ = there->text();
  return {};
}

std::expected<ProfileSeen, Problem> Blog::describe(Stop stop) {
  const auto answer = ask_json(http_, {.url = in_interface("?_fields=name,description,home,namespaces")},
                               io::JsonType::object, "the blog", stop);
  if (!answer) return std::unexpected(answer.error());
  const auto namespaces = answer->root["namespaces"].elements();
  if (std::ranges::none_of(namespaces, [](io::JsonValue each) { return each.text() == "wp/v2"; })) {
    return malformed("the blog: its interface is not wp/v2");
  }
  people::Profile profile;
  profile.account = {"web", site_.account};
  profile.handle = site_.account;
  profile.name = plain_text(answer->root["name"].text());
  profile.bio = plain_text(answer->root["description"].text());
  site_.home = answer->root["home"].text();
  while (site_.home.ends_with('/')) site_.home.pop_back();
  is_described_ = true;
  return ProfileSeen{std::move(profile), answer->response.body};
}

std::string Blog::posts() const {
  return in_interface(std::string(kPosts));
}

std::string Blog::comments() const {
  return in_interface(fmt::format("wp/v2/comments?per_page=100&orderby=id&order=desc&{}{}", kCommentFields,
                                  sees_all_ ? "&type=all" : ""));
}

std::expected<JsonAnswer, Problem> Blog::list(const std::string& url, const std::string& what, Stop stop) {
  auto answer = ask_json(http_, {.url = url}, io::JsonType::array, what, stop);
  if (answer && answer->root.elements().empty() && answer->response.headers.find("x-wp-total").value_or("0") != "0") {
    return malformed(what + ": the blog counts some and gives none");
  }
  return answer;
}

std::expected<std::optional<Comment>, Problem> Blog::comment(const std::string& number, Stop stop) {
  const std::string what = "the comment " + number;
  const std::string url = in_interface(fmt::format("wp/v2/comments/{}?{}", number, kCommentFields));
  const auto response = http_.fetch({.url = url}, stop);
  if (!response) return std::unexpected(problem_of(response.error()));
  io::JsonParser parser;
  const auto root = parser.parse(response->body);
  if (net::status_class(response->status) != net::StatusClass::ok) {
    const std::string_view code = root ? (*root)["code"].text() : std::string_view{};
    if (code == "rest_comment_invalid_id" || code == "rest_cannot_read") return std::nullopt;
    return std::unexpected(problem_of(*response, what));
  }
  if (!root) return malformed(fmt::format("{}: {}", what, root.error().message));
  const std::string_view status = (*root)["status"].text();  // the owner sees what others do not
  if (status == "hold" || status == "spam" || status == "trash") return std::nullopt;
  auto comment = read_comment(*root, site_);
  if (!comment) return malformed(fmt::format("{}: {}", what, comment.error().message));
  return std::move(*comment);
}

}  // namespace renown::connect::wordpress
