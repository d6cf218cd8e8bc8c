#include "ledger/funds/allocation.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 5> allocation_kinds{"proposed", "given", "given_back", "funded",
                                                           "closed"};

// What a step moves from a share to a proposal.
std::int64_t moved_by(const AllocationStep& step) {
  if (step.kind == AllocationStepKind::given) return step.minor;
  return step.kind == AllocationStepKind::given_back ? -step.minor : 0;
}

}  // namespace

std::string_view text_of(AllocationStepKind kind) {
  return allocation_kinds.at(static_cast<std::size_t>(kind));
}

AllocationStepKind allocation_step_kind_from(std::string_view text) {
  const auto* found = std::ranges::find(allocation_kinds, text);
  if (found == allocation_kinds.end())
    throw Refused{Refusal::field_invalid, "no step of a round is '" + std::string{text} + "'"};
  return static_cast<AllocationStepKind>(found - allocation_kinds.begin());
}

std::vector<std::int64_t> equal_shares(std::int64_t pot_minor, std::size_t participants) {
  return split_exactly(pot_minor, std::vector<std::int64_t>(participants, 1));
}

bool is_closed(const AllocationRound& round) {
  return std::ranges::any_of(
      round.steps, [](const AllocationStep& step) { return step.kind == AllocationStepKind::closed; });
}

const AllocationStep* find_proposal(const AllocationRound& round, int proposal) {
  for (const AllocationStep& step : round.steps)
    if (step.number == proposal && step.kind == AllocationStepKind::proposed) return &step;
  return nullptr;
}

std::int64_t given_to(const AllocationRound& round, int proposal, std::string_view member) {
  std::int64_t sum = 0;
  for (const AllocationStep& step : round.steps)
    if (step.proposal == proposal && (member.empty() || step.member == member))
      sum = checked_add(sum, moved_by(step));
  return sum;
}

std::optional<std::int64_t> left_of(const AllocationRound& round, std::string_view member) {
  const auto share = std::ranges::find(round.shares, member, &AllocationShare::member);
  if (share == round.shares.end()) return std::nullopt;
  std::int64_t left = share->minor;
  for (const AllocationStep& step : round.steps)
    if (step.member == member) left = checked_add(left, -moved_by(step));
  return left;
}

std::vector<const AllocationStep*> full_proposals(const AllocationRound& round) {
  std::vector<const AllocationStep*> full;
  for (const AllocationStep& step : round.steps)
    if (step.kind == AllocationStepKind::proposed && given_to(round, step.number) == step.minor)
      full.push_back(&step);
  return full;
}

std::optional<SpendingMandateNumber> mandate_of(const AllocationRound& round, int proposal) {
  for (const AllocationStep& step : round.steps)
    if (step.kind == AllocationStepKind::funded && step.proposal == proposal) return step.mandate;
  return std::nullopt;
}

}  // namespace coop::funds
