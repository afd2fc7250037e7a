/// HtmlTokens: the tags of an HTML page, one after another.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace renown::people {

struct HtmlAttribute {
  std::string name;  ///< lower case
  std::string value;
};

struct HtmlTag {
  std::string name;  ///< lower case
  bool closes = false;
  std::vector<HtmlAttribute> attributes;

  /// The value of the first attribute of that name, or "".
  std::string_view operator[](std::string_view attribute) const;
};

/// Walks over a page. Text, comments, declarations, and what stands inside scripts and their like are passed over.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html) : html_(html) {}

  /// Puts the next tag into `tag`. returns false at the end; a tag that the page's end cuts off is none
  bool next(HtmlTag& tag);

 private:
  bool at_end() const { return at_ >= html_.size(); }
  bool pass_comment();
  bool read_tag(HtmlTag& tag);
  bool read_attribute(HtmlTag& tag);
  void pass_blanks();
  void pass_raw_text(std::string_view name);

  std::string_view html_;
  std::size_t at_ = 0;
};

/// Character references of attribute values resolved: &amp; &lt; &gt; &quot; &apos; and numbers; others stay as
/// written.
std::string resolve_references(std::string_view text);

}  // namespace renown::people
