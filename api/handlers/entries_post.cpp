#include <array>

#include "api/handlers/draft_reader.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/receipt.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"
#include "ledger/books/reversal_service.hpp"

namespace coop::api {

namespace {

books::Draft draft_of(const Call& call, Services& services, bool may_wait) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  return DraftReader{services.units, may_wait}.draft_from(JsonValue{body}, call.request_key(),
                                                          call.caller.user());
}

Answer answer_of(const books::Settled& settled, const std::string& node, const std::string& request_id) {
  if (const auto* recorded = std::get_if<books::Recorded>(&settled)) return receipt_answer(node, *recorded);
  if (const auto* refused = std::get_if<Refused>(&settled)) return problem_of(*refused, request_id);
  return problem_of_exception(std::get<std::exception_ptr>(settled), request_id);
}

}  // namespace

void start_entry(Call&& call, Services& services, AnswerLater answer) {
  books::Draft draft = draft_of(call, services, !call.at_reactor);
  services.entry_queue.submit(call.node().id, std::move(draft),
                              [node = call.node().name, id = call.id, answer = std::move(answer)](
                                  const books::Settled& settled) { answer(answer_of(settled, node, id)); });
}

Answer try_entry(const Call& call, Services& services) {
  const std::array<books::Draft, 1> one{draft_of(call, services, true)};
  const auto outcomes = services.database.in_dry_tx([&](Tx& tx) {
    return books::judge_only(tx, call.node().id, one, books::Together::each_alone, call.now);
  });
  return dry_receipt_answer(call.node().name, books::recorded_or_throw(outcomes.front()));
}

Answer reverse_entry(const Call& call, Services& services) {
  const EntryNumber number{call.path_number("number", Refusal::entry_unknown)};
  books::ReversalDraft draft{call.request_key(), number, std::nullopt, books::LateEntry::first_open_day, {}};
  const std::string_view text = call.json_text(most_small_json_bytes);
  if (!text.empty()) {
    const JsonDocument body{text};
    const JsonObject fields{JsonValue{body}, {"booked_on", "late", "description"}};
    if (const auto day = fields.find("booked_on")) draft.booked_on = day->day();
    if (const auto late = fields.find("late")) draft.late = late->parsed(late_from);
    draft.description = fields.text_or_empty("description", 1'000);
  }
  const auto reversed = [&](Tx& tx) { return books::reverse(tx, call.node().id, draft, call.author()); };
  if (call.dry_run) return dry_receipt_answer(call.node().name, services.database.in_dry_tx(reversed));
  return receipt_answer(call.node().name, services.database.in_tx(reversed));
}

}  // namespace coop::api
