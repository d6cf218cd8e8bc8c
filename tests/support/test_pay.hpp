#pragma once
#include <string>
#include <vector>

#include "ledger/pay/claim_store.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/sharing/sharing_rule.hpp"
#include "tests/support/test_work.hpp"

namespace coop::test {

/// Books with accounts for pay, the rules equal_hour, own_rates, oldest_first and all_debts_alike of the
/// shipped examples, and the tariff of 25.00 EUR for livelihood since 2020. tess writes runs; pia and quinn,
/// who are no members, approve them.
class PayTest : public WorkTest {
 protected:
  PayTest();
  void adopt_example(const std::string& code);
  /// A rule of our own since 2020.
  void adopt_rule(const std::string& code, const sharing::SharingRule& rule);
  pay::Tariff adopt_tariff(const pay::TariffDraft& draft);
  /// Work of a member of tech on a day, for a cost object or none, that another approved. Returns its number.
  work::HoursNumber worked(const std::string& member, const std::string& day, int minutes,
                           const std::string& object = {});
  /// A run of January 2026 in EUR, by own rates, what is deferred a debt.
  pay::WagesDraft wages(const std::string& amount, const std::string& rule = "own_rates") const;
  pay::SettlementDraft settlement(const std::string& amount, const std::string& rule) const;
  pay::PayRun propose(const pay::WagesDraft& draft, const std::string& by = "tess");
  pay::PayRun propose(const pay::SettlementDraft& draft, const std::string& by = "tess");
  pay::PayRun propose(const pay::LapseDraft& draft, const std::string& by = "tess");
  pay::PayRun approve_run(pay::PayRunNumber number, const std::string& by);
  pay::PayRun post_run(pay::PayRunNumber number);
  /// pia and quinn approve it, and it is posted.
  pay::PayRun posted(const pay::PayRun& run);
  pay::PayRun cancel_run(pay::PayRunNumber number);
  pay::PayRun undo_run(pay::PayRunNumber number);
  std::vector<pay::DeferredClaim> claims(const pay::ClaimFilter& filter = {});
  /// "M1 451.98 28.02, …": member, paid, deferred.
  static std::string amounts_of(const pay::PayRun& run);
  /// The tables of the room.
  static std::vector<std::string> pay_tables();
  /// Runs of every kind and state.
  void fill_pay();
};

}  // namespace coop::test
