/// Schemas of what the API takes and answers (JSON Schema 2020-12): what its tests validate against.

#include <fmt/format.h>

#include "api/routes.h"
#include "base/version.h"

namespace renown::api {
namespace {

// Shapes that recur, as JSON.
#define ID R"({"type":"string","pattern":"^[0-9]{1,18}$"})"
#define TEXT R"({"type":"string"})"
#define TEXT_OR_NULL R"({"type":["string","null"]})"
#define NUMBER R"({"type":"number"})"
#define NUMBER_OR_NULL R"({"type":["number","null"]})"
#define COUNT R"({"type":"integer","minimum":0})"
#define FLAG R"({"type":"boolean"})"
#define TIME R"({"type":"string","format":"date-time"})"
#define TIME_OR_NULL R"({"type":["string","null"],"format":"date-time"})"
#define DAY R"({"type":"string","format":"date"})"
#define REF(name) R"({"$ref":"#/components/schemas/)" name R"("})"
#define LIST(item) R"({"type":"array","items":)" item "}"
#define OBJECT(required, properties) R"({"type":"object","required":[)" required R"(],"properties":{)" properties "}}"
#define ITEMS(item) OBJECT(R"("items")", R"("items":)" LIST(item))
#define TAKES(required, properties) OBJECT(required, properties)

constexpr const char* kSchemas = "{"
    R"("Session":)" OBJECT(R"("role","login","person","name","locale","csrf","version")",
      R"("role":{"enum":["anonymous","person","operator"]},"login":{"type":["string","null"]},)"
      R"("person":{"type":["string","null"]},"name":)" TEXT R"(,"locale":)" TEXT R"(,"csrf":)" TEXT_OR_NULL
      R"(,"version":)" TEXT) ","
    R"("LogIn":{"type":"object","properties":{"name":)" TEXT R"(,"password":)" TEXT R"(,"link":)" TEXT "}},"
    R"("Sessions":)" ITEMS(OBJECT(R"("id","device","created","last_used","is_this")",
      R"("id":)" ID R"(,"device":)" TEXT R"(,"created":)" TIME R"(,"last_used":)" TIME_OR_NULL R"(,"is_this":)" FLAG)) ","
    R"("Setup":)" OBJECT(R"("needed")", R"("needed":)" FLAG) ","
    R"("SetUp":)" TAKES(R"("token","name","password")", R"("token":)" TEXT R"(,"name":)" TEXT R"(,"password":)" TEXT) ","
    R"("NewPassword":)" TAKES(R"("new")", R"("old":)" TEXT R"(,"new":)" TEXT) ","
    R"("Invitations":)" ITEMS(OBJECT(R"("id","name","created","expires")",
      R"("id":)" ID R"(,"name":)" TEXT R"(,"created":)" TIME R"(,"expires":)" TIME)) ","
    R"("NewInvitation":{"type":"object","properties":{"name":)" TEXT "}},"
    R"("MadeInvitation":)" OBJECT(R"("id","url","expires")", R"("id":)" ID R"(,"url":)" TEXT R"(,"expires":)" TIME) ","
    R"("OpenInvitation":)" OBJECT(R"("from","name","expires")",
      R"("from":)" TEXT R"(,"name":)" TEXT R"(,"expires":)" TIME) ","
    R"("Enrolment":)" TAKES(R"("invitation","name","password")",
      R"("invitation":)" TEXT R"(,"name":)" TEXT R"(,"password":)" TEXT) ","
    R"("Source":)" OBJECT(R"("state","since","read","problem")",
      R"("state":{"enum":["none","unread","current","partial","stale"]},"since":)" TIME_OR_NULL R"(,"read":)" TIME_OR_NULL
      R"(,"problem":)" TEXT_OR_NULL) ","
    R"("Account":)" OBJECT(R"("network","account","proofs")",
      R"("network":)" TEXT R"(,"account":)" TEXT R"(,"proofs":)" LIST(TEXT) R"(,"source":)" REF("Source")) ","
    R"("Person":)" OBJECT(R"("id","name","accounts","is_public","verified")",
      R"("id":)" ID R"(,"name":)" TEXT R"(,"accounts":)" LIST(REF("Account")) R"(,"is_public":)" FLAG R"(,"verified":)" FLAG
      R"(,"basis":{"enum":["enrolled","community","none"]},"inviter":)" TEXT_OR_NULL R"(,"opted_out":)" FLAG) ","
    R"("Numbers":)" OBJECT(R"("score","low","high","raw","reach","interactions")",
      R"("score":)" NUMBER_OR_NULL R"(,"low":)" NUMBER_OR_NULL R"(,"high":)" NUMBER_OR_NULL
      R"(,"vouched_score":)" NUMBER_OR_NULL R"(,"bound_score":)" NUMBER_OR_NULL R"(,"percentile":)" NUMBER_OR_NULL
      R"(,"raw":)" NUMBER R"(,"vouched_raw":)" NUMBER_OR_NULL R"(,"reach":)" COUNT R"(,"amplification":)" NUMBER
      R"(,"interactions":)" COUNT) ","
    R"("Card":)" OBJECT(R"("state")",
      R"("state":{"enum":["scored","unscored","not_enough_data"]},)"
      R"("score":)" NUMBER_OR_NULL R"(,"low":)" NUMBER_OR_NULL R"(,"high":)" NUMBER_OR_NULL
      R"(,"vouched_score":)" NUMBER_OR_NULL R"(,"bound_score":)" NUMBER_OR_NULL R"(,"percentile":)" NUMBER_OR_NULL
      R"(,"percentile_here":)" NUMBER_OR_NULL R"(,"coverage":)" NUMBER R"(,"raw":)" NUMBER R"(,"vouched_raw":)"
      NUMBER_OR_NULL R"(,"reach":)" COUNT R"(,"amplification":)" NUMBER R"(,"interactions":)" COUNT R"(,"model":)" TEXT
      R"(,"as_of":)" TIME_OR_NULL R"(,"protection":{"enum":["verified","unprotected"]},"missing":)" COUNT R"(,"stale":)"
      LIST(OBJECT(R"("network","since")", R"("network":)" TEXT R"(,"since":)" TIME_OR_NULL)) R"(,"hidden":)" FLAG
      R"(,"change":)" OBJECT(R"("day","week","month")", R"("day":)" NUMBER_OR_NULL R"(,"week":)" NUMBER_OR_NULL
      R"(,"month":)" NUMBER_OR_NULL)) ","
    R"("History":)" OBJECT(R"("points","models")",
      R"("points":)" LIST(OBJECT(R"("day","score","low","high","model")",
        R"("day":)" DAY R"(,"score":)" NUMBER_OR_NULL R"(,"low":)" NUMBER_OR_NULL R"(,"high":)" NUMBER_OR_NULL
        R"(,"model":)" TEXT))
      R"(,"models":)" LIST(OBJECT(R"("from","model")", R"("from":)" DAY R"(,"model":)" TEXT))) ","
    R"("Moments":)" ITEMS(OBJECT(R"("id","day","network","kind","post","url","text","part","points","engagers")",
      R"("id":)" TEXT R"(,"day":)" DAY R"(,"network":)" TEXT R"(,"kind":{"enum":["post","account"]},"post":)" TEXT_OR_NULL
      R"(,"url":)" TEXT_OR_NULL R"(,"text":)" TEXT_OR_NULL R"(,"part":)" NUMBER R"(,"points":)" NUMBER_OR_NULL
      R"(,"engagers":)" COUNT)) ","
    R"("Reason":)" OBJECT(R"("code","part","points","count","about","words")",
      R"("code":)" TEXT R"(,"part":)" NUMBER R"(,"points":)" NUMBER_OR_NULL R"(,"count":)" COUNT R"(,"about":)" TEXT_OR_NULL
      R"(,"words":)" TEXT) ","
    R"("Reasons":)" OBJECT(R"("raises","limits")",
      R"("raises":)" LIST(REF("Reason")) R"(,"limits":)" LIST(REF("Reason"))) ","
    R"("Change":)" OBJECT(R"("since","before","after","reasons")",
      R"("since":)" TIME R"(,"before":)" REF("Numbers") R"(,"after":)" REF("Numbers") R"(,"reasons":)"
      LIST(OBJECT(R"("code","part","engagers","words")",
        R"("code":)" TEXT R"(,"part":)" NUMBER R"(,"engagers":)" COUNT R"(,"words":)" TEXT))) ","
    R"("WhatIf":)" TAKES(R"("without")", R"("without":{"type":"object","properties":{"engagers":)" LIST(TEXT)
      R"(,"posts":)" LIST(TEXT) R"(,"networks":)" LIST(TEXT) "}}") ","
    R"("WhatIfAnswer":)" OBJECT(R"("before","after")", R"("before":)" REF("Numbers") R"(,"after":)" REF("Numbers")) ","
    R"("LedgerLine":)" OBJECT(
      R"("id","network","account","engager","post","kind","day","tags","verified","part","points_lost")",
      R"("id":)" TEXT R"(,"network":)" TEXT R"(,"account":)" TEXT R"(,"engager":)" TEXT R"(,"post":)" TEXT_OR_NULL
      R"(,"kind":)" TEXT R"(,"day":)" DAY R"(,"tags":)" LIST(TEXT) R"(,"verified":)" FLAG R"(,"part":)" NUMBER
      R"(,"points_lost":)" NUMBER_OR_NULL) ","
    R"("Networks":)" ITEMS(OBJECT(R"("network","part","share","points","engagers")",
      R"("network":)" TEXT R"(,"part":)" NUMBER R"(,"share":)" NUMBER R"(,"points":)" NUMBER_OR_NULL R"(,"engagers":)" COUNT
      R"(,"source":)" REF("Source"))) ","
    R"("Topics":)" ITEMS(OBJECT(R"("topic","part","share","points","engagers")",
      R"("topic":)" TEXT R"(,"part":)" NUMBER R"(,"share":)" NUMBER R"(,"points":)" NUMBER_OR_NULL R"(,"engagers":)"
      COUNT)) ","
    R"("Subscore":)" OBJECT(R"("value","points","words")",
      R"("value":)" NUMBER_OR_NULL R"(,"points":)" NUMBER_OR_NULL R"(,"words":)" TEXT) ","
    R"("Subscores":)" OBJECT(R"("reach","amplification","network")",
      R"("reach":)" REF("Subscore") R"(,"amplification":)" REF("Subscore") R"(,"network":)" REF("Subscore")) ","
    R"("Peer":)" OBJECT(R"("id","person","name","part","x","y")",
      R"("id":)" TEXT R"(,"person":{"type":["string","null"]},"name":)" TEXT_OR_NULL R"(,"part":)" NUMBER R"(,"x":)" NUMBER
      R"(,"y":)" NUMBER) ","
    R"("Influence":)" OBJECT(R"("influencers","influenced","influencers_count","influenced_count")",
      R"("influencers":)" LIST(REF("Peer")) R"(,"influenced":)" LIST(REF("Peer")) R"(,"influencers_count":)" COUNT
      R"(,"influenced_count":)" COUNT) ","
    R"("BoardLine":)" OBJECT(R"("rank","person","card")",
      R"("rank":)" COUNT R"(,"person":)" REF("Person") R"(,"card":)" REF("Card")) ","
    R"("Comparison":)" ITEMS(OBJECT(R"("person","card","history")",
      R"("person":)" REF("Person") R"(,"card":)" REF("Card") R"(,"history":)" REF("History"))) ","
    R"("Preferences":)" OBJECT(
      R"("is_public","audience","on_board","score_hidden","digest","opted_out","locale","time_zone")",
      R"("is_public":)" FLAG R"(,"audience":{"enum":["nobody","members","everyone"]},"on_board":)" FLAG
      R"(,"score_hidden":)" FLAG R"(,"digest":{"enum":["weekly","daily","none"]},"opted_out":)" FLAG R"(,"locale":)" TEXT
      R"(,"time_zone":)" TEXT) ","
    R"("PreferenceChange":{"type":"object","properties":{"is_public":)" FLAG
      R"(,"audience":{"enum":["nobody","members","everyone"]},"on_board":)" FLAG R"(,"score_hidden":)" FLAG
      R"(,"digest":{"enum":["weekly","daily","none"]},"locale":)" TEXT R"(,"time_zone":)" TEXT "}},"
    R"("OptOut":{"type":"object","properties":{"opted_out":)" FLAG "}},"
    R"("Consents":)" ITEMS(OBJECT(R"("id","asker","purpose","given","withdrawn")",
      R"("id":)" ID R"(,"asker":)" TEXT_OR_NULL R"(,"purpose":)" TEXT_OR_NULL R"(,"given":)" TIME R"(,"withdrawn":)"
      TIME_OR_NULL)) ","
    R"("NewConsent":{"type":"object","properties":{"asker":)" TEXT R"(,"purpose":)" TEXT "}},"
    R"("Id":)" OBJECT(R"("id")", R"("id":)" ID) ","
    R"("Lookup":)" OBJECT(R"("time","asker","purpose","outcome")",
      R"("time":)" TIME R"(,"asker":)" TEXT R"(,"purpose":)" TEXT R"(,"outcome":{"enum":["score","unscored","try_later"]})")
      ","
    R"("EraseBody":)" TAKES(R"("name")", R"("name":)" TEXT) ","
    R"("Erased":)" OBJECT(R"("accounts","interactions")", R"("accounts":)" COUNT R"(,"interactions":)" COUNT) ","
    R"("AccountName":)" TAKES(R"("network","account")", R"("network":)" TEXT R"(,"account":)" TEXT) ","
    R"("Proof":)" OBJECT(R"("text","ways","expires")",
      R"("text":)" TEXT R"(,"ways":)" LIST(OBJECT(R"("method","value","words")",
        R"("method":)" TEXT R"(,"value":)" TEXT R"(,"words":)" TEXT)) R"(,"expires":)" TIME) ","
    R"("Verdict":)" OBJECT(R"("proven","method","words","evidence","problems")",
      R"("proven":)" FLAG R"(,"method":)" TEXT_OR_NULL R"(,"words":)" TEXT R"(,"evidence":)" LIST(TEXT) R"(,"problems":)"
      LIST(TEXT)) ","
    R"("SourceName":)" OBJECT(R"("source")", R"("source":)" TEXT) ","
    R"("ProfileCheck":)" OBJECT(R"("seen","items")",
      R"("seen":)" COUNT R"(,"items":)" LIST(OBJECT(R"("code","words")", R"("code":)" TEXT R"(,"words":)" TEXT))) ","
    R"("ApiKey":)" OBJECT(R"("id","prefix","name","scopes","created")",
      R"("id":)" ID R"(,"prefix":)" TEXT R"(,"name":)" TEXT R"(,"scopes":)" LIST(TEXT) R"(,"organisation":)" TEXT_OR_NULL
      R"(,"purpose":)" TEXT_OR_NULL R"(,"created":)" TIME R"(,"expires":)" TIME_OR_NULL R"(,"last_used":)" TIME_OR_NULL
      R"(,"revoked":)" TIME_OR_NULL R"(,"key":)" TEXT) ","
    R"("Keys":)" ITEMS(REF("ApiKey")) ","
    R"("NewKey":)" TAKES(R"("name","scopes")",
      R"("name":)" TEXT R"(,"scopes":)" LIST(TEXT) R"(,"organisation":)" TEXT R"(,"purpose":)" TEXT R"(,"expires":)" TIME) ","
    R"("MadeKey":{"allOf":[)" REF("ApiKey") R"(,{"type":"object","required":["key"]}]},)"
    R"("LookupOutcome":)" OBJECT(R"("outcome","card","stale_since")",
      R"("outcome":{"enum":["score","unscored","try_later"]},"card":{"oneOf":[)" REF("Card")
      R"(,{"type":"null"}]},"stale_since":)" TIME_OR_NULL) ","
    R"("LookupMany":)" TAKES(R"("purpose","ids")",
      R"("purpose":)" TEXT R"(,"ids":{"type":"array","minItems":1,"maxItems":100,"items":)" TEXT "}") ","
    R"("LookupOutcomes":)" ITEMS(REF("LookupOutcome")) ","
    R"("Run":)" OBJECT(R"("id","as_of","model","protection","published","rows","people","scored","seconds")",
      R"("id":)" ID R"(,"as_of":)" TIME R"(,"model":)" TEXT R"(,"protection":)" TEXT R"(,"observed_verified_share":)" NUMBER
      R"(,"published":)" TIME R"(,"rows":)" COUNT R"(,"people":)" COUNT R"(,"scored":)" COUNT R"(,"seconds":)" NUMBER) ","
    R"("State":)" OBJECT(R"("people","sources","run","job","next_sync","reasons_ready","warnings")",
      R"("people":)" COUNT R"(,"sources":)" COUNT R"(,"run":{"oneOf":[)" REF("Run") R"(,{"type":"null"}]},"job":{"oneOf":[)"
      OBJECT(R"("name","stage","done","total")",
        R"("name":)" TEXT R"(,"stage":)" TEXT R"(,"done":)" COUNT R"(,"total":)" COUNT)
      R"(,{"type":"null"}]},"next_sync":)" TIME_OR_NULL R"(,"reasons_ready":)" FLAG R"(,"warnings":)" LIST(TEXT)) ","
    R"("Sources":)" ITEMS(OBJECT(R"("name","connector","network","state","rows")",
      R"("name":)" TEXT R"(,"connector":)" TEXT R"(,"network":)" TEXT R"(,"account":)" TEXT_OR_NULL R"(,"server":)"
      TEXT_OR_NULL R"(,"state":)" TEXT R"(,"since":)" TIME_OR_NULL R"(,"read":)" TIME_OR_NULL R"(,"problem":)" TEXT_OR_NULL
      R"(,"rows":)" COUNT)) ","
    R"("Member":)" OBJECT(R"("id","name","basis","verified","inviter","cut","accounts","scored")",
      R"("id":)" ID R"(,"name":)" TEXT R"(,"basis":)" TEXT R"(,"verified":)" TEXT_OR_NULL R"(,"inviter":)" TEXT_OR_NULL
      R"(,"cut":)" FLAG R"(,"accounts":)" LIST(TEXT) R"(,"scored":)" FLAG) ","
    R"("VerifiedBody":)" TAKES(R"("verified")", R"("verified":)" FLAG) ","
    R"("Farms":)" ITEMS(OBJECT(R"("id","engagers","targets","density","reference_density","accounts")",
      R"("id":)" TEXT R"(,"engagers":)" COUNT R"(,"targets":)" COUNT R"(,"density":)" NUMBER R"(,"reference_density":)" NUMBER
      R"(,"accounts":)" LIST(R"({"type":"object"})"))) ","
    R"("Logins":)" ITEMS(OBJECT(R"("id","name","role","person","has_password","created")",
      R"("id":)" ID R"(,"name":)" TEXT R"(,"role":)" TEXT R"(,"person":{"type":["string","null"]},"has_password":)" FLAG
      R"(,"created":)" TIME)) ","
    R"("NewLogin":)" TAKES(R"("name")", R"("name":)" TEXT R"(,"role":{"enum":["person","operator"]})") ","
    R"("MadeLogin":)" OBJECT(R"("id","url","expires")", R"("id":)" ID R"(,"url":)" TEXT R"(,"expires":)" TIME) ","
    R"("AuditLine":)" OBJECT(R"("time","by","what","login","detail")",
      R"("time":)" TIME R"(,"by":{"type":["string","null"]},"what":)" TEXT R"(,"login":{"type":["string","null"]},"detail":)"
      TEXT) ","
    R"("KloutError":)" OBJECT(R"("error","description")", R"("error":)" COUNT R"(,"description":)" TEXT) ","
    R"("KloutIdentity":)" OBJECT(R"("id","network")", R"("id":)" TEXT R"(,"network":)" TEXT) ","
    R"("KloutDeltas":)" OBJECT(R"("dayChange","weekChange","monthChange")",
      R"("dayChange":)" NUMBER_OR_NULL R"(,"weekChange":)" NUMBER_OR_NULL R"(,"monthChange":)" NUMBER_OR_NULL) ","
    R"("KloutUser":)" OBJECT(R"("kloutId","nick","score","scoreDeltas")",
      R"("kloutId":)" ID R"(,"nick":)" TEXT R"(,"score":)" OBJECT(R"("score","bucket")",
        R"("score":)" NUMBER R"(,"bucket":)" TEXT) R"(,"scoreDeltas":)" REF("KloutDeltas")) ","
    R"("KloutScore":)" OBJECT(R"("score","scoreDelta","bucket")",
      R"("score":)" NUMBER R"(,"scoreDelta":)" REF("KloutDeltas") R"(,"bucket":)" TEXT) ","
    R"("KloutTopics":)" LIST(OBJECT(R"("id","displayName","name","slug","imageUrl","topicType")",
      R"("id":)" ID R"(,"displayName":)" TEXT R"(,"name":)" TEXT R"(,"slug":)" TEXT R"(,"imageUrl":)" TEXT
      R"(,"topicType":{"enum":["sub"]})")) ","
    R"("KloutPeer":)" OBJECT(R"("entity")", R"("entity":)" OBJECT(R"("id","payload")",
      R"("id":)" ID R"(,"payload":)" REF("KloutUser"))) ","
    R"("KloutInfluence":)" OBJECT(R"("myInfluencers","myInfluencees","myInfluencersCount","myInfluenceesCount")",
      R"("myInfluencers":)" LIST(REF("KloutPeer")) R"(,"myInfluencees":)" LIST(REF("KloutPeer"))
      R"(,"myInfluencersCount":)" COUNT R"(,"myInfluenceesCount":)" COUNT) ","
    R"("KloutPair":)" OBJECT(R"("twitter_screen_name","kscore")", R"("twitter_screen_name":)" TEXT R"(,"kscore":)" NUMBER)
    ","
    R"("KloutUsers":)" OBJECT(R"("status","users")",
      R"("status":)" COUNT R"(,"users":)" LIST(OBJECT(R"("twitter_screen_name")",
        R"("twitter_screen_name":)" TEXT R"(,"twitter_id":)" TEXT_OR_NULL R"(,"kscore":)" NUMBER R"(,"score":)"
        OBJECT(R"("kscore","network_score","amplification_score","true_reach","delta_1day","delta_5day")",
          R"("kscore":)" NUMBER R"(,"network_score":)" NUMBER_OR_NULL R"(,"amplification_score":)" NUMBER
          R"(,"true_reach":)" COUNT R"(,"delta_1day":)" NUMBER_OR_NULL R"(,"delta_5day":)" NUMBER_OR_NULL)
        R"(,"topics":)" LIST(TEXT) R"(,"influencers":)" LIST(REF("KloutPair")) R"(,"influencees":)"
        LIST(REF("KloutPair")))))
    "}";

#undef ID
#undef TEXT
#undef TEXT_OR_NULL
#undef NUMBER
#undef NUMBER_OR_NULL
#undef COUNT
#undef FLAG
#undef TIME
#undef TIME_OR_NULL
#undef DAY
#undef REF
#undef LIST
#undef OBJECT
#undef ITEMS
#undef TAKES

}  // namespace

http::ApiInfo api_info() {
  return {.title = "Renown",
          .version = std::string(base::version()),
          .description = "An open, explainable influence score. `unscored` is never to be read as low.",
          .tags = {{"sessions", "Logging in and inviting."},
                   {"people", "Cards, as far as people show them."},
                   {"reasons", "Why a score is what it is, for the person."},
                   {"accounts", "Accounts of one's own."},
                   {"privacy", "What a person decides, takes along and erases."},
                   {"keys", "API keys."},
                   {"lookups", "Others ask, with consent."},
                   {"klout", "As Klout answered, for its old clients."},
                   {"operators", "Running the instance."},
                   {"system", "The program itself."}},
          .schemas = kSchemas};
}

std::string schema_ref(std::string_view name) {
  return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name);
}

std::string page_schema(std::string_view name) {
  return fmt::format(R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array",)"
                     R"("items":{}}},"next":{{"type":["string","null"]}}}}}})",
                     schema_ref(name));
}

http::Parameter days_parameter(std::int64_t fallback, std::int64_t most) {
  return {.name = "days",
          .description = "How many days back.",
          .type = http::ParameterType::integer,
          .least = 1,
          .most = static_cast<double>(most),
          .fallback = fallback};
}

http::Parameter cursor_parameter() {
  return {.name = "cursor", .description = "Where a page before this one ended.", .most_bytes = 200};
}

}  // namespace renown::api
