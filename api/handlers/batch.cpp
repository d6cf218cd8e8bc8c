#include "api/handlers/batch.hpp"

#include <future>

#include "api/handlers/receipt.hpp"
#include "api/problem.hpp"
#include "api/status.hpp"

namespace coop::api {

std::variant<books::Draft, Refused> draft_or_refusal(const std::function<books::Draft()>& read) {
  try {
    return read();
  } catch (const Refused& refused) {
    return refused;
  }
}

namespace {

/// Waits for what became of the drafts. Throws, if it is not known of any: the request is repeated with its
/// key.
std::vector<books::Outcome> outcomes_of(std::vector<books::Settled> all) {
  std::vector<books::Outcome> outcomes;
  outcomes.reserve(all.size());
  for (books::Settled& one : all) {
    if (const auto* thrown = std::get_if<std::exception_ptr>(&one)) std::rethrow_exception(*thrown);
    if (auto* recorded = std::get_if<books::Recorded>(&one)) outcomes.emplace_back(std::move(*recorded));
    else outcomes.emplace_back(std::get<Refused>(std::move(one)));
  }
  return outcomes;
}

}  // namespace

std::vector<books::Outcome> record_drafts(const Call& call, Services& services,
                                          std::vector<books::Draft> drafts, books::Together together) {
  if (drafts.empty()) return {};
  const NodeId node = call.node().id;
  if (call.dry_run)
    return services.database.in_dry_tx(
        [&](Tx& tx) { return books::judge_only(tx, node, drafts, together, call.now); });
  const auto settled = std::make_shared<std::promise<std::vector<books::Settled>>>();
  services.entry_queue.submit_batch(
      node, std::move(drafts), together,
      [settled](std::vector<books::Settled> all) { settled->set_value(std::move(all)); });
  return outcomes_of(settled->get_future().get());
}

void write_item_result(JsonWriter& out, const std::string& node, const books::Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome)) {
    out.open()
        .field("status", status_of(refused->refusal()))
        .name("problem")
        .raw(problem_json(*refused, {}))
        .close();
    return;
  }
  const auto& recorded = std::get<books::Recorded>(outcome);
  out.open().field("status", 201).field("repeated", recorded.repeated).name("entry");
  write_receipt(out, node, recorded);
  out.close();
}

void BatchCounts::add(const books::Outcome& outcome) {
  if (const auto* done = std::get_if<books::Recorded>(&outcome)) ++(done->repeated ? repeated : recorded);
  else ++refused;
}

void BatchCounts::write_fields(JsonWriter& out) const {
  out.field("recorded", recorded).field("repeated", repeated).field("refused", refused);
}

}  // namespace coop::api
