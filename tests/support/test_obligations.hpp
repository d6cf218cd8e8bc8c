#pragma once
#include <string>
#include <vector>

#include "ledger/work/obligation_service.hpp"
#include "ledger/work/obligation_store.hpp"
#include "ledger/work/standing_store.hpp"
#include "tests/support/test_work.hpp"

namespace coop::test {

/// Members as in WorkTest; the accounts assets:bank and assets:receivable.
class ObligationTest : public WorkTest {
 protected:
  ObligationTest();
  /// 40 h in 2026 to the node, an hour worth 25.00 EUR, met in hours, money or kind.
  work::ObligationTerms contribution() const;
  /// Records it as tess.
  work::Obligation owe(const work::ObligationTerms& terms, const std::vector<std::string>& members);
  /// The number of hours of M1 toward what they owe, approved by ben.
  work::HoursNumber worked(const std::string& day, int minutes, const std::string& circle = "tech");
  work::ObligationSettlement settle(int obligation, const work::SettlementDraft& draft,
                                    const std::string& name = "tess");
  work::ObligationSettlement take_back(int obligation, int settlement);
  work::Obligation withdraw(int obligation);
  /// An entry by which a member pays 100.00 EUR.
  EntryNumber paid(const std::string& member, const std::string& amount = "100.00");
  /// How a member stands, as work::standing_of() says.
  work::ObligationStanding standing(int obligation, const std::string& member,
                                    const work::StandingFilter& more = {});
  /// What is open of it: "2400 min 1000.00".
  std::string open_of(int obligation, const std::string& member);

  /// Obligations of every kind, hours toward them, settlements of every kind; a table of two hours that came
  /// in.
  void fill_obligations();
  static std::vector<std::string> obligation_tables();
};

}  // namespace coop::test
