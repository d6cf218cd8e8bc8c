#include "api/handlers/handlers.hpp"
#include "api/handlers/pages.hpp"
#include "api/handlers/routes.hpp"
#include "api/json_writer.hpp"
#include "api/metrics.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"
#include "ledger/values/markup.hpp"

namespace coop::api {

namespace {

constexpr std::string_view home_body = R"html(<h1>CoopLedger</h1>
<p>The books of federated co-operatives. This server speaks a REST API; programs and people with a token
work with it.</p>
<table>
<tr><th>Look here</th><th>for</th></tr>
<tr><td><a href="/v1">/v1</a></td><td>every address, with a sentence each</td></tr>
<tr><td><a href="/v1/openapi.yaml">/v1/openapi.yaml</a>, <a href="/v1/openapi.json">.json</a></td>
<td>the OpenAPI document: fields and answers of each</td></tr>
<tr><td><a href="/v1/problems">/v1/problems</a></td>
<td>every problem it may answer with, its cause and its cure</td></tr>
<tr><td><a href="/health/ready">/health/ready</a>, <a href="/metrics">/metrics</a></td>
<td>how the server fares</td></tr>
</table>
<h2>First steps</h2>
<p>Sign in; the answer holds a token that is good for twelve hours.
<code>SERVER</code> is the address of this page.</p>
<pre>curl SERVER/v1/sign-in -H 'Content-Type: application/json' \
  -d '{"name": "…", "password": "…"}'</pre>
<p>Then send it with each request: where you have a role, what a co-operative has,
and what it took and spent.</p>
<pre>TOKEN=coop_…
curl -H "Authorization: Bearer $TOKEN" SERVER/v1/me
curl -H "Authorization: Bearer $TOKEN" \
  'SERVER/v1/nodes/NODE/reports/balance-sheet?format=text'
curl -H "Authorization: Bearer $TOKEN" \
  'SERVER/v1/nodes/NODE/reports/income-expenditure?periods=2026&amp;format=text'</pre>
<p>Reports and lists come as JSON, as CSV for a spreadsheet (<code>format=csv</code>),
and as text to read.</p>
)html";

/// Every address as a table for people.
std::string index_body(std::string_view version) {
  std::string body =
      "<h1>Addresses</h1>\n<p>CoopLedger " + markup_escaped(version) +
      ". Their fields and answers: <a href=\"/v1/openapi.yaml\">/v1/openapi.yaml</a>.</p>\n<table>\n"
      "<tr><th>Method</th><th>Address</th><th></th></tr>\n";
  for (const Route& route : routes())
    body += "<tr><td>" + markup_escaped(route.method) + "</td><td><code>" + markup_escaped(route.pattern) +
            "</code></td><td>" + markup_escaped(route.summary) + "</td></tr>\n";
  return body + "</table>\n";
}

}  // namespace

Answer show_home(const Call&, Services&) { return page("CoopLedger", home_body); }

Answer show_index(const Call& call, Services& services) {
  if (wants_page(call)) return varying(page("Addresses", index_body(services.version)));
  JsonWriter out;
  out.open().field("program", "coopledger").field("version", services.version).array("routes");
  for (const Route& route : routes())
    out.open()
        .field("method", route.method)
        .field("path", route.pattern)
        .field("summary", route.summary)
        .close();
  out.end_array().close();
  return varying(ok(out.take()));
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
