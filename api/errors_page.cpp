#include "api/errors_page.hpp"

#include "api/problem.hpp"
#include "api/status.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::string_view introduction = R"(# Problems

*Written by the program (`./dev docs`): change `ledger/values/refusal_texts_*.hpp`, then write it again.*

Whatever the API refuses is answered with a problem document (RFC 9457, `application/problem+json`):

```json
{"type":"/v1/problems/amount_not_text","title":"An amount must be text, not a number.","status":422,
 "code":"amount_not_text","detail":"write the amount as text, in quotation marks",
 "field":"/postings/0/amount","instance":"urn:request:1b6e3f0c0000000007"}
```

- `code` is one of the list below and never changes; `title`, `detail` and the texts here may.
- `field` is where it is wrong: a JSON pointer into the body (`/postings/0/amount`), or `?name` of the query.
- `instance` names the request; the same name stands in the header `X-Request-Id` and in the server's log.
- Nothing was recorded, except where a stream of entries says of each line what became of it.

If several rules are broken, the first in this order is reported: the address, the method, who asks and
how often, the node, the right to do it, the query's names, `dry_run`, the `Idempotency-Key`, the body's
type and size, its JSON, its fields (unknown, missing, wrong), its amounts and units, then the rules of the
books in the order of the list below.

| code | status | |
|---|---|---|
)";

}  // namespace

const std::vector<ProblemText>& problem_texts() {
  static const std::vector<ProblemText> all = [] {
    std::vector<ProblemText> texts;
    for (const RefusalText& text : refusal_catalogue())
      texts.push_back({text.code, status_of(text.refusal), text.title, text.cause, text.cure});
    texts.push_back({"request_timeout", 408, "The request came too slowly.",
                     "The headers or the body did not arrive in the time the server allows.",
                     "Send it again over a better connection, or in smaller parts."});
    texts.push_back({unavailable_code, 503, "The server cannot do this now.",
                     "The database cannot be reached, the outcome of a commit is unknown, too much work is "
                     "waiting, or the "
                     "server is stopping.",
                     "Repeat the request with the same Idempotency-Key after the seconds in Retry-After: it "
                     "happens once."});
    texts.push_back(
        {internal_error_code, 500, "Something went wrong on the server.",
         "A promise of the program does not hold. It is not the caller's fault; nothing was recorded.",
         "Tell the operator the incident's name; the log explains it."});
    return texts;
  }();
  return all;
}

std::string errors_page() {
  std::string page{introduction};
  for (const ProblemText& text : problem_texts()) {
    const std::string code{text.code};
    page += "| [`" + code + "`](#" + code + ") | " + std::to_string(text.status) + " | " +
            std::string{text.title} + " |\n";
  }
  for (const ProblemText& text : problem_texts()) {
    page += "\n## `" + std::string{text.code} + "`\n\n";
    page += std::to_string(text.status) + " " + reason_of(text.status) + ". **" + std::string{text.title} +
            "**\n\n";
    page += "- Cause: " + std::string{text.cause} + "\n- Cure: " + std::string{text.cure} + "\n";
  }
  return page;
}

}  // namespace coop::api
