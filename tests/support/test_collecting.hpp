#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/collecting/mandate_service.hpp"
#include "ledger/collecting/settlement_service.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::test {

/// A database test with members, dues and direct debits: the creditor is set, and the users "ann" and "ben"
/// approve. On Saturday 2026-01-31 in Barcelona.
class CollectingTest : public DuesTest {
 protected:
  CollectingTest();

  /// Signs a mandate for a member, from an account of their own.
  collecting::MandateRecord sign(const std::string& number, std::string_view signed_on = "2026-01-02",
                                 collecting::MandateUse use = collecting::MandateUse::recurring);
  collecting::MandateRecord change(const collecting::MandateRecord& mandate,
                                   collecting::MandateChangeKind kind, std::string_view on,
                                   const std::string& code = "");
  /// Gives the mandate another account.
  collecting::MandateRecord move(const collecting::MandateRecord& mandate, std::string_view on,
                                 const std::string& iban);
  using DuesTest::change;
  std::string status(const collecting::MandateRecord& mandate, std::string_view on);

  collecting::Collection propose(std::string_view due_on, const std::vector<std::string>& last_for = {});
  collecting::Collection exclude(const collecting::Collection& collection, int line);
  collecting::Collection approve(const collecting::Collection& collection, const std::string& user);
  collecting::Collection hand_in(const collecting::Collection& collection, std::string_view on);
  collecting::Collection cancel(const collecting::Collection& collection);
  collecting::Collection settle(const collecting::Collection& collection, std::string_view on);
  collecting::Collection come_back(const collecting::Collection& collection, int line, std::string_view on,
                                   const std::string& code, std::optional<std::int64_t> fee_minor = {});
  /// Proposed for the day, approved by ann and ben, and handed in today.
  collecting::Collection at_the_bank(std::string_view due_on);
  collecting::Collection read(const collecting::Collection& collection);

  /// "M0001 20.00 first; M0002 …"
  static std::string lines_of(const collecting::Collection& collection);
  /// "M0003 no_mandate; …"
  static std::string skips_of(const collecting::Collection& collection);
  books::Author as(const std::string& user) const;
};

}  // namespace coop::test
