#include "people/html_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/ascii.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}
/// Elements whose content is text to the tokenizer. <noscript> is not, but a browser shows none of it.
bool holds_raw_text(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames = {"script", "style",   "textarea", "title",    "xmp",
                                                       "iframe", "noembed", "noframes", "noscript", "plaintext"};
  return std::ranges::find(kNames, name) != kNames.end();
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Appends what the reference "name" (between & and ;) stands for. returns false where it is none that we know
bool append_reference(std::string& out, std::string_view name) {
  struct Named {
    std::string_view name;
    char byte;
  };
  constexpr std::array<Named, 5> kNamed = {{{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const Named& named : kNamed) {
    if (named.name == name) {
      out += named.byte;
      return true;
    }
  }
  if (!name.starts_with('#') || name.size() < 2) return false;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (failed != std::errc{} || end != digits.data() + digits.size()) return false;
  append_utf8(out, code);
  return true;
}

}  // namespace

std::string resolve_references(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&') {
      const std::size_t end = text.substr(0, std::min(text.size(), i + 12)).find(';', i);
      if (end != std::string_view::npos && append_reference(out, text.substr(i + 1, end - i - 1))) {
        i = end;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string_view HtmlTag::operator[](std::string_view attribute) const {
  for (const HtmlAttribute& each : attributes) {
    if (each.name == attribute) return each.value;
  }
  return {};
}

void HtmlTokens::pass_blanks() {
  while (!at_end() && is_blank(html_[at_])) ++at_;
}

// Where browsers differ by context (a CDATA section ends at ']]>' in a drawing and at '>' elsewhere), more is passed
// over: a proof missed is told, a proof that is none is a false owner.
bool HtmlTokens::pass_comment() {
  const std::string_view rest = html_.substr(at_);
  const auto pass_to = [&](std::string_view mark, std::size_t from) {
    const std::size_t end = html_.find(mark, at_ + from);
    at_ = end == std::string_view::npos ? html_.size() : end + mark.size();
    return true;
  };
  if (rest.starts_with("<!-->")) return pass_to(">", 0);
  if (rest.starts_with("<!--->")) return pass_to(">", 0);
  if (rest.starts_with("<!--")) {
    const std::size_t plain = html_.find("-->", at_ + 4), bang = html_.find("--!>", at_ + 4);
    return pass_to(bang < plain ? "--!>" : "-->", 4);
  }
  if (rest.starts_with("<![CDATA[")) return pass_to("]]>", 0);
  if (rest.starts_with("<!") || rest.starts_with("<?")) return pass_to(">", 0);
  if (rest.starts_with("</") && rest.size() > 2 && !base::is_letter(rest[2])) return pass_to(">", 0);
  return false;
}

bool HtmlTokens::read_attribute(HtmlTag& tag) {
  const std::size_t begin = at_;
  if (html_[at_] == '=') ++at_;  // a name may begin with one
  while (!at_end() && !is_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' && html_[at_] != '=') ++at_;
  HtmlAttribute attribute{base::lower(html_.substr(begin, at_ - begin)), ""};
  pass_blanks();
  if (!at_end() && html_[at_] == '=') {
    ++at_;
    pass_blanks();
    if (at_end()) return false;
    const char quote = html_[at_];
    std::size_t end = at_;
    if (quote == '"' || quote == '\'') {
      end = html_.find(quote, ++at_);
      if (end == std::string_view::npos) return false;
    } else {
      while (end < html_.size() && !is_blank(html_[end]) && html_[end] != '>') ++end;
    }
    attribute.value = resolve_references(html_.substr(at_, end - at_));
    at_ = end + (quote == '"' || quote == '\'' ? 1 : 0);
  }
  tag.attributes.push_back(std::move(attribute));
  return true;
}

bool HtmlTokens::read_tag(HtmlTag& tag) {
  tag.closes = html_[at_ + 1] == '/';
  at_ += tag.closes ? 2 : 1;
  const std::size_t begin = at_;
  while (!at_end() && !is_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>') ++at_;
  tag.name = base::lower(html_.substr(begin, at_ - begin));
  tag.attributes.clear();
  while (true) {
    while (!at_end() && (is_blank(html_[at_]) || html_[at_] == '/')) ++at_;
    if (at_end()) return false;
    if (html_[at_] == '>') break;
    if (!read_attribute(tag)) {
      at_ = html_.size();
      return false;
    }
  }
  ++at_;
  return true;
}

void HtmlTokens::pass_raw_text(std::string_view name) {
  if (name == "plaintext") at_ = html_.size();
  for (; !at_end(); ++at_) {
    at_ = std::min(html_.find("</", at_), html_.size());
    const std::string_view rest = html_.substr(at_);
    const std::size_t end = 2 + name.size();
    if (rest.size() <= end || base::lower(rest.substr(2, name.size())) != name) continue;
    if (is_blank(rest[end]) || rest[end] == '/' || rest[end] == '>') return;
  }
}

bool HtmlTokens::next(HtmlTag& tag) {
  while (!at_end()) {
    at_ = std::min(html_.find('<', at_), html_.size());
    if (at_ + 1 >= html_.size()) return false;
    if (pass_comment()) continue;
    const char after = html_[at_ + 1] == '/' && at_ + 2 < html_.size() ? html_[at_ + 2] : html_[at_ + 1];
    if (!base::is_letter(after)) {
      ++at_;
      continue;
    }
    if (!read_tag(tag)) return false;
    if (!tag.closes && holds_raw_text(tag.name)) pass_raw_text(tag.name);
    return true;
  }
  return false;
}

}  // namespace renown::people
