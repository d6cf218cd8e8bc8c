#include "ledger/costs/cost_pool.hpp"

#include <algorithm>
#include <set>

#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::costs {

namespace {

constexpr std::size_t longest_code = 31;
constexpr std::size_t longest_party = 40;

constexpr WordTable<CostPartyKind, 4> cost_party_kinds{{{CostPartyKind::node, "node"},
                                                        {CostPartyKind::member, "member"},
                                                        {CostPartyKind::circle, "circle"},
                                                        {CostPartyKind::neighbour, "neighbour"}}};

bool is_small_letter(char letter) { return letter >= 'a' && letter <= 'z'; }
bool is_small_or_digit(char letter) { return is_small_letter(letter) || (letter >= '0' && letter <= '9'); }

// As pools and nodes are called.
bool is_cost_code(std::string_view code) {
  const auto fits = [](char letter) { return is_small_or_digit(letter) || letter == '-'; };
  return !code.empty() && code.size() <= longest_code && is_small_letter(code.front()) &&
         std::ranges::all_of(code, fits);
}

void require_pool_code(std::string_view code) {
  if (!is_cost_code(code))
    throw Refused{Refusal::name_malformed,
                  "a code is a small letter and up to 30 small letters, digits and hyphens", "/code"};
}

void require_participants(const std::vector<CostParticipant>& participants) {
  if (participants.empty() || participants.size() > most_participants)
    throw Refused{Refusal::field_invalid, "1 to " + std::to_string(most_participants) + " share a pool",
                  "/participants"};
  std::set<std::string> codes;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const std::string field = "/participants/" + std::to_string(i);
    const CostParticipant& one = participants[i];
    if (one.who.code.empty() || one.who.code.size() > longest_party)
      throw Refused{Refusal::field_invalid, "it has 1 to 40 characters", field + "/code"};
    if (one.who.kind == CostPartyKind::neighbour && !is_neighbour_name(one.who.code))
      throw Refused{Refusal::name_malformed, "a node of another server is called as meet.example/mtl",
                    field + "/code"};
    if (!codes.insert(one.who.code).second)
      throw Refused{Refusal::field_invalid, one.who.code + " stands there twice", field + "/code"};
    if (one.weight_millionths.value_or(0) < 0)
      throw Refused{Refusal::field_invalid, "a weight is not below zero", field + "/weighting"};
    if (one.fixed_minor.value_or(0) < 0)
      throw Refused{Refusal::field_invalid, "a fixed amount is not below zero", field + "/fixed"};
  }
}

}  // namespace

std::string_view text_of(CostPartyKind kind) { return text_among(cost_party_kinds, kind); }
CostPartyKind cost_party_kind_from(std::string_view text) { return word_among(cost_party_kinds, text); }

bool is_neighbour_name(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || text.size() > longest_party) return false;
  const std::string_view server = text.substr(0, slash);
  const auto fits = [](char letter) { return is_small_or_digit(letter) || letter == '-' || letter == '.'; };
  return !server.empty() && is_small_or_digit(server.front()) && std::ranges::all_of(server, fits) &&
         is_cost_code(text.substr(slash + 1));
}

void require_pool_draft(const CostPoolDraft& draft) {
  require_pool_code(draft.code);
  sharing::require_name(draft.rule);
  if (draft.title.empty() || draft.title.size() > 200)
    throw Refused{Refusal::field_invalid, "it has 1 to 200 bytes", "/title"};
  if (is_blank(draft.decision))
    throw Refused{Refusal::decision_missing, "who decided to share it like this, and where that is written",
                  "/decision"};
  if (draft.decision.size() > 500)
    throw Refused{Refusal::field_invalid, "it has at most 500 bytes", "/decision"};
  if (draft.until_on && *draft.until_on < draft.from_on)
    throw Refused{Refusal::field_invalid, "it is not before /from_on", "/until_on"};
  require_participants(draft.participants);
}

bool shares_pool(const CostPool& pool, const CostParty& who) {
  return std::ranges::any_of(pool.terms, [&](const CostTerm& term) {
    return std::ranges::any_of(term.participants, [&](const CostParticipant& one) { return one.who == who; });
  });
}

const CostTerm* find_term(const CostPool& pool, Day on) {
  for (auto term = pool.terms.rbegin(); term != pool.terms.rend(); ++term)
    if (term->from_on <= on) return term->until_on && *term->until_on < on ? nullptr : &*term;
  return nullptr;
}

bool is_inside(const CostParty& who, std::string_view own) {
  return who.kind == CostPartyKind::circle || (who.kind == CostPartyKind::node && who.code == own);
}

}  // namespace coop::costs
