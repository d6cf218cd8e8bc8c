// A person signs that books and bank agree; what happens afterwards in that time is seen.
#include "ledger/bank/signoff_service.hpp"
#include "reports/bank_proof.hpp"
#include "reports/signoffs.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;

/// assets:bank:main, with a line of 20.00 on 2026-01-05 that is matched with entry 1, and a posting of 7.00
/// on 2026-01-20 that the bank does not have yet.
class Signoffs : public test::MatchingTest {
 protected:
  Signoffs() {
    const auto entry = record("2026-01-05", {{"assets:bank:main", "20.00"}, {"income:other", "-20.00"}});
    import_ = statement({{.day = "2026-01-05", .amount = "20.00"}}).number;
    match_ = accept(line("20.00"),
                    {{.amount_minor = 2'000, .made = Made::found, .entry = entry.number, .posting_line = 1}});
    record("2026-01-20", {{"assets:bank:main", "7.00"}, {"income:other", "-7.00"}});
  }
  Signoff sign(const std::string& day = "2026-01-31", const std::string& who = "ann",
               const std::string& explanation = {}) {
    return db().in_tx([&](Tx& tx) {
      const auto read = [&](const BankAccount& account) {
        return reports::signed_figures_of(
            reports::read_report_node(tx, node()),
            reports::read_reconciliation(tx, node(), account, units().at("EUR"), Day::parse(day), false));
      };
      return sign_off(tx, node(), {main().number, Day::parse(day), explanation, Day::parse("2026-01-31")},
                      read, who.empty() ? author() : as(who));
    });
  }
  Signoff agree(const Signoff& signoff, const std::string& who) {
    return db().in_tx([&](Tx& tx) { return countersign(tx, node(), signoff.number, as(who)); });
  }
  Signoff withdraw(const Signoff& signoff, const std::string& reason = "too early") {
    return db().in_tx(
        [&](Tx& tx) { return withdraw_signoff(tx, node(), signoff.number, reason, as("ann")); });
  }
  std::string changes(const Signoff& signoff) {
    return db().in_tx([&](Tx& tx) { return words_of(read_changes_since(tx, node(), signoff)); });
  }
  /// "signed up to 2026-01-31; since changed by entry 3" of the proof page.
  std::string proof() {
    const auto proofs = db().in_tx([&](Tx& tx) {
      return reports::read_bank_proofs(tx, node(), Day::parse("2026-01-31"),
                                       [&](UnitId) { return units().at("EUR"); });
    });
    for (const reports::BankProof& one : proofs)
      if (one.reconciliation.account.number == main().number)
        return (one.signoff ? "signed up to " + one.signoff->as_of.text() : "not signed") +
               (one.changes.empty() ? "" : "; since changed by " + words_of(one.changes));
    return "no such account";
  }
  std::optional<BankImportNumber> import_;
  std::optional<Match> match_;
};

TEST_F(Signoffs, KeepWhatWasSigned) {
  const Signoff signoff = sign();
  EXPECT_EQ(signoff.figures.books_minor, 2'700);
  EXPECT_EQ(signoff.figures.uncleared_count, 1);
  EXPECT_EQ(signoff.figures.uncleared_minor, 700);
  EXPECT_EQ(signoff.figures.unbooked_count, 0);
  EXPECT_EQ(signoff.figures.bank_minor, 2'000);
  EXPECT_EQ(signoff.figures.difference_minor, 0);
  EXPECT_EQ(signoff.figures.import, import_);
  EXPECT_EQ(signoff.figures.statement, 1);
  EXPECT_EQ(signoff.last_entry, 2);
  EXPECT_EQ(signoff.signer, "ann");
  EXPECT_EQ(signoff.hash, hex_of(sha256_of(signoff.figures.text)));
  EXPECT_NE(signoff.figures.text.find("entry 2"), std::string::npos) << signoff.figures.text;
  EXPECT_EQ(proof(), "signed up to 2026-01-31");
  const std::string text = reports::signoff_text(signoff, {});
  EXPECT_NE(text.find(signoff.figures.text), std::string::npos) << "as it was signed";
  EXPECT_NE(reports::signoff_html(signoff, {}).find("Signed</th><td>ann"), std::string::npos);
}

TEST_F(Signoffs, ArePutUnderADayOnceByAPerson) {
  EXPECT_EQ(refusal_of([&] { sign("2026-01-31", ""); }), "sign_in_required");
  EXPECT_EQ(refusal_of([&] { sign("2026-02-01"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { sign("2026-01-04"); }), "reconciliation_disagrees") << "the bank says nothing";
  const Signoff first = sign();
  EXPECT_EQ(refusal_of([&] { sign(); }), "signoff_exists");
  EXPECT_EQ(sign("2026-01-30").number.number(), 2);
  EXPECT_EQ(withdraw(first).end_reason, "too early");
  EXPECT_EQ(refusal_of([&] { withdraw(first); }), "signoff_withdrawn_already");
  EXPECT_EQ(refusal_of([&] { agree(first, "ben"); }), "signoff_withdrawn_already");
  EXPECT_EQ(proof(), "signed up to 2026-01-30");
  EXPECT_EQ(sign().number.number(), 3) << "what was withdrawn is signed anew";
  EXPECT_EQ(refusal_of([&] { withdraw(sign("2026-01-29"), ""); }), "field_invalid");
  EXPECT_EQ(
      refusal_of([&] { db().in_tx([&](Tx& tx) { return read_signoff(tx, node(), SignoffNumber{99}); }); }),
      "signoff_unknown");
}

TEST_F(Signoffs, ExplainWhatIsLeftOver) {
  statement({{.day = "2026-01-25", .amount = "1.00"}}, "0.50");
  EXPECT_EQ(refusal_of([&] { sign(); }), "reconciliation_disagrees");
  const Signoff signoff = sign("2026-01-31", "ann", "the bank has promised to correct its statement");
  EXPECT_EQ(signoff.figures.difference_minor, 50);
  EXPECT_NE(reports::signoff_text(signoff, {}).find("the bank has promised"), std::string::npos);
}

TEST_F(Signoffs, AreCountersignedByOthersOnce) {
  const Signoff signoff = sign();
  EXPECT_EQ(refusal_of([&] { agree(signoff, "ann"); }), "approval_repeated");
  EXPECT_EQ(agree(signoff, "ben").countersignatures.at(0).user, "ben");
  EXPECT_EQ(refusal_of([&] { agree(signoff, "ben"); }), "approval_repeated");
}

TEST_F(Signoffs, ShowWhatChangedSince) {
  const Signoff signoff = sign();
  EXPECT_EQ(changes(signoff), "");
  record("2026-02-01", {{"assets:bank:main", "3.00"}, {"income:other", "-3.00"}});
  record("2026-01-15", {{"income:other", "3.00"}, {"expenses:bank", "-3.00"}});
  EXPECT_EQ(changes(signoff), "") << "another time, another account";
  record("2026-01-15", {{"assets:bank:main", "3.00"}, {"income:other", "-3.00"}});
  EXPECT_EQ(changes(signoff), "entry 5");
  undo(*match_);
  EXPECT_EQ(changes(signoff), "entry 5, match 1");
  statement({{.day = "2026-01-30", .amount = "9.00"}});
  EXPECT_EQ(changes(signoff), "entry 5, match 1, file 2");
  EXPECT_EQ(proof(), "signed up to 2026-01-31; since changed by entry 5, match 1, file 2");
  withdraw(signoff);
  EXPECT_EQ(changes(sign()), "") << "signed anew with all of it";
}

}  // namespace
}  // namespace coop::bank
