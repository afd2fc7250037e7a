/// The page: which paths are it, with which status, and what its head says to whom.

#include "api/page.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include <gtest/gtest.h>

#include "api/page_head.h"
#include "api/page_paths.h"
#include "api/testing.h"

namespace renown::api {
namespace {

constexpr std::string_view kPageIndex =
    "<html><head><meta name=\"description\" content=\"Of all.\" /><title>Renown</title></head><body></body></html>";

/// A built page of two files, answered beside the API.
class PageTest : public ::testing::Test {
 protected:
  PageTest() {
    write("index.html", kPageIndex);
    write("assets/page-1a2b.js", std::string(3'000, 'a'));
    write("assets/page-1a2b.js.br", "as brotli");
    write("alone.br", "no file's");
    write(".vite/manifest.json", "{}");
    auto page = read_page(world_.context(), folder_);
    EXPECT_TRUE(page) << (page ? "" : page.error().message);
    service_.emplace(*http::Router::make(std::move(page->routes)),
                     http::ServiceOptions{.guard = make_guard(world_.context(), limiter_), .nowhere = page->nowhere});
  }

  http::Response get(std::string path, http::Headers headers = {{"Accept", "text/html,*/*;q=0.8"}},
                     const test::Who& who = {}) {
    const auto [bare, query] = cut(path);
    http::Request request{.method = "GET", .path = bare, .query = query, .headers = std::move(headers)};
    if (!who.cookie.empty()) request.headers.add("Cookie", "renown_session=" + who.cookie);
    auto admission = service_->admit(request, {});
    return admission.refusal ? std::move(*admission.refusal) : service_->answer(request, *admission.route);
  }

  /// Path and query of what a browser asks for.
  static std::pair<std::string, std::string> cut(const std::string& address) {
    const std::size_t at = address.find('?');
    return at == std::string::npos ? std::pair(address, std::string())
                                   : std::pair(address.substr(0, at), address.substr(at + 1));
  }

  void write(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path path = std::filesystem::path(folder_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }

  io::testing::TemporaryFolder scratch_;
  std::string folder_ = scratch_ / "page";
  test::TestInstance world_;
  http::RateLimiter limiter_{{.quota = 100'000, .window_seconds = 60}, 1};
  std::optional<http::Service> service_;
};

TEST_F(PageTest, ItsOwnPathsAreThePage) {
  for (std::string path : kPagePaths) {
    if (const std::size_t at = path.find('{'); at != std::string::npos) path.replace(at, std::string::npos, "t-1");
    const http::Response response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body.bytes(), kPageIndex) << path;
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache") << path;
  }
}

TEST_F(PageTest, WhatNobodyHasIsThePageWith404ForThoseWhoWantOne) {
  for (const char* path : {"/no-such-page", "/ledger/x", "/admin/no-such-page", "/v1/no-such-thing", "/index.html",
                           "/assets/page-0.js", "/alone", "/assets/page-1a2b.js.br", "/log-in/%zz", "/log-in/%2e%2e"}) {
    const http::Response page = get(path);
    EXPECT_EQ(page.status, 404) << path;
    EXPECT_EQ(page.body.bytes(), kPageIndex) << path;
    EXPECT_TRUE(page.security == http::Security::page) << path;
    EXPECT_TRUE(page.headers.all("Vary").contains("Accept")) << path;
    for (const char* accept : {"application/json", "*/*"})
      EXPECT_EQ(get(path, {{"Accept", accept}}).content_type, "application/problem+json") << path << ' ' << accept;
  }
}

TEST_F(PageTest, ALinkMayComeWithAQueryOfOthers) {
  for (const char* address : {"/compare?with=3", "/?utm_source=letter&x", "/board?%zz", "/assets/page-1a2b.js?a=%ff"})
    EXPECT_EQ(get(address).status, 200) << address;
  EXPECT_EQ(get("/p/999999?utm_source=letter").content_type, "text/html; charset=utf-8");
}

TEST_F(PageTest, FilesAreThereAndThoseOfTheBuilderAreNot) {
  EXPECT_EQ(get("/assets/page-1a2b.js").headers.find("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/assets/page-1a2b.js", {{"Accept-Encoding", "br"}}).body.bytes(), "as brotli");
  EXPECT_EQ(get("/alone.br").status, 200) << "it belongs to no other file";
  EXPECT_EQ(get("/.vite/manifest.json").status, 404);
}

TEST_F(PageTest, APersonIsNamedInTheHeadIfShownToEverybodyAndIsNobodyElse) {
  const std::string ada = "/p/" + world_.id_of("Ada");
  const http::Response hidden = get(ada), unknown = get("/p/999");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body.bytes(), unknown.body.bytes()) << "who hides is as who is not there";
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(get(ada, {}, world_.ada).status, 200) << "one's own";
  const auto show = [&](const char* body) {
    return world_.ask("PATCH", "/v1/people/me/preferences", world_.ada, body).status;
  };
  ASSERT_EQ(show(R"({"audience":"members"})"), 200);
  EXPECT_EQ(get(ada).status, 404);
  const http::Response to_member = get(ada, {}, world_.iris);
  EXPECT_EQ(to_member.status, 200);
  EXPECT_EQ(to_member.body.bytes(), kPageIndex) << "what members see is not put into a document that others may keep";
  ASSERT_EQ(show(R"({"is_public":true})"), 200);
  const http::Response shown = get(ada);
  EXPECT_EQ(shown.status, 200);
  for (const char* part : {"<title>Ada · Renown</title>", "content=\"How far the words of Ada reach",
                           "<meta property=\"og:image\" content=\"https://renown.example/card/"})
    EXPECT_TRUE(shown.body.bytes().contains(part)) << part << " in " << shown.body.bytes();
}

TEST_F(PageTest, AFolderWithoutAnIndexIsNoPage) {
  std::filesystem::remove(std::filesystem::path(folder_) / "index.html");
  const auto page = read_page(world_.context(), folder_);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::bad_input);
  EXPECT_TRUE(page.error().message.contains("index.html")) << page.error().message;
}

TEST(PageHead, IsTextWhateverTheNameIs) {
  const std::string page = with_head(std::string(kPageIndex),
                                     {.title = "</title><script>", .description = "\"><b a='1'>&", .more = "<link>"});
  EXPECT_EQ(page,
            "<html><head><meta name=\"description\" content=\"&quot;&gt;&lt;b a='1'&gt;&amp;\" />"
            "<title>&lt;/title&gt;&lt;script&gt;</title><link></head><body></body></html>");
  EXPECT_EQ(with_head("<p>none of it", {.title = "t", .description = "d", .more = "m"}), "<p>none of it");
  EXPECT_EQ(with_head("<title>open", {.title = "t", .description = "d", .more = "m"}), "<title>open");
}

}  // namespace
}  // namespace renown::api
