#include "ledger/collecting/collection.hpp"

#include <algorithm>
#include <set>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::collecting {

namespace {

constexpr WordTable<CollectionState, 5> states{{{CollectionState::proposed, "proposed"},
                                                {CollectionState::approved, "approved"},
                                                {CollectionState::handed_in, "handed_in"},
                                                {CollectionState::settled, "settled"},
                                                {CollectionState::cancelled, "cancelled"}}};
constexpr WordTable<StepKind, 6> step_kinds{{{StepKind::excluded, "excluded"},
                                             {StepKind::approved, "approved"},
                                             {StepKind::handed_in, "handed_in"},
                                             {StepKind::cancelled, "cancelled"},
                                             {StepKind::settled, "settled"},
                                             {StepKind::returned, "returned"}}};
constexpr WordTable<SkipReason, 8> skip_reasons{{{SkipReason::no_mandate, "no_mandate"},
                                                 {SkipReason::mandate_held, "mandate_held"},
                                                 {SkipReason::mandate_expired, "mandate_expired"},
                                                 {SkipReason::mandate_ended, "mandate_ended"},
                                                 {SkipReason::nothing_due, "nothing_due"},
                                                 {SkipReason::on_its_way, "on_its_way"},
                                                 {SkipReason::collected_before, "collected_before"},
                                                 {SkipReason::bank_would_refuse, "bank_would_refuse"}}};

// "2026-01" of a whole month, else first and last day.
std::string words_of(const Period& period) {
  if (period == Period::month_of(period.first())) return period.first().text().substr(0, 7);
  if (period.days() == 1) return period.first().text();
  return period.first().text() + " - " + period.last().text();
}

Instant made_at(const Collection& collection) {
  Instant at = collection.recorded_at;
  for (const CollectionStep& step : collection.steps)
    if (step.kind == StepKind::approved) at = std::max(at, step.recorded_at);
  return at;
}

DirectDebit direct_debit_of(const Collection& collection, const CollectionLine& line) {
  if (!line.account)
    throw Refused{Refusal::party_erased, "the account of " + line.member + " was erased: no file is made"};
  return {.end_to_end_id = line.end_to_end_id,
          .amount_cents = line.minor,
          .due_on = collection.due_on,
          .sequence = line.sequence,
          .scheme = line.scheme,
          .account = {collection.creditor.iban, collection.creditor.bic},
          .mandate_id = line.reference,
          .signed_on = line.signed_on,
          .account_changed = line.account_changed,
          .debtor_name = line.account->name,
          .debtor_iban = line.account->iban,
          .debtor_bic = line.account->bic,
          .debtor_address = line.account->address,
          .text = purpose_of(line)};
}

}  // namespace

std::string_view text_of(CollectionState state) { return text_among(states, state); }
CollectionState collection_state_from(std::string_view text) { return word_among(states, text); }
std::string_view text_of(StepKind kind) { return text_among(step_kinds, kind); }
StepKind step_kind_from(std::string_view text) { return word_among(step_kinds, text); }
std::string_view text_of(SkipReason reason) { return text_among(skip_reasons, reason); }
SkipReason skip_reason_from(std::string_view text) { return word_among(skip_reasons, text); }

CollectionState state_of(const std::vector<CollectionStep>& steps) {
  CollectionState state = CollectionState::proposed;
  int approvals = 0;
  for (const CollectionStep& step : steps) {
    if (step.kind == StepKind::approved && ++approvals == approvals_needed) state = CollectionState::approved;
    if (step.kind == StepKind::handed_in) state = CollectionState::handed_in;
    if (step.kind == StepKind::settled) state = CollectionState::settled;
    if (step.kind == StepKind::cancelled) state = CollectionState::cancelled;
  }
  return state;
}

const CollectionStep* ending_of(const Collection& collection, int line) {
  const auto found = std::ranges::find(collection.steps, std::optional{line}, &CollectionStep::line);
  return found == collection.steps.end() ? nullptr : &*found;
}

std::string_view line_state_of(const Collection& collection, const CollectionLine& line) {
  const CollectionStep* ending = ending_of(collection, line.line);
  if (ending && ending->kind == StepKind::excluded) return "excluded";
  if (ending) return line.payment ? "returned" : "rejected";
  return line.payment ? "paid" : text_of(state_of(collection.steps));
}

std::vector<const CollectionLine*> standing_lines(const Collection& collection) {
  std::vector<const CollectionLine*> standing;
  std::set<int> ended;
  for (const CollectionStep& step : collection.steps)
    if (step.line) ended.insert(*step.line);
  for (const CollectionLine& line : collection.lines)
    if (!ended.contains(line.line)) standing.push_back(&line);
  return standing;
}

std::int64_t standing_minor(const Collection& collection) {
  std::int64_t sum = 0;
  for (const CollectionLine* line : standing_lines(collection)) sum = checked_add(sum, line->minor);
  return sum;
}

std::vector<const CollectionLine*> lines_in_file(const Collection& collection) {
  std::set<int> excluded;
  for (const CollectionStep& step : collection.steps)
    if (step.kind == StepKind::excluded) excluded.insert(*step.line);
  std::vector<const CollectionLine*> lines;
  for (const CollectionLine& line : collection.lines)
    if (!excluded.contains(line.line)) lines.push_back(&line);
  return lines;
}

DirectDebitOrder order_of(const Collection& collection) {
  DirectDebitOrder order{collection.message_id,
                         made_at(collection),
                         collection.creditor.name,
                         collection.creditor.identifier,
                         {}};
  for (const CollectionLine* line : lines_in_file(collection))
    order.collections.push_back(direct_debit_of(collection, *line));
  return order;
}

std::string purpose_of(const CollectionLine& line) {
  std::string text = line.member;
  for (const CollectedCharge& charge : line.charges) {
    text += text == line.member ? ": " : ", ";
    const bool by_hand = charge.kind == dues::DueKind::other && !charge.why.empty();
    text += by_hand ? charge.why : std::string{dues::text_of(charge.kind)} + " " + words_of(charge.period);
  }
  return text;
}

std::string message_id_of(std::string_view node, CollectionNumber number) {
  constexpr std::size_t most_of_name = 18;  // leaves room for numbers of 15 digits together
  std::string name{node.substr(0, most_of_name)};
  while (name.ends_with('-')) name.pop_back();
  return name + "-C" + std::to_string(number.number());
}

std::string end_to_end_id_of(std::string_view message_id, int line) {
  return std::string{message_id} + "-" + std::to_string(line);
}

}  // namespace coop::collecting
