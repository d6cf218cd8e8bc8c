#include "ledger/rolls/vote.hpp"

#include <algorithm>
#include <set>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::rolls {

namespace {

void require_length(const std::string& text, std::size_t least, std::size_t most, const char* field) {
  if (text.size() >= least && text.size() <= most) return;
  throw Refused{Refusal::field_invalid,
                "this has " + std::to_string(least) + " to " + std::to_string(most) + " bytes", field};
}

void require_link(const std::string& link) {
  const bool is_address = link.starts_with("https://") || link.starts_with("http://");
  const bool is_plain = std::ranges::all_of(link, [](char c) {
    return static_cast<unsigned char>(c) > ' ' && static_cast<unsigned char>(c) != 0x7f;
  });
  if (is_address && is_plain && link.size() > 10 && link.size() <= 2'000) return;
  throw Refused{Refusal::field_invalid, "a link is an address such as https://www.loomio.com/p/Ab12",
                "/link"};
}

std::int64_t cast_of(const Tally& tally) {
  return checked_add(checked_add(tally.votes_for, tally.votes_against), tally.abstained);
}

void require_tally(const Tally& tally, std::span<const RollClass> classes, const std::string& field) {
  const auto of = std::ranges::find(classes, tally.class_code, &RollClass::code);
  if (of == classes.end() || !of->weight) {
    throw Refused{Refusal::tally_impossible, "the class " + tally.class_code + " has no vote on this roll",
                  field};
  }
  if (cast_of(tally) > of->votes) {
    throw Refused{Refusal::tally_impossible,
                  "the class " + tally.class_code + " has " + std::to_string(of->votes) +
                      " votes on this roll, and " + std::to_string(cast_of(tally)) + " were counted",
                  field};
  }
}

}  // namespace

void require_vote(const VoteDraft& draft, std::span<const RollClass> classes) {
  require_length(draft.title, 1, 200, "/title");
  if (draft.link) require_link(*draft.link);
  if (draft.quorum &&
      (draft.quorum->numerator() < 0 || draft.quorum->numerator() > draft.quorum->denominator()))
    throw Refused{Refusal::field_invalid, "a quorum is a share of the votes: 0 to 1", "/quorum"};
  require_length(draft.decision, 0, 500, "/decision");
  require_length(draft.reason, draft.supersedes ? 1 : 0, 500, "/reason");
  if (draft.tallies.empty()) throw Refused{Refusal::tally_impossible, "no class was counted", "/tally"};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < draft.tallies.size(); ++i) {
    const std::string field = "/tally/" + std::to_string(i);
    if (!seen.insert(draft.tallies[i].class_code).second)
      throw Refused{Refusal::field_invalid, "this class is counted twice", field + "/class"};
    require_tally(draft.tallies[i], classes, field);
  }
}

Outcome outcome_of(std::span<const Tally> tallies, const std::optional<Ratio>& quorum,
                   std::span<const RollClass> classes) {
  Outcome outcome;
  for (const RollClass& of : classes) {
    if (!of.weight) continue;
    outcome.eligible = checked_add(outcome.eligible, of.votes);
    const auto tally = std::ranges::find(tallies, of.code, &Tally::class_code);
    const bool counted = tally != tallies.end();
    if (counted) {
      outcome.votes_for = checked_add(outcome.votes_for, tally->votes_for);
      outcome.votes_against = checked_add(outcome.votes_against, tally->votes_against);
      outcome.abstained = checked_add(outcome.abstained, tally->abstained);
      outcome.cast = checked_add(outcome.cast, cast_of(*tally));
    }
    const Fraction weight{*of.weight};
    const std::int64_t either_way = counted ? checked_add(tally->votes_for, tally->votes_against) : 0;
    if (either_way == 0) {
      outcome.weighted_silent = outcome.weighted_silent + weight;
      continue;
    }
    outcome.weighted_for = outcome.weighted_for + weight * Fraction{tally->votes_for, either_way};
    outcome.weighted_against = outcome.weighted_against + weight * Fraction{tally->votes_against, either_way};
  }
  const Fraction weighted = outcome.weighted_for + outcome.weighted_against;
  if (weighted > Fraction{0}) {
    outcome.share_for = outcome.weighted_for / weighted;
    outcome.share_for_by_head =
        Fraction{outcome.votes_for, checked_add(outcome.votes_for, outcome.votes_against)};
  }
  if (quorum) {
    outcome.quorum_votes = narrowed((Fraction{*quorum} * Fraction{outcome.eligible}).rounded_up());
    outcome.quorum_met = outcome.cast >= *outcome.quorum_votes;
  }
  return outcome;
}

}  // namespace coop::rolls
