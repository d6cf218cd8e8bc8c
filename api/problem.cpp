#include "api/problem.hpp"

#include "api/json_writer.hpp"
#include "api/log.hpp"
#include "api/status.hpp"

namespace coop::api {

namespace {

Answer as_problem(int status, std::string json) {
  Answer answer = ok(std::move(json));
  answer.status = status;
  answer.content_type = "application/problem+json";
  return answer;
}

void begin_problem(JsonWriter& out, int status, std::string_view code, std::string_view title) {
  out.open().field("type", "/v1/problems/" + std::string{code}).field("title", title).field("status", status);
  out.field("code", code);
}

void end_problem(JsonWriter& out, std::string_view instance) {
  if (!instance.empty()) out.field("instance", "urn:request:" + std::string{instance});
  out.close();
}

/// A detail may quote what was sent: at most so much of it is told, cut between characters.
std::string shortened(const std::string& detail) {
  constexpr std::size_t longest = 500;
  if (detail.size() <= longest) return detail;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(detail[end]) & 0xC0u) == 0x80u) --end;
  return detail.substr(0, end) + "…";
}

/// "1" if there is none.
std::string last_number_in(std::string_view text) {
  const std::size_t end = text.find_last_of("0123456789");
  if (end == std::string_view::npos) return "1";
  const std::size_t before = text.find_last_not_of("0123456789", end);
  return std::string{text.substr(before + 1, end - before)};
}

Answer our_fault(std::string_view cause, std::string_view instance) {
  log_event(LogLevel::error, "incident", {{"request", instance}, {"cause", cause}});
  JsonWriter out;
  begin_problem(out, 500, internal_error_code, "Something went wrong on the server.");
  out.field("detail", "It is not your fault. Tell the operator the incident's name; the log explains it.");
  out.field("incident", instance);
  end_problem(out, instance);
  return as_problem(500, out.take());
}

}  // namespace

std::string problem_json(const Refused& refused, std::string_view instance, std::string_view extra) {
  const RefusalText& text = text_of(refused.refusal());
  JsonWriter out;
  begin_problem(out, status_of(refused.refusal()), text.code, text.title);
  out.field("detail", refused.detail().empty() ? std::string{text.cause} : shortened(refused.detail()));
  if (!refused.field().empty()) out.field("field", refused.field());
  if (!extra.empty()) out.raw(extra);
  end_problem(out, instance);
  return out.take();
}

Answer problem_of(const Refused& refused, std::string_view instance) {
  Answer answer = as_problem(status_of(refused.refusal()), problem_json(refused, instance));
  if (answer.status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (answer.status == 429) answer.headers.emplace_back("Retry-After", last_number_in(refused.detail()));
  return answer;
}

Answer unavailable(std::string_view detail, std::string_view instance, int retry_after_s) {
  JsonWriter out;
  begin_problem(out, 503, unavailable_code, "The server cannot do this now.");
  out.field("detail", detail);
  end_problem(out, instance);
  Answer answer = as_problem(503, out.take());
  answer.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return answer;
}

Answer problem_of_exception(std::exception_ptr thrown, std::string_view instance) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const Refused& refused) {
    return problem_of(refused, instance);
  } catch (const Unavailable& reason) {
    log_event(LogLevel::warning, "unavailable", {{"request", instance}, {"cause", reason.what()}});
    return unavailable(
        "It is not known whether this was done. Repeat it with the same Idempotency-Key in a moment: it is "
        "done "
        "once, and the first answer is given again.",
        instance, 1);
  } catch (const std::exception& fault) {
    return our_fault(fault.what(), instance);
  } catch (...) {
    return our_fault("something that is no std::exception was thrown", instance);
  }
}

Answer answer_or_problem(std::string_view instance, const std::function<Answer()>& work) {
  try {
    return work();
  } catch (...) {
    return problem_of_exception(std::current_exception(), instance);
  }
}

}  // namespace coop::api
