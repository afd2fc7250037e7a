#include "mail/letter.h"

#include <fmt/format.h>

namespace renown::mail {
namespace {

// Where a program knows no dark theme, it shows these; dark ones stand in the style sheet. Those of the page (app.css).
constexpr std::string_view kStyle = R"(
body{margin:0;padding:0;background:#f6f4ee;color:#15201e}
.whole{max-width:34rem;margin:0 auto;padding:24px 20px 32px;font:400 16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}
.mark{margin:0 0 24px;font-weight:650;letter-spacing:.02em;color:#0f766e}
.card{background:#fffefa;border:1px solid #ddd8cb;border-radius:14px;padding:24px 20px}
h1{margin:0 0 12px;font:600 22px/1.3 Georgia,'Noto Serif',serif}
h2{margin:28px 0 4px;font-size:16px;line-height:1.4}
p{margin:0 0 12px}
.figure{margin:0;font:500 60px/1.1 Georgia,'Noto Serif',serif;color:#0f766e}
.quiet{color:#53605d;font-size:14px}
.figure~.quiet{margin:0 0 2px}
table{width:100%;border-collapse:collapse}
td{padding:10px 0;border-top:1px solid #ddd8cb;vertical-align:top;text-align:start;overflow-wrap:anywhere}
td+td{padding-inline-start:16px;text-align:end;white-space:nowrap;font-weight:550;color:#0f766e;width:1%}
.note{margin:12px 0 0;padding:10px 12px;border-radius:8px;background:#f8ead2;color:#4d2c02;font-size:14px}
.go{margin:24px 0 0}
.go a{display:inline-block;padding:12px 20px;border-radius:10px;background:#0f766e;color:#ffffff;text-decoration:none;font-weight:600}
.foot{margin:20px 4px 0}
.foot p{margin:0 0 6px}
.foot a{color:#53605d}
@media (prefers-color-scheme:dark){
body{background:#0e1514;color:#e8eeec}
.mark,.figure,td+td{color:#5ad1c3}
.card{background:#151e1d;border-color:#283533}
.quiet,.foot a{color:#a3b1ae}
td{border-color:#283533}
.note{background:#382a12;color:#f6d9a4}
.go a{background:#5ad1c3;color:#06201d}
}
)";

class Html {
 public:
  void element(std::string_view tag, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_ += fmt::format("<{}{}>{}</{}>\n", tag, name.empty() ? "" : fmt::format(R"( class="{}")", name),
                        html_text(text), tag);
  }
  void raw(std::string_view html) { out_ += html; }
  void link(std::string_view words, std::string_view url) {
    out_ += fmt::format(R"(<a href="{}">{}</a>)", html_text(url), html_text(words));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_lines(Html& html, const Letter& letter) {
  html.element("h2", "", letter.lines_title);
  html.element("p", "quiet", letter.lines_unit);
  if (letter.lines.empty()) return;
  html.raw(R"(<table role="presentation">)");
  for (const LetterLine& line : letter.lines)
    html.raw(
        fmt::format("<tr><td dir=\"auto\">{}</td><td>{}</td></tr>\n", html_text(line.words), html_text(line.value)));
  html.raw("</table>\n");
}

void write_footer(Html& html, const Letter& letter) {
  html.raw(R"(<div class="foot">)");
  for (const std::string& words : letter.footer) html.element("p", "quiet", words);
  if (!letter.stop.empty()) {
    html.raw(R"(<p class="quiet">)");
    html.link(letter.stop, letter.stop_url);
    html.raw("</p>\n");
  }
  html.raw("</div>\n");
}

/// Between blank lines; an empty part is none.
class Text {
 public:
  void part(std::string_view words) {
    if (words.empty()) return;
    if (!out_.empty()) out_ += "\n";
    line(words);
  }
  void line(std::string_view words) { out_ += fmt::format("{}\n", words); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else
      escaped += c;
  }
  return escaped;
}

std::string letter_html(const Letter& letter) {
  Html html;
  html.raw(fmt::format(
      "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<div class=\"whole\">\n",
      html_text(letter.language), letter.is_right_to_left ? "rtl" : "ltr", html_text(letter.subject), kStyle));
  html.element("p", "mark", "Renown");
  html.raw("<div class=\"card\">\n");
  html.element("h1", "", letter.heading);
  html.element("p", "figure", letter.figure);
  for (const std::string& words : letter.figure_words) html.element("p", "quiet", words);
  for (const std::string& words : letter.paragraphs) html.element("p", "", words);
  write_lines(html, letter);
  for (const std::string& words : letter.notes) html.element("p", "note", words);
  if (!letter.action.empty()) {
    html.raw(R"(<p class="go">)");
    html.link(letter.action, letter.action_url);
    html.raw("</p>\n");
  }
  html.raw("</div>\n");
  write_footer(html, letter);
  html.raw("</div>\n</body>\n</html>\n");
  return html.take();
}

std::string letter_text(const Letter& letter) {
  Text text;
  text.part(letter.heading);
  text.part(letter.figure);
  for (const std::string& words : letter.figure_words) text.line(words);
  for (const std::string& words : letter.paragraphs) text.part(words);
  text.part(letter.lines_title);
  if (!letter.lines_unit.empty()) text.line(letter.lines_unit);
  for (const LetterLine& line : letter.lines) text.line(fmt::format("- {}: {}", line.words, line.value));
  for (const std::string& words : letter.notes) text.part(words);
  if (!letter.action.empty()) {
    text.part(letter.action + ":");
    text.line(letter.action_url);
  }
  text.part("-- ");  // what a program may cut off as a signature
  for (const std::string& words : letter.footer) text.line(words);
  if (!letter.stop.empty()) text.line(fmt::format("{}: {}", letter.stop, letter.stop_url));
  return text.take();
}

}  // namespace renown::mail
