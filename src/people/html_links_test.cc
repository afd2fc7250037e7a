#include "people/html_links.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::people {
namespace {

using Links = std::vector<std::string>;

struct Page {
  const char* html;
  Links me;
};

TEST(HtmlLinks, AreNotTakenFromWhatIsNoMarkup) {
  const Page cases[] = {
      {"", {}},
      {"<", {}},
      {"<!-- <a rel=me href=x> -->", {}},
      {"<!-- a > <a rel=me href=x> --><a rel=me href=y>", {"y"}},
      {"<!--><a rel=me href=x>-->", {"x"}},  // a comment that has ended already
      {"<!-- <a rel=me href=x>", {}},
      {"<!-- --!><a rel=me href=x>", {"x"}},
      {"<script>'<a rel=me href=x>'</script><a rel=me href=y>", {"y"}},
      {"<script>'</scripty><a rel=me href=x>'</script >", {}},
      {"<SCRIPT><a rel=me href=x></sCript>", {}},
      {"<style><a rel=me href=x></style>", {}},
      {"<textarea><a rel=me href=x></textarea>", {}},
      {"<title><a rel=me href=x></title>", {}},
      {"<noscript><a rel=me href=x></noscript>", {}},
      {"<iframe><a rel=me href=x></iframe>", {}},
      {"<xmp><a rel=me href=x></xmp>", {}},
      {"<plaintext></plaintext><a rel=me href=x>", {}},
      {"<template><div><template></template><a rel=me href=x></div></template><a rel=me href=y>", {"y"}},
      {"</template><a rel=me href=y>", {"y"}},
      {"<![CDATA[<a rel=me href=x>]]>", {}},
      {"<?php <a rel=me href=x> ?>", {}},
      {"<p title='<a rel=me href=x>'>", {}},
      {"<p title=\"a'<a rel=me href=x>\">", {}},
      {"&lt;a rel=me href=x&gt;", {}},
      {"< a rel=me href=x>", {}},
      {"</a rel=me href=x>", {}},
      {"<a rel=me href=x", {}},  // cut off
      {"<a rel=me href='x>", {}},
      {"<area rel=me href=x>", {}},
      {"<abbr rel=me href=x>", {}},
      {"<img alt=x rel=me src=x>", {}},
  };
  for (const Page& each : cases) EXPECT_EQ(find_html_links(each.html).me, each.me) << each.html;
}

TEST(HtmlLinks, NeedTheWholeWordMe) {
  const Page cases[] = {
      {"<a rel=home href=x>", {}},
      {"<a rel='some' href=x>", {}},
      {"<a rel='me-too' href=x>", {}},
      {"<a rel='' href=x>", {}},
      {"<a href=x>me</a>", {}},
      {"<a data-rel=me href=x>", {}},
      {"<a rel=friend rel=me href=x>", {}},  // the first of two counts
      {"<a rel='me ugc' href=x>", {}},       // a visitor's link
      {"<a rel='sponsored me' href=x>", {}},
      {"<a rel=me>", {}},
      {"<a rel=me href=' '>", {}},
      {"<a rel=me href=x href=y>", {"x"}},
      {"<a rel=\"nofollow ME\tnoopener\" href=x>", {"x"}},
      {"<link rel=me href=x>", {"x"}},
      {"<LINK HREF = 'x' REL = 'me'/>", {"x"}},
      {"<a\nrel=me\nhref=x\n>", {"x"}},
      {"<a/rel=me/href=x>", {}},  // the slash belongs to the value, as in browsers
      {"<a href=x/y rel=me>", {"x/y"}},
      {"<a rel=me href='?a=1&amp;b=2'>", {"?a=1&b=2"}},
      {"<a rel=me href='&#104;&#x74;tp&#58;'>", {"http:"}},
      {"<a rel=me href='a&nosuch;b&#xZ;&#'>", {"a&nosuch;b&#xZ;&#"}},
      {"<a rel=me href=x><a rel=me href=y>", {"x", "y"}},
  };
  for (const Page& each : cases) EXPECT_EQ(find_html_links(each.html).me, each.me) << each.html;
}

TEST(HtmlLinks, KnowBaseAndProof) {
  const auto links = find_html_links(
      "<base href=/a/><base href=/b/><meta name=Renown-Proof content=abc><!--<meta name="
      "renown-proof content=no>--><meta name=other content=x>");
  EXPECT_EQ(links.base, "/a/");
  EXPECT_EQ(links.proofs, Links{"abc"});
}

TEST(HtmlLinks, AreBounded) {
  std::string page;
  for (std::size_t i = 0; i < kMaxLinks + 7; ++i) page += "<a rel=me href=x>";
  EXPECT_EQ(find_html_links(page).me.size(), kMaxLinks);
}

TEST(HtmlLinksProperty, NothingInAnOpenCommentCounts) {
  rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("<a ", "rel=me ", "href=x", ">", "<script>", "</script>", "'", "\"", "<template>",
                                      "</template>", "=", "/", "&#", "<", "</", "\x01", "é"));
    std::string page;
    for (const std::string& piece : pieces) page += piece;
    RC_ASSERT(find_html_links(page).me.size() <= pieces.size());
    RC_ASSERT(find_html_links("<!-- " + page).me.empty());
    RC_ASSERT(find_html_links("<!-- " + page + "--><a rel=me href=y>").me == Links{"y"});
  });
}

}  // namespace
}  // namespace renown::people
