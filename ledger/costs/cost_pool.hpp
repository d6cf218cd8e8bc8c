#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::costs {

/// Something that is shared; counted from 1 within the node.
using CostPoolNumber = Id<struct CostPoolKindTag, std::int32_t>;

/// The most who share a pool: the entry of a division has a posting for each.
inline constexpr std::size_t most_participants = 900;

/// As what somebody shares or pays: a node of this server by its name, a party by its member number, a circle
/// by its code, a node of another server by its federation name.
enum class CostPartyKind { node, member, circle, neighbour };
/// "node" …
std::string_view text_of(CostPartyKind kind);
/// Throws Refused: field_invalid.
CostPartyKind cost_party_kind_from(std::string_view text);

/// Whether this is a federation name: the name of a server and that of one of its nodes, "meet.example/mtl".
bool is_neighbour_name(std::string_view text);

/// Somebody who shares a pool, or paid for it.
struct CostParty {
  CostPartyKind kind;
  std::string code;
  friend auto operator<=>(const CostParty&, const CostParty&) = default;
};

/// Somebody who shares a pool. What is given here, rules ask for as the measures "weight" and "fixed".
struct CostParticipant {
  CostParty who;
  std::optional<std::int64_t> weight_millionths = {};
  std::optional<std::int64_t> fixed_minor = {};  ///< minor units of the pool's unit
};

/// Among whom and by which rule a pool is shared; holds until the next term begins, or to its last day.
struct CostTerm {
  int number;  ///< of its pool, from 1
  Day from_on;
  std::optional<Day> until_on;
  std::string title;
  std::string rule;      ///< a code of `sharing`
  std::string decision;  ///< who adopted it, and where that is written down
  std::vector<CostParticipant> participants;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< the user's name
};

/// Something that is shared and costs money: a server, an office, a training, an event.
struct CostPool {
  CostPoolNumber number;
  std::string code;
  std::string unit;  ///< a unit's code
  UnitId unit_id;
  int scale;            ///< of the unit
  std::string expense;  ///< where bills are booked that were paid from these books; at last our own share
  std::string claims;   ///< what others owe, or are owed: an asset or a liability
  std::vector<CostTerm> terms;  ///< from the first on
};

/// A pool, or its next term, that is asked for.
struct CostPoolDraft {
  std::string code;
  std::string unit;
  std::string expense;
  std::string claims;
  Day from_on;
  std::optional<Day> until_on = {};
  std::string title;
  std::string rule;
  std::string decision;
  std::vector<CostParticipant> participants;
};

/// Refuses a draft that says nothing sure, the first in this order, naming the field: name_malformed (code,
/// rule), field_invalid (title), decision_missing, field_invalid (decision too long, last day before the
/// first one; of the participants one by one: nobody or too many share it, a name that is empty or too long),
/// name_malformed (a neighbour's), field_invalid (it stands twice, a weight or fixed amount below zero).
void require_pool_draft(const CostPoolDraft& draft);

/// Whether somebody shares a pool by any of its terms.
bool shares_pool(const CostPool& pool, const CostParty& who);
/// The term that holds on a day, or null.
const CostTerm* find_term(const CostPool& pool, Day on);

/// Whether somebody is inside the books of the node `own`: the node itself or a circle of it. Their shares
/// are its costs; those of others are claims.
bool is_inside(const CostParty& who, std::string_view own);

}  // namespace coop::costs
