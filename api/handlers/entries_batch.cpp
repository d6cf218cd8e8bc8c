#include "api/handlers/batch.hpp"
#include "api/handlers/draft_reader.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/receipt.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"
#include "api/status.hpp"

namespace coop::api {

namespace {

books::Together mode_from(std::string_view text) {
  if (text == "atomic") return books::Together::all_or_none;
  if (text == "per_item") return books::Together::each_alone;
  throw Refused{Refusal::field_invalid, "'atomic' or 'per_item' is expected"};
}

/// The items as they were read: a draft, or why there is none.
struct ReadItems {
  std::vector<books::Draft> drafts;
  std::vector<std::variant<std::size_t, Refused>> places;  ///< each item's draft, or its refusal
};

ReadItems read_items(const Call& call, Services& services, const std::vector<JsonValue>& items) {
  ReadItems read;
  DraftReader reader{services.units, true};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto key = books::item_key_of(call.request_key(), i);
    auto draft = draft_or_refusal([&] { return reader.draft_from(items[i], key, call.caller.user()); });
    if (auto* good = std::get_if<books::Draft>(&draft)) {
      read.places.emplace_back(read.drafts.size());
      read.drafts.push_back(std::move(*good));
    } else {
      read.places.emplace_back(std::get<Refused>(std::move(draft)));
    }
  }
  return read;
}

books::Outcome outcome_of(const std::variant<std::size_t, Refused>& place, std::size_t index,
                          const std::vector<books::Outcome>& outcomes) {
  if (const auto* refused = std::get_if<Refused>(&place)) return *refused;
  const books::Outcome& outcome = outcomes.at(std::get<std::size_t>(place));
  const auto* refused = std::get_if<Refused>(&outcome);
  if (!refused) return outcome;
  return refused->below("/entries/" + std::to_string(index));
}

std::string results_json(const std::string& node, const std::vector<books::Outcome>& outcomes) {
  JsonWriter out;
  out.begin_array();
  for (const books::Outcome& outcome : outcomes) write_item_result(out, node, outcome);
  out.end_array();
  return out.take();
}

Answer batch_answer(const Call& call, const std::vector<books::Outcome>& outcomes) {
  BatchCounts counts;
  for (const books::Outcome& outcome : outcomes) counts.add(outcome);
  JsonWriter out;
  out.open();
  if (call.dry_run) out.field("dry_run", true);
  counts.write_fields(out);
  out.name("results").raw(results_json(call.node().name, outcomes)).close();
  return ok(out.take());
}

/// Of an atomic batch with a refusal: nothing is recorded, the problem lists what became of each item.
Answer atomic_refusal(const Call& call, const std::vector<books::Outcome>& outcomes) {
  const Refused refused{Refusal::batch_refused,
                        "nothing was recorded; `results` tells which entries are at fault"};
  const std::string extra = "\"results\":" + results_json(call.node().name, outcomes);
  Answer answer = problem_of(refused, call.id);
  answer.body = problem_json(refused, call.id, extra);
  return answer;
}

}  // namespace

Answer post_batch(const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"mode", "entries"}};
  const books::Together together = fields.require("mode").parsed(mode_from);
  const auto items = fields.require("entries").elements();
  if (items.size() > books::most_drafts)
    fields.require("entries").refuse(Refusal::batch_too_large,
                                     "at most " + std::to_string(books::most_drafts) + " entries");
  ReadItems read = read_items(call, services, items);
  const bool is_atomic = together == books::Together::all_or_none;
  const bool all_read = read.drafts.size() == items.size();
  std::vector<books::Outcome> outcomes;
  if (all_read || !is_atomic) {
    outcomes = record_drafts(call, services, std::move(read.drafts), together);
  } else {
    const Refused neighbour{Refusal::batch_refused, "another entry of the batch was refused"};
    outcomes.assign(read.drafts.size(), neighbour);
  }
  std::vector<books::Outcome> results;
  bool any_refused = false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    results.push_back(outcome_of(read.places[i], i, outcomes));
    any_refused = any_refused || std::holds_alternative<Refused>(results.back());
  }
  return is_atomic && any_refused ? atomic_refusal(call, results) : batch_answer(call, results);
}

}  // namespace coop::api
