#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "tests/support/test_members.hpp"

namespace coop::test {

/// A database test with funds: "media" in EUR, without terms at first; the cost object "film"; the accounts
/// assets:bank, income:dues, expenses:media, equity:funds and liabilities:held; the member M0007 and the user
/// "tom".
class FundTest : public MembersTest {
 protected:
  FundTest();

  books::Author as(const std::string& user) const;
  Day today() const { return Day::parse("2026-03-10"); }
  static funds::FundTermDraft terms(const Unit& unit, funds::FundPurpose purpose = funds::FundPurpose::media);
  funds::Fund adopt(const std::string& fund, const funds::FundTermDraft& draft);
  using MembersTest::adopt;
  /// Gives the fund an amount, as income.
  void give(const std::string& fund, const std::string& amount, std::string_view day = "2026-01-05");
  /// Spends of the fund, and answers the entry.
  EntryNumber spend(const std::string& fund, const std::string& amount,
                    const std::optional<std::string>& cost_object = {});
  funds::SpendingMandateDraft mandate(const std::string& amount, const std::string& fund = "media") const;
  funds::SpendingMandate grant(const funds::SpendingMandateDraft& draft);
  funds::SpendingMandate draw(int number, const funds::DrawDraft& draft);
  funds::DrawDraft drawn(const std::string& amount, std::optional<EntryNumber> entry = {}) const;
  funds::FundFigures figures(const std::string& fund);

  /// Everything that can become of funds: media with two terms, measures and an account; mandate 1 of 500.00
  /// for the film with draws that were paid at once, paid later, taken back and not paid yet; mandate 2 of
  /// hours, drawn on and recalled; the fund held, money of others.
  void fill();
  /// The tables of funds.
  static const std::vector<std::string>& fund_tables();
};

}  // namespace coop::test
