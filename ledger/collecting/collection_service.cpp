#include "ledger/collecting/collection_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/chain.hpp"
#include "ledger/books/entry.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/collecting/collection_store.hpp"
#include "ledger/collecting/mandate_service.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/bank_day.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

Collection lock_collection(Tx& tx, NodeId node, CollectionNumber number) {
  books::lock_book_head(tx, node);
  return read_collection(tx, node, number);
}

void require_state(const Collection& collection, std::initializer_list<CollectionState> wanted) {
  const CollectionState state = state_of(collection.steps);
  for (const CollectionState one : wanted)
    if (one == state) return;
  throw Refused{Refusal::collection_not_open, "collection " + std::to_string(collection.number.number()) +
                                                  " is " + std::string{text_of(state)}};
}

void require_day(const books::Node& node, Day due_on, Instant now) {
  if (due_on < day_in_zone(now, node.time_zone))
    throw Refused{Refusal::direct_debit_impossible, due_on.text() + " is past", "/due_on"};
  if (!is_bank_day(due_on))
    throw Refused{Refusal::direct_debit_impossible,
                  "banks do not settle on " + due_on.text() + ", but on " + bank_day_from(due_on).text(),
                  "/due_on"};
}

std::set<PartyId> read_last_for(Tx& tx, NodeId node, const std::vector<std::string>& members) {
  std::set<PartyId> parties;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto party = members::find_party(tx, node, members[i]);
    if (!party)
      throw Refused{Refusal::party_unknown, "there is no member " + members[i],
                    "/final/" + std::to_string(i)};
    parties.insert(party->id);
  }
  return parties;
}

Proposal read_proposal(Tx& tx, NodeId node, const CollectionDraft& draft) {
  const auto euro = books::find_unit(tx, "EUR");
  ensure(euro.has_value(), "there is the unit EUR");
  const auto state = dues::state_of(dues::read_dues_facts(tx, node, {draft.due_on}), draft.due_on);
  return proposal_of({draft.due_on, euro->id, state.charges, members::read_party_numbers(tx, node),
                      read_mandates(tx, node, {}), read_claims(tx, node), read_on_the_way(tx, node),
                      read_last_for(tx, node, draft.last_for)});
}

[[noreturn]] void refuse_empty(const Collection& collection) {
  std::map<std::string_view, int> counts;
  for (const CollectionSkip& skip : collection.skips) ++counts[text_of(skip.reason)];
  std::string words = "there is nothing to collect";
  for (const auto& [reason, count] : counts)
    words += (words.ends_with("collect") ? ": " : ", ") + std::string{reason} + " " + std::to_string(count);
  throw Refused{Refusal::direct_debit_impossible, words};
}

// What was proposed may have been paid, reversed or forbidden since.
void require_still_right(Tx& tx, NodeId node, const Collection& collection) {
  const std::vector<const CollectionLine*> lines = standing_lines(collection);
  std::vector<PartyId> parties;
  std::vector<MandateId> used;
  for (const CollectionLine* line : lines) {
    parties.push_back(line->party);
    used.push_back(line->mandate);
  }
  const auto state =
      dues::state_of(dues::read_dues_facts(tx, node, {collection.due_on}, parties), collection.due_on);
  std::map<ChargeNumber, std::int64_t> open_minor;
  for (const dues::ChargeState& charge : state.charges)
    open_minor.emplace(charge.charge.number, charge.open_minor);
  std::map<MandateId, MandateRecord> mandates;
  for (MandateRecord& record : read_mandates(tx, node, {.ids = used}))
    mandates.emplace(record.id, std::move(record));
  for (const CollectionLine* line : lines) {
    if (const std::string fault = no_longer_owed(*line, open_minor); !fault.empty())
      throw Refused{Refusal::direct_debit_impossible, fault};
    const MandateRecord& record = mandates.at(line->mandate);
    const auto mandate = mandate_of(record);
    if (!mandate) throw Refused{Refusal::party_erased, "the account of " + line->member + " was erased"};
    require_usable(*mandate, state_of(*mandate, collection.due_on));
    if (account_on(record, collection.due_on)->number != line->account_number)
      throw Refused{Refusal::mandate_not_usable,
                    "mandate " + record.reference + ": its account changed since this was proposed"};
  }
}

void use_mandates(Tx& tx, NodeId node, const Collection& collection, const books::Author& author) {
  std::vector<NewMandateChange> changes;
  for (const CollectionLine* line : standing_lines(collection))
    changes.push_back({.mandate = line->mandate,
                       .kind = MandateChangeKind::collected,
                       .on = collection.due_on,
                       .sequence = line->sequence,
                       .collection = collection.number,
                       .line = line->line});
  insert_mandate_changes(tx, node, changes, author);
}

void require_handed_in(const Collection& collection, const std::string& zone, Day on, Instant now) {
  const auto refuse = [](const std::string& words) { throw Refused{Refusal::day_malformed, words, "/on"}; };
  for (const CollectionStep& step : collection.steps) {
    const Day day = day_in_zone(step.recorded_at, zone);
    if (step.kind == StepKind::approved && on < day)
      refuse("it was approved on " + day.text() + ", and went to the bank on that day or later");
  }
  if (on > day_in_zone(now, zone)) refuse(on.text() + " is still to come");
  if (on > collection.due_on) refuse("the bank debits on " + collection.due_on.text());
}

