#include "api/handlers/sharing_trial.hpp"

#include <algorithm>

#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

pay::Trial trial_of(Tx& tx, NodeId node, const AskedTry& asked) {
  const AskedPast& past = *asked.past;
  if (past.pay_run) return pay::trial_of_run(tx, node, pay::PayRunNumber{*past.pay_run});
  return pay::trial_of_hours(tx, node, past.from_on.value(), past.to_on.value(), asked.pot.unit, past.circle);
}

// What was given for the try goes before what the past says.
void merge(std::vector<sharing::Participant>& participants, std::vector<sharing::Participant> given) {
  for (sharing::Participant& one : given) {
    const auto found = std::ranges::find(participants, one.id, &sharing::Participant::id);
    if (found == participants.end()) {
      participants.push_back(std::move(one));
      continue;
    }
    if (!one.place.empty()) found->place = one.place;
    if (!one.lots.empty()) found->lots = std::move(one.lots);
    for (const auto& [name, value] : one.measures) found->measures.insert_or_assign(name, value);
  }
}

std::vector<pay::GivenPay> take_from_past(Tx& tx, NodeId node, AskedTry& asked) {
  pay::Trial trial = trial_of(tx, node, asked);
  if (trial.unit.id != asked.pot.unit.id)
    throw Refused{Refusal::unit_mismatch, "what was paid then is in " + trial.unit.code, "/unit"};
  if (!asked.gives_amount && !trial.amount_minor)
    throw Refused{Refusal::field_missing, "no run paid these hours: say the pot", "/amount"};
  if (!asked.gives_amount) asked.pot.minor = *trial.amount_minor;
  if (!asked.gives_day) asked.pot.on = trial.on;
  asked.pot.figures.merge(trial.figures);
  merge(trial.participants, std::move(asked.participants));
  asked.participants = std::move(trial.participants);
  return std::move(trial.given);
}

}  // namespace

TriedRule try_asked(Tx& tx, NodeId node, const std::string& code, AskedTry asked) {
  std::optional<std::vector<pay::GivenPay>> given;
  if (asked.past) given = take_from_past(tx, node, asked);
  auto version = asked.rule      ? *asked.rule
                 : asked.version ? sharing::read_version(tx, node, code, *asked.version)
                                 : sharing::read_version_on(tx, node, code, asked.pot.on);
  auto division = sharing::try_version(tx, node, version, asked.pot, asked.participants);
  return {std::move(version), std::move(asked.pot), std::move(division), std::move(given)};
}

}  // namespace coop::api
