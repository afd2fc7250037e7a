#include "http/compress.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "http/conditional.h"
#include "http/static_files.h"

namespace renown::http {
namespace {

std::string unpacked(std::string_view packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

Request taking(const char* encodings) {
  return {.method = "GET", .path = "/", .headers = {{"Accept-Encoding", encodings}}};
}

TEST(Compress, OnlyWhereTheClientTakesIt) {
  for (const char* yes : {"gzip", "GZIP", "deflate, gzip;q=0.5", "*", "gzip;q=1, *;q=0", "br,gzip"}) {
    EXPECT_TRUE(accepts(taking(yes).headers, "gzip")) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*, gzip;q=0", "xgzip", "identity"}) {
    EXPECT_FALSE(accepts(taking(no).headers, "gzip")) << no;
  }
  EXPECT_TRUE(accepts(taking("gzip, br").headers, "br"));
  EXPECT_FALSE(accepts(taking("gzip, br;q=0").headers, "br"));
}

TEST(Compress, LongTextsComeBackAsTheyWere) {
  const std::string text(kLeastCompressed, 'a');
  Response response{.body = text, .headers = {{"ETag", "\"a\""}}};
  if (announce_compression(taking("gzip"), response)) compress(response);
  EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip");
  EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(response.headers.find("ETag"), "\"a-gzip\"");
  EXPECT_EQ(unpacked(response.body.bytes()), text);
}

TEST(Compress, WhatWouldNotGainIsLeftAsItIs) {
  const std::string text(kLeastCompressed, 'a');
  for (Response response : {Response{.body = text.substr(1)}, Response{.content_type = "image/png", .body = text},
                            Response{.body = text, .may_compress = false},
                            Response{.body = text, .headers = {{"Content-Encoding", "br"}}}}) {
    const std::string before(response.body.bytes());
    if (announce_compression(taking("gzip"), response)) compress(response);
    EXPECT_EQ(response.body.bytes(), before);
    EXPECT_FALSE(response.headers.find("Vary"));
  }
  Response plain{.body = text};
  EXPECT_FALSE(announce_compression(taking("br"), plain));
  EXPECT_EQ(plain.body.bytes(), text);
  EXPECT_EQ(plain.headers.find("Vary"), "Accept-Encoding") << "another client would have been given other bytes";
}

TEST(StaticFile, IsSharedTaggedAndPackedBeforehand) {
  const std::string text(5'000, 'a');
  const StaticFile file(text, std::string(content_type_of("index.HTML")), Keep::ask_each_time);
  const Response plain = file.answer(taking("br")), packed = file.answer(taking("gzip"));
  EXPECT_EQ(plain.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(plain.body.bytes(), text);
  EXPECT_EQ(plain.body.bytes().data(), file.answer(taking("")).body.bytes().data());
  EXPECT_EQ(unpacked(packed.body.bytes()), text);
  EXPECT_EQ(packed.headers.find("Content-Encoding"), "gzip");
  EXPECT_NE(packed.headers.find("ETag"), plain.headers.find("ETag"));
  EXPECT_EQ(plain.headers.find("Cache-Control"), "no-cache");
  EXPECT_TRUE(plain.security == Security::page);
  EXPECT_EQ(security_headers(Security::page).find("unsafe-inline"), std::string_view::npos);
  EXPECT_EQ(file.answer(taking("gzip, br")).headers.find("Content-Encoding"), "gzip") << "there is no Brotli of it";
  const StaticFile asset("x", std::string(content_type_of("app.1a2b.js")), Keep::forever);
  EXPECT_EQ(asset.answer(taking("gzip")).headers.find("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_TRUE(asset.answer(taking("")).security == Security::page) << "a service worker of it could fetch nothing";
  const StaticFile picture("x", std::string(content_type_of("icon.svg")), Keep::ask_each_time);
  EXPECT_TRUE(picture.answer(taking("")).security == Security::data);
  EXPECT_EQ(content_type_of("data"), "application/octet-stream");
}

TEST(StaticFile, IsGivenAsBrotliWhereThatIsThereAndTaken) {
  const std::string text(5'000, 'a');
  const StaticFile file(text, "text/javascript", Keep::forever, "as brotli");
  for (const auto& [encodings, encoding] :
       {std::pair("gzip, deflate, br", "br"), std::pair("br;q=0, gzip", "gzip"), std::pair("*", "br")}) {
    const Response response = file.answer(taking(encodings));
    EXPECT_EQ(response.headers.find("Content-Encoding"), encoding);
    EXPECT_EQ(response.body.bytes() == "as brotli", encoding == std::string("br"));
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
    const std::string etag(*response.headers.find("ETag"));
    EXPECT_TRUE(etag.ends_with(fmt::format("-{}\"", encoding))) << etag;
    Request again = taking(encodings);
    again.headers.add("If-None-Match", etag);
    Response same = file.answer(again);
    apply_conditions(again, same);
    EXPECT_EQ(same.status, 304) << encodings;
  }
  const Response plain = file.answer(taking("identity"));
  EXPECT_EQ(plain.body.bytes(), text);
  EXPECT_FALSE(plain.headers.find("Content-Encoding"));
  EXPECT_EQ(plain.headers.find("Vary"), "Accept-Encoding") << "another client would have been given other bytes";
  const StaticFile longer("short", "text/plain", Keep::forever, "longer than it");
  EXPECT_EQ(longer.answer(taking("br")).body.bytes(), "short");
}

}  // namespace
}  // namespace renown::http
