#include "ledger/bank/candidate_service.hpp"

#include <algorithm>
#include <set>

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/candidate_store.hpp"
#include "ledger/bank/learning_store.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/order_candidate_store.hpp"
#include "ledger/bank/rule_store.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/payee_service.hpp"
#include "ledger/values/code_text.hpp"

namespace coop::bank {

namespace {

// What the lines carry, each thing once.
struct Carried {
  std::set<StructuredReference> references;
  std::set<std::string> ids;
  std::set<std::string> mandates;
};

Carried carried_by(std::span<const BankLine> lines) {
  Carried carried;
  for (const BankLine& line : lines)
    for (const Pieces pieces = pieces_of(line); const Piece& piece : pieces.pieces) {
      for (StructuredReference& reference : references_of(line, piece))
        carried.references.insert(std::move(reference));
      for (std::string& id : ids_of(line, piece)) carried.ids.insert(std::move(id));
      if (piece.detail != nullptr && !piece.detail->references.mandate.empty())
        carried.mandates.insert(compact_code(piece.detail->references.mandate));
    }
  return carried;
}

template <class Value>
std::vector<Value> list_of(const std::set<Value>& values) {
  return {values.begin(), values.end()};
}

void read_accounts(Tx& tx, NodeId node, Candidates& known) {
  std::map<UnitId, Unit> units;
  for (const books::ListedUnit& listed : books::read_units(tx)) units.emplace(listed.unit.id, listed.unit);
  for (BankAccount& account : read_bank_accounts(tx, node)) {
    Unit unit = units.at(account.unit);
    known.accounts.push_back({std::move(account), std::move(unit)});
  }
}

void read_references(Tx& tx, NodeId node, const Carried& carried, Candidates& known) {
  for (auto& [reference, owners] : dues::find_references(tx, node, list_of(carried.references)))
    for (const dues::ReferenceOwner& owner : owners)
      known.references[reference].push_back({owner.member, owner.debtor, owner.charge});
}

void hash_counterparties(Tx& tx, NodeId node, std::span<const BankLine> lines, Candidates& known) {
  const std::string name = books::read_node_name(tx, node);
  for (const BankLine& line : lines)
    if (const std::string hash = counterparty_hash(name, line); !hash.empty())
      known.hashes.emplace(line.number, hash);
}

void read_known_payers(Tx& tx, NodeId node, Candidates& known) {
  std::set<std::string> hashes;
  for (const auto& [line, hash] : known.hashes) hashes.insert(hash);
  read_payers(tx, node, list_of(hashes), known);
}

void read_learned(Tx& tx, NodeId node, std::span<const BankLine> lines, Candidates& known) {
  const std::string name = books::read_node_name(tx, node);
  std::vector<AskedWords> asked;
  for (const BankLine& line : lines) {
    const KnownAccount* account = known.find_account(line);
    if (account == nullptr) continue;
    AskedWords one{line.number, account->unit.id, line.amount_minor > 0, teaching_words(line), {}};
    for (const std::string& word : one.words) one.hashes.push_back(word_hash(name, word));
    if (!one.words.empty()) asked.push_back(std::move(one));
  }
  if (!asked.empty()) known.lessons = read_lessons(tx, node, asked);
}

bool asks_for_accounts(const std::vector<BankRule>& rules) {
  return std::ranges::any_of(rules,
                             [](const BankRule& rule) { return !rule.is.when.counterparty_hash.empty(); });
}

// What everybody owes whom a reference or a known account names. All that is on record counts: who pays
// before a charge is due pays it.
void read_open(Tx& tx, NodeId node, Candidates& known) {
  std::set<std::string> members;
  for (const auto& [reference, targets] : known.references)
    for (const ReferenceTarget& target : targets) members.insert(target.debtor);
  for (const auto& [hash, member] : known.payers) members.insert(member);
  if (members.empty()) return;
  std::map<PartyId, std::string> numbers;
  std::vector<PartyId> parties;
  for (auto& [party, number] : read_member_ids(tx, node, list_of(members))) {
    parties.push_back(party);
    numbers.emplace(party, std::move(number));
  }
  static const Day last_of_days = Day::parse("9999-12-31");
  const dues::DuesState state =
      dues::state_of(dues::read_dues_facts(tx, node, {last_of_days}, parties), last_of_days);
  for (const dues::ChargeState& charge : state.charges)
    if (charge.open_minor != 0)
      known.open[{numbers.at(charge.charge.debtor), charge.charge.unit}].push_back(
          {charge.charge.number, charge.charge.due_on, charge.open_minor});
  for (auto& [of, charges] : known.open) std::ranges::stable_sort(charges, {}, &OpenCharge::due_on);
}

}  // namespace

Candidates read_candidates(Tx& tx, NodeId node, std::span<const BankLine> lines, const Looking& looking) {
  Candidates known;
  known.fee_account = looking.fee_account;
  read_accounts(tx, node, known);
  const Carried carried = carried_by(lines);
  const auto ids = list_of(carried.ids);
  read_loose_postings(tx, node, lines, looking.matched, known);
  read_references(tx, node, carried, known);
  read_sent_lines(tx, node, ids, list_of(carried.mandates), known);
  read_sent_collections(tx, node, ids, known);
  read_sent_disbursements(tx, node, ids, known);
  known.rules = read_rules(tx, node, {.ended = false});
  if (!looking.only_for_certain || asks_for_accounts(known.rules))
    hash_counterparties(tx, node, lines, known);
  if (!looking.only_for_certain) {
    read_known_payers(tx, node, known);
    read_learned(tx, node, lines, known);
    read_owing(tx, node, known);
    read_opposite_lines(tx, node, lines, known);
  }
  read_open(tx, node, known);
  return known;
}

}  // namespace coop::bank
