#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_bill_service.hpp"
#include "ledger/costs/cost_pool_service.hpp"
#include "ledger/costs/cost_usage_service.hpp"
#include "ledger/database/tx.hpp"
#include "tests/support/test_members.hpp"

namespace coop::test {

/// E1's shared server in the books of bcn: the pool "server" of five nodes by 40 % equally and 60 % minutes.
/// Users tess, tom and ann; member M1, whose sign-in is ann.
class CostTest : public MembersTest {
 protected:
  CostTest();
  /// The user of this name, now.
  books::Author user(const std::string& name) const;
  /// Adopts a rule that comes with the program, or one that is given as JSON.
  void adopt_rule(const std::string& code, const std::string& json = {});
  /// A draft of the pool "server" from 2026-01-01.
  static costs::CostPoolDraft server();
  costs::CostPool adopt(const costs::CostPoolDraft& draft);
  /// A bill of somebody for "server".
  static costs::CostBillDraft bill(const std::string& node, const std::string& amount,
                                   const std::string& day = "2026-01-20");
  /// Records it; what bcn paid, with an entry of that amount.
  costs::CostBill record(costs::CostBillDraft draft);
  /// What a participant of "server" used in January.
  static costs::CostUsageDraft minutes(const std::string& node, int minutes);
  costs::UsageFate use(const costs::CostUsageDraft& draft);
  /// E1's bills and minutes.
  void fill_month();
  costs::CostAllocation divide(const std::string& to = "2026-01-31", const std::string& name = "tom");
  costs::CostAllocation approve(const costs::CostAllocation& allocation, const std::string& name = "tess");
  /// "138.43 132.58 …": shares, or nets, in the order of the term.
  static std::string shares_of(const costs::CostAllocation& allocation);
  static std::string nets_of(const costs::CostAllocation& allocation);
  /// Records and divides up to four random bills again and again, each from `least` up to below `end` minor
  /// units and none of nothing: parts add up to what was paid, and nobody gains.
  void expect_random_bills_add_up(std::int64_t least, std::int64_t end);
  /// Divisions of every state, a correction, a gift, a withdrawn bill, a second term.
  void fill();
  /// The tables of the room.
  static std::vector<std::string> tables();
};

}  // namespace coop::test
