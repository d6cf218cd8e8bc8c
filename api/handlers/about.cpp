#include "api/handlers/handlers.hpp"
#include "api/handlers/routes.hpp"
#include "api/json_writer.hpp"
#include "api/metrics.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"

namespace coop::api {

namespace {

constexpr std::string_view home_page = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>CoopLedger</title>
<meta name="viewport" content="width=device-width">
<h1>CoopLedger</h1>
<p>The books of federated co-operatives. This server speaks a REST API:</p>
<ul>
<li><a href="/v1">/v1</a>: every address, with a sentence each
<li><a href="/v1/openapi.yaml">/v1/openapi.yaml</a>, <a href="/v1/openapi.json">/v1/openapi.json</a>:
the OpenAPI document
<li><a href="/v1/problems">/v1/problems</a>: every problem it may answer with, its cause and its cure
<li><a href="/health/ready">/health/ready</a>, <a href="/metrics">/metrics</a>: for the operator
</ul>
<p>Sign in with <code>POST /v1/sign-in</code> and <code>{"name": "…", "password": "…"}</code>;
it answers a token. Then send <code>Authorization: Bearer coop_…</code> with each request.</p>
</html>
)";

}  // namespace

Answer show_home(const Call&, Services&) {
  return content("text/html; charset=utf-8", std::string{home_page});
}

Answer show_index(const Call&, Services& services) {
  JsonWriter out;
  out.open().field("program", "coopledger").field("version", services.version).array("routes");
  for (const Route& route : routes())
    out.open()
        .field("method", route.method)
        .field("path", route.pattern)
        .field("summary", route.summary)
        .close();
  out.end_array().close();
  return ok(out.take());
}

Answer show_live(const Call&, Services&) { return ok("{\"live\":true}"); }

Answer show_ready(const Call& call, Services& services) {
  if (services.database.reachable()) return ok("{\"ready\":true}");
  return unavailable("The database cannot be reached.", call.id, 5);
}

Answer show_metrics(const Call&, Services& services) {
  if (!services.metrics) throw Refused{Refusal::route_unknown, "metrics are switched off"};
  return content("text/plain; version=0.0.4; charset=utf-8", services.metrics->text());
}

Answer show_openapi_yaml(const Call&, Services&) {
  return content("application/yaml", std::string{openapi_yaml()});
}

Answer show_openapi_json(const Call&, Services&) { return ok(std::string{openapi_json()}); }

}  // namespace coop::api
