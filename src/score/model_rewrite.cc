#include "score/model_rewrite.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include <fmt/format.h>

#include "score/model_file.h"

namespace renown::score {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

std::string constant_line(const ConstantChange& change) {
  const bool bare =
      std::ranges::all_of(change.key, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
  return fmt::format("{0}{1}{0} = {{ value = {2}, unit = \"{3}\", reason = \"{4}\", source = \"{5}\" }}\n",
                     bare ? "" : "\"", change.key, change.value, change.unit, change.reason, change.source);
}

std::string quantile_lines(std::string_view mode, const ReferenceQuantiles& quantiles) {
  if (quantiles.empty()) return {};
  return fmt::format("\n[quantiles.{}]\nsource = \"{}\"\npercent = [{}]\nraw = [{}]\n", mode, quantiles.source,
                     fmt::join(quantiles.percent, ", "), fmt::join(quantiles.raw, ", "));
}

/// One pass over the lines of the base.
class Rewriter {
 public:
  explicit Rewriter(const ModelRewrite& rewrite) : rewrite_(rewrite), done_(rewrite.changes.size()) {}

  std::string run(std::string_view base) {
    for (const std::string& comment : rewrite_.comments) text_ += fmt::format("# {}\n", comment);
    while (!base.empty()) {
      const std::size_t end = std::min(base.find('\n'), base.size() - 1) + 1;
      take(base.substr(0, end));
      base.remove_prefix(end);
    }
    add_networks();
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    return text_ + quantile_lines("unprotected", rewrite_.unprotected) + quantile_lines("verified", rewrite_.verified);
  }

 private:
  void take(std::string_view line) {
    const std::string_view words = trimmed(line.substr(0, line.find('\n')));
    if (words.starts_with("# ---- quantiles")) return;
    if (words.starts_with('[')) {
      add_networks();
      section_ = words.substr(1, words.find(']') - 1);
    }
    if (section_.starts_with("quantiles")) return;
    const std::size_t equals = words.find('=');
    if (words.starts_with('#') || words.starts_with('[') || equals == std::string_view::npos) {
      text_ += line;
      return;
    }
    const std::string_view key = trimmed(words.substr(0, equals));
    if (section_.empty() && key == "name") {
      text_ += fmt::format("name = \"{}\"\n", rewrite_.name);
    } else if (section_ != "networks" && !replace(key)) {
      text_ += line;
    }
  }

  bool replace(std::string_view key) {
    for (std::size_t i = 0; i < done_.size(); ++i) {
      const ConstantChange& change = rewrite_.changes[i];
      if (done_[i] || change.section != section_ || change.key != key) continue;
      text_ += constant_line(change);
      done_[i] = true;
      return true;
    }
    return false;
  }

  /// Behind the lines of [networks], when they end.
  void add_networks() {
    if (section_ != "networks") return;
    for (std::size_t i = 0; i < done_.size(); ++i) {
      if (rewrite_.changes[i].section != "networks" || done_[i]) continue;
      text_ += constant_line(rewrite_.changes[i]);
      done_[i] = true;
    }
  }

  const ModelRewrite& rewrite_;
  std::vector<bool> done_;
  std::string section_;
  std::string text_;
};

}  // namespace

Result<std::string> rewrite_model(std::string_view base, std::string_view base_name, const ModelRewrite& rewrite) {
  std::string text = Rewriter(rewrite).run(base);
  const auto model = parse_model(text, base_name);
  if (!model) return model.error();
  const auto values = constants(*model);
  for (const ConstantChange& change : rewrite.changes) {
    const std::pair wanted(fmt::format("{}.{}", change.section, change.key), fmt::format("{}", change.value));
    if (std::ranges::find(values, wanted) == values.end())
      return bad_input(
          fmt::format("model file {}: {} must stand on one line under [{}], as {} = {{ value = ... }}; "
                      "write it so that a fitted value can take its place",
                      base_name, wanted.first, change.section, change.key));
  }
  if (model->name != rewrite.name)
    return bad_input(fmt::format("model file {}: name must stand on a line of its own above all sections", base_name));
  return text;
}

}  // namespace renown::score