CollectionStep step_of(StepKind kind) { return {0, kind, {}, {}, {}, {}, {}, {}, Instant{}, {}, {}}; }

}  // namespace

Collection propose(Tx& tx, const books::Node& node, const CollectionDraft& draft,
                   const books::Author& author) {
  books::lock_book_head(tx, node.id);
  const CreditorRecord creditor = read_creditor(tx, node.id);
  require_day(node, draft.due_on, author.now);
  Proposal proposal = read_proposal(tx, node.id, draft);
  const CollectionNumber number{read_last_collection(tx, node.id) + 1};
  Collection collection{number,
                        draft.due_on,
                        creditor.number,
                        creditor.creditor,
                        message_id_of(node.name, number),
                        author.now,
                        std::nullopt,
                        std::move(proposal.lines),
                        std::move(proposal.skips),
                        {}};
  put_in_order(collection);
  if (collection.lines.empty()) refuse_empty(collection);
  insert_collection(tx, node.id, collection, author);
  books::tell(tx, node.id, author, "collection_proposed",
              {{"collection", number.number()}, {"due_on", draft.due_on.text()}});
  return read_collection(tx, node.id, number);
}

Collection exclude_line(Tx& tx, NodeId node, const LinePlace& place, const std::string& reason,
                        const books::Author& author) {
  const Collection collection = lock_collection(tx, node, place.collection);
  require_reason(reason);
  require_state(collection, {CollectionState::proposed});
  for (const CollectionStep& step : collection.steps)
    if (step.kind == StepKind::approved)
      throw Refused{Refusal::collection_not_open,
                    "somebody approved it already: cancel it, and propose anew"};
  const auto standing = standing_lines(collection);
  const bool stands = std::ranges::find(standing, place.line, &CollectionLine::line) != standing.end();
  if (!stands)
    throw Refused{Refusal::collection_unknown, "no line " + std::to_string(place.line) + " stands in it"};
  if (standing.size() == 1)
    throw Refused{Refusal::collection_not_open, "it is the last line: cancel the collection instead"};
  CollectionStep step = step_of(StepKind::excluded);
  step.line = place.line;
  step.reason = reason;
  insert_step(tx, node, place.collection, step, author);
  release_charges(tx, node, place.collection, place.line);
  books::tell(tx, node, author, "collection_line_excluded",
              {{"collection", place.collection.number()}, {"line", place.line}});
  return read_collection(tx, node, place.collection);
}

Collection approve(Tx& tx, NodeId node, CollectionNumber number, const books::Author& author) {
  const Collection collection = lock_collection(tx, node, number);
  require_state(collection, {CollectionState::proposed});
  if (!author.user)
    throw Refused{Refusal::approval_repeated, "whoever approves signs in: the books keep who it was"};
  for (const CollectionStep& step : collection.steps)
    if (step.kind == StepKind::approved && step.recorded_by == author.user)
      throw Refused{Refusal::approval_repeated, "you approved it already"};
  require_still_right(tx, node, collection);
  insert_step(tx, node, number, step_of(StepKind::approved), author);
  Collection approved = read_collection(tx, node, number);
  direct_debit_file(order_of(approved));
  books::tell(tx, node, author, "collection_approved",
              {{"collection", number.number()}, {"state", text_of(state_of(approved.steps))}});
  return approved;
}

Collection hand_in(Tx& tx, const books::Node& node, CollectionNumber number, Day on,
                   const books::Author& author) {
  const Collection collection = lock_collection(tx, node.id, number);
  require_state(collection, {CollectionState::approved});
  require_handed_in(collection, node.time_zone, on, author.now);
  require_still_right(tx, node.id, collection);
  CollectionStep step = step_of(StepKind::handed_in);
  step.on = on;
  step.file_hash = hex_of(sha256_of(direct_debit_file(order_of(collection)).xml));
  insert_step(tx, node.id, number, step, author);
  use_mandates(tx, node.id, collection, author);
  books::tell(tx, node.id, author, "collection_handed_in",
              {{"collection", number.number()}, {"on", on.text()}});
  return read_collection(tx, node.id, number);
}

Collection cancel(Tx& tx, NodeId node, CollectionNumber number, const std::string& reason,
                  const books::Author& author) {
  const Collection collection = lock_collection(tx, node, number);
  require_reason(reason);
  require_state(collection, {CollectionState::proposed, CollectionState::approved});
  CollectionStep step = step_of(StepKind::cancelled);
  step.reason = reason;
  insert_step(tx, node, number, step, author);
  release_charges(tx, node, number, std::nullopt);
  books::tell(tx, node, author, "collection_cancelled", {{"collection", number.number()}});
  return read_collection(tx, node, number);
}

Collection read_collection(Tx& tx, NodeId node, CollectionNumber number) {
  if (auto found = find_collection(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::collection_unknown, "there is no collection " + std::to_string(number.number())};
}

DirectDebitFile file_of(const Collection& collection) {
  require_state(collection,
                {CollectionState::approved, CollectionState::handed_in, CollectionState::settled});
  return direct_debit_file(order_of(collection));
}

}  // namespace coop::collecting
