#include "api/kept_answer.hpp"

#include "api/json_document.hpp"
#include "ledger/books/repeat_service.hpp"

namespace coop::api {

namespace {

/// An answer as it is kept: its address in the first line, then its body.
std::string kept_text_of(const Answer& answer) {
  std::string text;
  for (const auto& [name, value] : answer.headers)
    if (name == "Location") text = value;
  return text + "\n" + answer.body_when_repeated.value_or(answer.body);
}

Answer answer_from(const books::KeptAnswer& kept) {
  const std::size_t line = kept.body.find('\n');
  ensure(line != std::string::npos, "a kept answer has its address in the first line");
  Answer answer = ok(kept.body.substr(line + 1));
  answer.status = kept.status;
  if (line > 0) answer.headers.emplace_back("Location", kept.body.substr(0, line));
  answer.headers.emplace_back("Idempotent-Replay", "true");
  return answer;
}

}  // namespace

books::Fingerprint content_of(const Call& call, bool holds_secret) {
  std::string text{call.request.method};
  text += ' ';
  text += call.list_name();
  text += '\0';
  const std::string_view body = call.json_text(most_json_bytes);
  if (holds_secret) text += json_without(body, {"password", "old_password"});
  else text += body;
  return books::fingerprint_of(text);
}

Answer answered_once(Database& database, const Call& call, const books::Fingerprint& content,
                     const std::function<Answer(Tx&)>& work) {
  const auto scope = call.at_node ? std::optional{call.at_node->id} : std::nullopt;
  Answer answer;
  const books::KeptAnswer kept = database.in_tx([&](Tx& tx) {
    const auto fresh = [&] {
      answer = work(tx);
      return books::KeptAnswer{answer.status, kept_text_of(answer), false};
    };
    return call.key.empty() ? fresh() : books::answer_once(tx, scope, call.request_key(), content, fresh);
  });
  if (kept.repeated) return answer_from(kept);
  if (answer.afterwards) answer.afterwards();
  return answer;
}

}  // namespace coop::api
