#include "api/http/problem.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (code < 0x20) {
      out += "\\u00";
      out += hex[code >> 4];
      out += hex[code & 15];
    } else {
      out += letter;
    }
  }
  out += '"';
}

}  // namespace

HttpAnswer problem_answer(int status, std::string_view code, std::string_view title,
                          std::string_view detail) {
  HttpAnswer answer;
  answer.status = status;
  answer.headers.emplace_back("Content-Type", "application/problem+json");
  if (status == 503) answer.headers.emplace_back("Retry-After", "1");
  answer.body = "{\"type\":";
  append_json_text(answer.body, "/v1/problems/" + std::string{code});
  answer.body += ",\"title\":";
  append_json_text(answer.body, title);
  answer.body += ",\"status\":" + std::to_string(status) + ",\"code\":";
  append_json_text(answer.body, code);
  answer.body += ",\"detail\":";
  append_json_text(answer.body, detail);
  answer.body += "}";
  return answer;
}

HttpAnswer framing_problem(int status, std::string_view detail) {
  switch (status) {
    case 408:
      return problem_answer(status, "request_timeout", "The request came too slowly.", detail);
    case 503:
      return problem_answer(status, "unavailable", "The server cannot take this request now.", detail);
    default: {
      const bool large = status == 413 || status == 431;
      const RefusalText& text = text_of(large ? Refusal::too_large : Refusal::malformed_request);
      return problem_answer(status, text.code, text.title, detail);
    }
  }
}

}  // namespace coop::api
