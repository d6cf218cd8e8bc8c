// The rules by which a line is recognised, on facts made up for them.
#include "ledger/bank/proposal.hpp"

#include <gtest/gtest.h>

#include "ledger/dues/creditor_reference.hpp"

namespace coop::bank {
namespace {

const UnitId euro{1};

struct Proposals : testing::Test {
  Proposals() {
    known.accounts.push_back({{.number = BankAccountNumber{1},
                               .account = AccountId{1},
                               .path = "assets:bank",
                               .unit = euro,
                               .kind = BankAccountKind::bank,
                               .identifier = "ES9121000418450200051332",
                               .title = "Bank",
                               .flips_reversals = {},
                               .recorded_at = {}},
                              Unit{euro, "EUR", 2}});
  }
  static BankLine line(std::int64_t minor, const std::string& words) {
    BankDetail detail;
    detail.words = words;
    return {BankLineNumber{1},
            BankImportNumber{1},
            1,
            1,
            BankAccountNumber{1},
            statements::LineStatus::booked,
            Day::parse("2026-02-10"),
            {},
            minor,
            0,
            false,
            "",
            1,
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            LineState::open,
            {detail}};
  }
  StructuredReference knows(const std::string& member) {
    const auto reference = dues::reference_of_member(ReferenceKind::creditor, member);
    known.references[reference].push_back({member, member, {}});
    return reference;
  }
  void owes(const std::string& member, const char* due_on, std::int64_t minor) {
    auto& open = known.open[{member, euro}];
    open.push_back({ChargeNumber{static_cast<std::int64_t>(open.size()) + 1}, Day::parse(due_on), minor});
  }
  void posted(std::int64_t minor, const char* day, const std::string& reference = {},
              const std::string& member = {}) {
    auto& all = known.postings[BankLineNumber{1}];
    all.push_back({EntryNumber{static_cast<std::int64_t>(all.size()) + 1}, 1, Day::parse(day), minor,
                   reference, "", member});
  }
  std::string seems(const BankLine& line) const {
    std::string all;
    for (const Proposal& one : proposals_for(line, known)) {
      all += std::string{text_of(one.method)} + (one.is_certain ? "!" : "");
      for (const Reason& reason : one.reasons) all += " " + reason.code;
      all += "; ";
    }
    return all;
  }
  Candidates known;
};

TEST_F(Proposals, AreCertainOfAReferenceWhoseAmountIsOpen) {
  const std::string text = knows("M0001").printed();
  owes("M0001", "2026-01-01", 2'000);
  owes("M0001", "2026-02-20", 2'000);
  owes("M0001", "2026-06-01", 500);
  EXPECT_EQ(seems(line(2'000, text)), "reference! reference_found amount_equal; ")
      << "what was due by the day";
  EXPECT_EQ(seems(line(4'000, text)), "reference! reference_found amount_equal; ") << "and what is due soon";
  EXPECT_EQ(seems(line(4'500, text)), "reference! reference_found amount_equal; ") << "and altogether";
  EXPECT_EQ(seems(line(2'500, text)), "reference reference_found amount_part; ");
  EXPECT_EQ(seems(line(4'501, text)), "reference reference_found amount_over; ");
  EXPECT_EQ(seems(line(-2'000, text)), "") << "money that went out pays no dues";
}

TEST_F(Proposals, AreNeverCertainOfAReferenceWithSeveralOwners) {
  const auto reference = knows("M0001");
  known.references[reference].push_back({"m0001", "m0001", {}});
  owes("M0001", "2026-01-01", 2'000);
  EXPECT_EQ(seems(line(2'000, reference.printed())),
            "reference reference_found amount_equal owner_ambiguous; "
            "reference reference_found amount_over owner_ambiguous; ");
}

TEST_F(Proposals, AreNotCertainOfTwoReferencesOnOneLine) {
  const std::string text = knows("M0001").printed() + " and " + knows("M0002").printed();
  owes("M0001", "2026-01-01", 2'000);
  owes("M0002", "2026-01-01", 2'000);
  EXPECT_EQ(certain_among(proposals_for(line(2'000, text), known)), nullptr);
}

TEST_F(Proposals, PutPostingsFirstAndNeedASecondSign) {
  posted(2'000, "2026-02-01");
  EXPECT_EQ(seems(line(2'000, "x")), "posting amount_equal days_apart; ");
  known.postings.clear();
  posted(2'000, "2026-02-01", "INV-2026-7");
  EXPECT_EQ(seems(line(2'000, "your inv-2026-7")), "posting! amount_equal days_apart reference_agrees; ");
  posted(2'000, "2026-02-05");
  EXPECT_EQ(seems(line(2'000, "your inv-2026-7")),
            "posting amount_equal days_apart several_alike reference_agrees; "
            "posting amount_equal days_apart several_alike; ");
  known.postings.clear();
  posted(2'000, "2026-02-01", "7");
  EXPECT_EQ(seems(line(2'000, "7 apples")), "posting amount_equal days_apart; ")
      << "short ones stand there by chance";
}

TEST_F(Proposals, TakePostingsFurtherAwayForSimilarOnly) {
  posted(2'000, "2026-01-20");
  EXPECT_EQ(seems(line(2'000, "x")), "similar amount_equal days_apart; ");
}

TEST_F(Proposals, AreNoneWithoutAnAccountOfTheNode) {
  BankLine foreign = line(2'000, "x");
  foreign.account = BankAccountNumber{2};
  posted(2'000, "2026-02-01");
  EXPECT_EQ(seems(foreign), "");
}

TEST_F(Proposals, LeaveChargesToSomebodyUnlessTheirAccountIsSaid) {
  const std::string text = knows("M0001").printed();
  owes("M0001", "2026-01-01", 2'000);
  BankLine charged = line(1'950, text);
  charged.charges_minor = 50;
  EXPECT_EQ(seems(charged), "reference reference_found amount_equal charges_taken; ");
  known.fee_account = "expenses:bank";
  EXPECT_EQ(seems(charged), "reference! reference_found amount_equal charges_taken; ");
  EXPECT_EQ(proposals_for(charged, known).front().parts.at(1).account, "expenses:bank");
  EXPECT_EQ(proposals_for(charged, known).front().parts.at(1).amount_minor, -50);
}

TEST_F(Proposals, SayWhichIsCertainOnlyIfOneIs) {
  const Proposal guess{MatchMethod::posting, false, 0, {}, {}}, sure{MatchMethod::reference, true, 0, {}, {}};
  const Proposal later{MatchMethod::own_order, true, 0, {}, {}};
  EXPECT_EQ(certain_among({guess}), nullptr);
  EXPECT_EQ(certain_among({guess, sure})->method, MatchMethod::reference);
  EXPECT_EQ(certain_among({sure, sure}), nullptr);
  EXPECT_EQ(certain_among({sure, later})->method, MatchMethod::reference) << "the earlier method counts";
}

}  // namespace
}  // namespace coop::bank
