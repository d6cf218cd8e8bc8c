#include "api/errors_page.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/pages.hpp"
#include "api/json_writer.hpp"
#include "api/problem.hpp"
#include "api/status.hpp"
#include "ledger/values/markup.hpp"

namespace coop::api {

namespace {

void write_text(JsonWriter& out, const ProblemText& text) {
  out.open().field("code", text.code).field("status", text.status).field("title", text.title);
  out.field("cause", text.cause).field("cure", text.cure).close();
}

std::string problem_link(std::string_view code) {
  return "<a href=\"/v1/problems/" + markup_escaped(code) + "\"><code>" + markup_escaped(code) +
         "</code></a>";
}

std::string problems_body() {
  std::string body =
      "<h1>Problems</h1>\n<p>What the API refuses is answered with a problem document; its <code>code</code> "
      "is one of these and never changes.</p>\n<table>\n"
      "<tr><th>Code</th><th>Status</th><th></th></tr>\n";
  for (const ProblemText& text : problem_texts())
    body += "<tr><td>" + problem_link(text.code) + "</td><td>" + std::to_string(text.status) + "</td><td>" +
            markup_escaped(text.title) + "</td></tr>\n";
  return body + "</table>\n";
}

std::string problem_body(const ProblemText& text) {
  return "<h1>" + markup_escaped(text.title) + "</h1>\n<dl>\n<dt>Code</dt><dd><code>" +
         markup_escaped(text.code) + "</code></dd>\n<dt>Status</dt><dd>" + std::to_string(text.status) + " " +
         reason_of(text.status) + "</dd>\n<dt>Cause</dt><dd>" + markup_escaped(text.cause) +
         "</dd>\n<dt>Cure</dt><dd>" + markup_escaped(text.cure) + "</dd>\n</dl>\n";
}

}  // namespace

Answer list_problems(const Call& call, Services&) {
  if (wants_page(call)) return varying(page("Problems", problems_body()));
  JsonWriter out;
  out.open().array("items");
  for (const ProblemText& text : problem_texts()) write_text(out, text);
  out.end_array().field("next", std::nullopt).close();
  return varying(ok(out.take()));
}

Answer show_problem(const Call& call, Services&) {
  for (const ProblemText& text : problem_texts()) {
    if (text.code != call.path_value("code")) continue;
    if (wants_page(call)) return varying(page(text.title, problem_body(text)));
    JsonWriter out;
    write_text(out, text);
    return varying(ok(out.take()));
  }
  throw Refused{Refusal::route_unknown, "no problem has this code"};
}

}  // namespace coop::api
