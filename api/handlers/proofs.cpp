#include "api/handlers/handlers.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/proof/checkpoint_service.hpp"
#include "ledger/proof/proof_service.hpp"
#include "ledger/values/hex_text.hpp"

namespace coop::api {

namespace {

template <class Bytes>
std::string hex_of_bytes(const Bytes& bytes) {
  return hex_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void write_checkpoint(JsonWriter& out, const proof::Checkpoint& checkpoint) {
  out.open().field("node", checkpoint.node).field("number", checkpoint.number);
  out.field("hash", hex_of(checkpoint.hash)).field("made_at", checkpoint.made_at);
  out.field("key_id", checkpoint.key_id).field("public_key", hex_of_bytes(checkpoint.public_key));
  out.field("signature", hex_of_bytes(checkpoint.signature)).close();
}

std::string checkpoint_json(const proof::Checkpoint& checkpoint) {
  JsonWriter out;
  write_checkpoint(out, checkpoint);
  return out.take();
}

EntryNumber asked_number(const Call& call, Refusal unknown) {
  return EntryNumber{call.path_number("number", unknown)};
}

/// A file for the auditor: the browser saves it under a name of its own.
Answer proof_answer(const Call& call, Services& services, const proof::Shown& shown,
                    const std::string& name) {
  const auto proof =
      std::make_shared<proof::ProofAtHand>(services.database.settings(), call.node().name, shown);
  Answer answer =
      streamed("application/json", [proof](const WritePiece& write) { proof->write_json(write); });
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".proof.json\"");
  return answer;
}

}  // namespace

Answer list_checkpoints(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<EntryNumber>(call, page);
  const auto found = services.database.in_tx(
      [&](Tx& tx) { return proof::read_checkpoints(tx, call.node().id, before, page.limit + 1); });
  return page_answer(call, page, found, write_checkpoint,
                     [](Cursor& place, const proof::Checkpoint& last) { place.add(last.number.number()); });
}

Answer make_checkpoint(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  const auto checkpoint = proof::make_checkpoint(tx, call.node().id, services.signing_key, call.now);
  return created(checkpoint_json(checkpoint),
                 call.request.path + "/" + std::to_string(checkpoint.number.number()));
}

Answer show_checkpoint(const Call& call, Services& services) {
  const EntryNumber number = asked_number(call, Refusal::checkpoint_unknown);
  return ok(checkpoint_json(
      services.database.in_tx([&](Tx& tx) { return proof::read_checkpoint(tx, call.node().id, number); })));
}

Answer prove_entry(const Call& call, Services& services) {
  const EntryNumber number = asked_number(call, Refusal::entry_unknown);
  return proof_answer(call, services, {.numbers = std::pair{number, number}, .period = {}},
                      call.node().name + "-" + std::to_string(number.number()));
}

Answer prove_period(const Call& call, Services& services) {
  if (!call.query("period")) return proof_answer(call, services, {}, call.node().name);
  const Period period = call.query_parsed("period", Period::parse);
  return proof_answer(call, services, {.numbers = {}, .period = period},
                      call.node().name + "-" + period.first().text() + "-" + period.last().text());
}

Answer verify_books(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  JsonWriter out;
  out.open().field("node", call.node().name).close();
  return job_started(tx, call, services, {"verify", out.take(), std::nullopt});
}

}  // namespace coop::api
