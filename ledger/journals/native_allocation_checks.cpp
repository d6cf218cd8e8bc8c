#include "ledger/journals/native_allocation_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

bool AllocationChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("allocation_")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "allocation_round") take_round(fields, before);
  else if (kind == "allocation_share") take_share(fields, before);
  else take_step(fields, before);
  return true;
}

AllocationChecks::KnownRound& AllocationChecks::round_of(JsonFields& row) {
  const std::int64_t number = row.number("round");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(rounds_.size()),
                     "there is no round " + std::to_string(number));
  return rounds_[static_cast<std::size_t>(number - 1)];
}

void AllocationChecks::take_round(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(rounds_.size()) + 1,
                     "the rounds are numbered with a gap or twice");
  require_text(row, "title", 1, 200);
  require_text(row, "body", 1, 200);
  require_word(row, "level", {"node", "federation"});
  require_text(row, "decision", 1, 500);
  const std::string fund = row.text("fund");
  require_consistent(before.dimensions.contains({books::DimensionKind::fund, fund}) &&
                         before.scales.contains(row.text("unit")),
                     "a round is of no fund or in no unit");
  require_consistent(row.day("until_on") >= row.day("from_on"), "a round ends before it begins");
  const std::int64_t pot = row.number("pot_minor");
  const std::int64_t participants = require_count(row, "participants", 1);
  require_consistent(pot > 0 && participants <= 5'000, "a round divides nothing, or among too many");
  rounds_.push_back({fund, pot, participants});
}

void AllocationChecks::take_share(JsonFields& row, const Before& before) {
  KnownRound& round = round_of(row);
  require_consistent(row.number("line") == ++round.lines && round.lines <= round.participants,
                     "the shares of a round have a gap, or are too many");
  const std::string member = row.text("member");
  const std::int64_t minor = row.number("amount_minor");
  const bool has_more = round.lines <= round.pot % round.participants;
  require_consistent(before.members.knows_member(member) && round.left.emplace(member, minor).second &&
                         minor == round.pot / round.participants + (has_more ? 1 : 0),
                     "a share is nobody's, or not equal to the others");
}

void AllocationChecks::move(JsonFields& row, KnownRound& round, KnownProposal& proposal, int sign) {
  const std::string member = row.text("member");
  const std::int64_t minor = row.number("amount_minor");
  const auto left = round.left.find(member);
  require_consistent(left != round.left.end() && minor > 0,
                     "nothing is given, or by somebody without a share");
  std::int64_t& given = proposal.by_member[member];
  given = checked_add(given, sign * minor);
  left->second = checked_add(left->second, -sign * minor);
  proposal.given = checked_add(proposal.given, sign * minor);
  require_consistent(given >= 0 && left->second >= 0 && proposal.given <= proposal.goal,
                     "more is given than there is, or than is needed, or is given back");
}

void AllocationChecks::take_step(JsonFields& row, const Before& before) {
  KnownRound& round = round_of(row);
  require_consistent(row.number("number") == ++round.steps, "the steps of a round have a gap");
  const std::string kind =
      require_word(row, "step", {"proposed", "given", "given_back", "funded", "closed", "given_up"});
  const bool moves = kind == "given" || kind == "given_back";
  require_consistent(
      row.has("proposal") == (moves || kind == "funded") && row.has("title") == (kind == "proposed") &&
          (!row.has("cost_object") || kind == "proposed") && row.has("member") == moves &&
          row.has("amount_minor") == (moves || kind == "proposed") &&
          row.has("mandate") == (kind == "funded") && row.has("reason") == (kind == "given_up"),
      "a step of a round is not whole");
  require_consistent(round.is_closed == (kind == "funded") && !round.is_given_up,
                     "a round goes on once it was closed or given up");
  if (kind == "given_up") {
    require_text(row, "reason", 1, 500);
    round.is_given_up = true;
    return;
  }
  if (kind == "closed") {
    round.is_closed = true;
    return;
  }
  if (kind == "proposed") {
    require_text(row, "title", 1, 200);
    const std::string cost_object = row.text_or_empty("cost_object");
    require_consistent((cost_object.empty() ||
                        before.dimensions.contains({books::DimensionKind::cost_object, cost_object})) &&
                           row.number("amount_minor") > 0,
                       "a proposal is for nothing, or for no cost object");
    round.proposals.emplace(round.steps, KnownProposal{row.number("amount_minor")});
    return;
  }
  const auto found = round.proposals.find(row.number("proposal"));
  require_consistent(found != round.proposals.end(), "that was not proposed");
  if (moves) return move(row, round, found->second, kind == "given" ? 1 : -1);
  const std::int64_t mandate = row.number("mandate");
  require_consistent(mandate > 0 && mandate <= static_cast<std::int64_t>(before.mandates.size()) &&
                         before.mandates[static_cast<std::size_t>(mandate - 1)] ==
                             std::pair{round.fund, found->second.goal} &&
                         found->second.given == found->second.goal && !found->second.is_funded &&
                         mandates_.insert(mandate).second,
                     "what is funded has not its goal, or no mandate of so much");
  found->second.is_funded = true;
}

void AllocationChecks::finish() const {
  for (const KnownRound& round : rounds_) {
    require_consistent(round.lines == round.participants, "a round lacks shares");
    for (const auto& [number, proposal] : round.proposals)
      require_consistent(!round.is_closed || proposal.is_funded == (proposal.given == proposal.goal),
                         "what got its goal has no mandate");
  }
}

}  // namespace coop::journals
