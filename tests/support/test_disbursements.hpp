#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/disbursements/approving_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::test {

/// A database test with members, accounts with statements and payments that leave, from assets:bank:main.
/// "tom" proposes; "ann" and "ben" approve. liabilities:payable takes bills, expenses:office costs.
class DisbursementTest : public MatchingTest {
 protected:
  DisbursementTest();

  /// An order to pay a bill of liabilities:payable into an account abroad.
  static disbursements::OrderDraft bill(const std::string& amount, const std::string& source,
                                        const std::string& name = "Paper & Ink",
                                        const std::string& iban = "BE68539007547034");
  disbursements::DisbursementDraft draft(const std::vector<disbursements::OrderDraft>& orders,
                                         std::string_view on = "2026-02-02") const;
  disbursements::Disbursement propose(const disbursements::DisbursementDraft& draft);
  disbursements::Disbursement propose(const std::vector<disbursements::OrderDraft>& orders) {
    return propose(draft(orders));
  }
  using MatchingTest::propose;
  disbursements::Disbursement leave_out(const disbursements::Disbursement& of, int order);
  disbursements::Disbursement approve(const disbursements::Disbursement& of, const std::string& user);
  using MatchingTest::approve;
  disbursements::Disbursement withdraw(const disbursements::Disbursement& of, const std::string& user);
  disbursements::Disbursement cancel(const disbursements::Disbursement& of);
  using MatchingTest::cancel;
  disbursements::Disbursement make_file(const disbursements::Disbursement& of);
  disbursements::Disbursement not_taken(const disbursements::Disbursement& of, std::optional<int> order,
                                        const std::string& user);
  disbursements::Disbursement read(const disbursements::Disbursement& of);
  using MatchingTest::read;
  std::string file_of(const disbursements::Disbursement& of);
  /// Proposed, approved by ann and ben, and its file made.
  disbursements::Disbursement at_bank(const std::vector<disbursements::OrderDraft>& orders);
  /// Lets a user see a member's own view.
  void link(const std::string& member, const std::string& user);
  /// Erases a member's personal data.
  void erase(const std::string& member);

  /// Everything that can become of payments. 1 of four orders: paid in one batch, order 2 came back. 2 of
  /// two: order 2 left out, approved by ann, who withdrew. 3 of two, in all their fields: exported, order 1
  /// not taken. 4 cancelled. 5 exported, then the member M0009 in it was erased. 6 approved by ann.
  void fill();
  /// The tables of payments.
  static const std::vector<std::string>& tables();

  /// "exported: 1 executed, 2 exported"
  static std::string stand_of(const disbursements::Disbursement& of);
};

}  // namespace coop::test
