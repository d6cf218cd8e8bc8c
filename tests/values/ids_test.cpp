#include "ledger/values/ids.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace coop {
namespace {

template <class A, class B>
concept Comparable = requires(A a, B b) {
  a == b;
};
template <class A, class B>
concept Ordered = requires(A a, B b) {
  a < b;
};

static_assert(!std::is_default_constructible_v<NodeId>, "there is no empty id");
static_assert(!std::is_convertible_v<int, NodeId>, "a number is not an id by accident");
static_assert(!std::is_convertible_v<NodeId, int>, "an id is not a number by accident");
static_assert(!std::is_convertible_v<EntryNumber, HoldNumber>, "kinds of id do not mix");
static_assert(!std::is_constructible_v<AccountId, DimensionId>, "kinds of id do not mix");
static_assert(!Comparable<AccountId, DimensionId> && !Ordered<NodeId, UnitId>, "kinds of id do not compare");
static_assert(Comparable<NodeId, NodeId> && Ordered<EntryNumber, EntryNumber>);
static_assert(sizeof(AccountId) == sizeof(std::int32_t), "an id costs what its number costs");

TEST(Ids, CompareAndHashByTheirNumber) {
  EXPECT_LT(EntryNumber{41}, EntryNumber{42});
  EXPECT_EQ(NodeId{7}.number(), 7);
  const std::unordered_set<AccountId> accounts{AccountId{1}, AccountId{2}, AccountId{1}};
  EXPECT_EQ(accounts.size(), 2U);
}

}  // namespace
}  // namespace coop
