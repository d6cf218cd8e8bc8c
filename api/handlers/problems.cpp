#include "api/errors_page.hpp"
#include "api/handlers/handlers.hpp"
#include "api/json_writer.hpp"
#include "api/problem.hpp"
#include "api/status.hpp"

namespace coop::api {

namespace {

void write_text(JsonWriter& out, const ProblemText& text) {
  out.open().field("code", text.code).field("status", text.status).field("title", text.title);
  out.field("cause", text.cause).field("cure", text.cure).close();
}

}  // namespace

Answer list_problems(const Call&, Services&) {
  JsonWriter out;
  out.open().array("items");
  for (const ProblemText& text : problem_texts()) write_text(out, text);
  out.end_array().field("next", std::nullopt).close();
  return ok(out.take());
}

Answer show_problem(const Call& call, Services&) {
  for (const ProblemText& text : problem_texts()) {
    if (text.code != call.path_value("code")) continue;
    JsonWriter out;
    write_text(out, text);
    return ok(out.take());
  }
  throw Refused{Refusal::route_unknown, "no problem has this code"};
}

}  // namespace coop::api
