#include "ledger/funds/allocation.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 6> allocation_kinds{"proposed", "given",  "given_back",
                                                           "funded",   "closed", "given_up"};
constexpr std::array<std::string_view, 3> round_states{"open", "closed", "given_up"};

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

std::string_view text_of(RoundState state) { return round_states.at(static_cast<std::size_t>(state)); }

RoundState state_of(const AllocationRound& round) {
  for (const AllocationStep& step : round.steps) {
    if (step.kind == AllocationStepKind::closed) return RoundState::closed;
    if (step.kind == AllocationStepKind::given_up) return RoundState::given_up;
  }
  return RoundState::open;
}

const AllocationStep* find_proposal(const AllocationRound& round, int proposal) {
  for (const AllocationStep& step : round.steps)
    if (step.number == proposal && step.kind == AllocationStepKind::proposed) return &step;
  return nullptr;
}

std::int64_t given_to(const AllocationRound& round, int proposal, std::string_view member) {
  if (state_of(round) == RoundState::given_up) return 0;
  std::int64_t sum = 0;
  for (const AllocationStep& step : round.steps)
    if (step.proposal == proposal && (member.empty() || step.member == member))
      sum = checked_add(sum, moved_by(step));
  return sum;
}

std::optional<std::int64_t> left_of(const AllocationRound& round, std::string_view member) {
  const auto share = std::ranges::find(round.shares, member, &AllocationShare::member);
  if (share == round.shares.end()) return std::nullopt;
  if (state_of(round) == RoundState::given_up) return share->minor;
  std::int64_t left = share->minor;
  for (const AllocationStep& step : round.steps)
    if (step.member == member) left = checked_add(left, -moved_by(step));
  return left;
}

std::vector<const AllocationStep*> full_proposals(const AllocationRound& round) {
  const AllocationSums sums = sums_of(round);
  std::vector<const AllocationStep*> full;
  for (const AllocationStep& step : round.steps)
    if (step.kind == AllocationStepKind::proposed && sums.given_to.at(step.number) == step.minor)
      full.push_back(&step);
  return full;
}

AllocationSums sums_of(const AllocationRound& round) {
  AllocationSums sums;
  const bool is_given_up = state_of(round) == RoundState::given_up;
  for (const AllocationShare& share : round.shares) sums.left_of[share.member] = share.minor;
  for (const AllocationStep& step : round.steps) {
    if (step.kind == AllocationStepKind::proposed) sums.given_to.emplace(step.number, 0);
    if (step.mandate) sums.mandate_of.emplace(*step.proposal, *step.mandate);
    if (is_given_up || moved_by(step) == 0) continue;
    std::int64_t& left = sums.left_of[step.member];
    std::int64_t& given = sums.given_to[*step.proposal];
    left = checked_add(left, -moved_by(step));
    given = checked_add(given, moved_by(step));
  }
  return sums;
}

}  // namespace coop::funds
