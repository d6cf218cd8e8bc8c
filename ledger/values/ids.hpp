#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace coop {

/// A number that names one kind of thing. Kinds do not mix, do not convert, and have no default value.
template <class Kind, class Number>
class Id {
 public:
  using number_type = Number;
  constexpr explicit Id(Number number) noexcept : number_{number} {}
  constexpr Number number() const noexcept { return number_; }
  friend constexpr auto operator<=>(Id, Id) noexcept = default;

 private:
  Number number_;
};

/// A node: a co-operative with its own books. Small, given out by this server.
using NodeId = Id<struct NodeKind, std::int32_t>;
/// A unit of account (EUR, HOUR, ECO). Small, given out by this server.
using UnitId = Id<struct UnitKind, std::int32_t>;
/// An account of one node, counted from 1 within the node.
using AccountId = Id<struct AccountKind, std::int32_t>;
/// A row of a node's dimensions: a fund, member, cost object or tax code; counted from 1 within the node.
using DimensionId = Id<struct DimensionKindTag, std::int32_t>;
/// The public, gap-free number of an entry within its node, from 1; the schema has room for 2,147,483,647.
using EntryNumber = Id<struct EntryKind, std::int64_t>;
/// The public, gap-free number of a hold within its node, from 1.
using HoldNumber = Id<struct HoldKind, std::int64_t>;
/// A person or program that signs in to this server.
using UserId = Id<struct UserKind, std::int32_t>;
/// A person or organisation that a node knows; counted from 1 within the node.
using PartyId = Id<struct PartyKindTag, std::int32_t>;
/// A class of members of a node; counted from 1 within the node.
using ClassId = Id<struct ClassKind, std::int32_t>;
/// A party in a class for some time; counted from 1 within the node.
using MembershipId = Id<struct MembershipKind, std::int32_t>;
/// A tier of dues of a node; counted from 1 within the node.
using TierId = Id<struct TierKind, std::int32_t>;
/// The gap-free number of a charge within its node, from 1.
using ChargeNumber = Id<struct ChargeKindTag, std::int64_t>;
/// The gap-free number of a payment within its node, from 1.
using PaymentNumber = Id<struct PaymentKindTag, std::int64_t>;

}  // namespace coop

template <class Kind, class Number>
struct std::hash<coop::Id<Kind, Number>> {
  std::size_t operator()(coop::Id<Kind, Number> id) const noexcept {
    return std::hash<Number>{}(id.number());
  }
};
