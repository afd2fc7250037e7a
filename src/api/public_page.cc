/// /badge/..., /card/...: pictures of who shows the card to everybody. For everybody else there is the same grey badge.

#include "api/answers.h"
#include "api/routes.h"
#include "api/subject.h"
#include "base/time.h"
#include "http/conditional.h"
#include "http/problem.h"
#include "picture/badge.h"
#include "picture/card.h"
#include "picture/png.h"
#include "picture/svg.h"

namespace renown::api {
namespace {

constexpr std::string_view kLabel = "renown";

/// Whoever does not show the card is nobody here.
struct Shown {
  std::optional<Subject> subject;
  picture::ScoreView view;
};

Result<Shown> shown_person(Context& context, const http::Request& request) {
  Shown shown;
  http::Request stranger = request;
  stranger.caller = {};  // pictures are for others, even where the person looks at her own
  auto subject = find_subject(context, stranger, access::Scope::score_read);
  if (!subject) return subject.error().code == ErrorCode::not_found ? Result<Shown>(std::move(shown)) : subject.error();
  const auto published = context.instance.published();
  const ScoreCard* card = published->card(subject->person->id);
  shown.subject = std::move(*subject);
  if (card != nullptr && card->score) {
    shown.view = {.state = picture::ScoreState::scored,
                  .score = *card->score,
                  .low = card->score_low.value_or(*card->score),
                  .high = card->score_high.value_or(*card->score),
                  .percentile = card->percentile,
                  .model = published->run()->model,
                  .as_of = base::format_day(published->run()->as_of - 1)};
  }
  return shown;
}

http::Response picture_answer(std::string bytes, std::string_view content_type) {
  http::Response response{.content_type = std::string(content_type), .body = std::move(bytes)};
  response.headers.add("ETag", http::strong_etag(response.body.bytes()));
  response.headers.add("Cache-Control", "public, max-age=3600");
  response.security = http::Security::embeddable;
  return response;
}

Result<http::Response> get_badge(Context& context, const http::Request& request) {
  const auto shown = shown_person(context, request);
  if (!shown) return shown.error();
  return picture_answer(picture::badge(shown->view, kLabel), "image/svg+xml");
}

Result<http::Response> get_shield(Context& context, const http::Request& request) {
  const auto shown = shown_person(context, request);
  if (!shown) return shown.error();
  return picture_answer(picture::shields_endpoint(shown->view, kLabel), "application/json");
}

Result<http::Response> get_card_picture(Context& context, const http::Request& request) {
  const auto shown = shown_person(context, request);
  if (!shown) return shown.error();
  if (!shown->subject) return http::problem(404, "there is no such person, or nobody who shows this to you");
  picture::CardView view{
      .name = shown->subject->person->name, .accounts = {}, .host = context.public_url, .score = shown->view};
  if (const std::size_t at = view.host.find("//"); at != std::string::npos) view.host.erase(0, at + 2);
  for (const people::LinkedAccount& linked : shown->subject->person->accounts)
    view.accounts.push_back(linked.account.account + " · " + linked.account.network);
  auto png = picture::png_of(picture::open_graph_card(view), picture::kCardWidth, picture::kCardHeight);
  if (!png) return png.error();
  return picture_answer(std::move(*png), "image/png");
}

http::Route picture_route(std::string path, std::string id, std::string summary, std::string content_type,
                          http::Handler handler) {
  return {.path = std::move(path),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "people",
          .parameters = {{.name = "person", .description = "Number of the person.", .most_bytes = 20}},
          .answers = {{.description = "It.", .content_type = std::move(content_type)}},
          .run_on = http::RunOn::workers,
          .handler = std::move(handler)};
}

}  // namespace

std::vector<http::Route> public_page_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back(picture_route("/badge/{person}/score.svg", "get_badge",
                                 "A badge of who shows the score to everybody.", "image/svg+xml",
                                 answering([&](const auto& request) { return get_badge(context, request); })));
  routes.push_back(picture_route("/badge/{person}/shield.json", "get_shield", "The same for shields.io.",
                                 "application/json",
                                 answering([&](const auto& request) { return get_shield(context, request); })));
  routes.push_back(picture_route("/card/{person}/card.png", "get_card_picture", "The picture of a link to a person.",
                                 "image/png",
                                 answering([&](const auto& request) { return get_card_picture(context, request); })));
  return routes;
}

}  // namespace renown::api
