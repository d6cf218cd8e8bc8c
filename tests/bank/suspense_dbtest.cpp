// Lines that nothing explains: parked by a person, seen by everybody until somebody knows what they are.
#include "ledger/bank/match_store.hpp"
#include "reports/bank_proof.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

using test::refusal_of;

const std::string parked = "liabilities:suspense";

class Suspense : public test::MatchingTest {
 protected:
  Suspense() {
    open(parked);
    open("assets:unknown");
    set(parked);
    import_.emplace(statement({{.day = "2026-02-03", .amount = "50.00", .name = "Nobody", .text = "hello"},
                               {.day = "2026-02-05", .amount = "-8.00", .name = "Nothing", .text = "known"},
                               {.day = "2026-02-09", .amount = "1.00", .name = "Some", .text = "thing"}}));
  }
  BankAccount set(const std::string& path) { return set_of(main().number, path); }
  BankAccount set_of(BankAccountNumber number, const std::string& path) {
    return db().in_tx([&](Tx& tx) { return set_suspense(tx, node(), number, path, author()); });
  }
  // "2 42.00 since 2026-02-03"
  std::string held(std::string_view day) {
    const Suspended found = reconciled("assets:bank:main", day).suspended;
    if (found.lines == 0) return "nothing";
    return std::to_string(found.lines) + " " + text_from_minor(found.amount_minor, 2) + " since " +
           found.since.value().text();
  }
  std::string proof() {
    const auto all = db().in_snapshot([&](Tx& tx) {
      return reports::read_bank_proofs(tx, node(), Day::parse("2026-02-28"),
                                       [&](UnitId) { return units().at("EUR"); });
    });
    return reports::csv_text(reports::table_of_bank_proofs({}, {Day::parse("2026-02-28"), {}}, {all.back()}));
  }
  std::string words() { return look_at(*import_).statements.front().words; }
  std::optional<BankImport> import_;
};

TEST_F(Suspense, IsAnAssetOrLiabilityOfTheUnitWithoutStatements) {
  open("assets:abroad", "GBP");
  EXPECT_EQ(refusal_of([&] { set_of(BankAccountNumber{9}, parked); }), "bank_account_unknown");
  EXPECT_EQ(refusal_of([&] { set("liabilities:nowhere"); }), "account_unknown");
  EXPECT_EQ(refusal_of([&] { set("assets:abroad"); }), "account_unknown");
  EXPECT_EQ(refusal_of([&] { set("income:other"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { set("assets:bank:main"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { set("assets:bank"); }), "field_invalid") << "it has statements itself";
  EXPECT_EQ(set("assets:unknown").suspense, "assets:unknown");
  EXPECT_EQ(set("").suspense, "");
  EXPECT_EQ(set(parked).suspense, parked);
}

TEST_F(Suspense, IsTheLastProposalAndNeverDoneUnattended) {
  EXPECT_EQ(seems(line("50.00")), "suspense [entry liabilities:suspense 50.00] nothing_known_fits; ");
  EXPECT_EQ(run_unattended(*import_).matched, 0);
  accept(line("50.00"), {entry("income:other", "50.00")});
  statement({{.day = "2026-02-11", .amount = "51.00", .name = "Nobody", .text = "hello"}});
  EXPECT_EQ(seems(line("51.00")), "learned [entry income:other 51.00] learned learned; ")
      << "what is known a little comes before it, and alone";
  set("");
  EXPECT_EQ(seems(line("-8.00")), "");
}

TEST_F(Suspense, StaysVisibleUntilTheMatchIsUndone) {
  EXPECT_EQ(held("2026-02-28"), "nothing");
  const Match match = accept_proposal(line("50.00"));
  accept_proposal(line("-8.00"));
  EXPECT_EQ(text_of(match.method), "suspense");
  EXPECT_EQ(match.reasons.at(0).code, "nothing_known_fits");
  EXPECT_EQ(balance(parked), "-42.00");
  EXPECT_EQ(held("2026-02-28"), "2 42.00 since 2026-02-03");
  EXPECT_EQ(held("2026-02-04"), "1 50.00 since 2026-02-03");
  EXPECT_EQ(held("2026-02-02"), "nothing");
  EXPECT_NE(words().find("; 2 in suspense, 1 for you"), std::string::npos) << words();
  EXPECT_EQ(lines({.suspended = true}).size(), 2);
  accept(line("1.00"), {entry("income:other", "1.00")});
  EXPECT_NE(proof().find("open"), std::string::npos) << "it agrees to the cent, and is not explained";
  EXPECT_NE(proof().find("42.00,2026-02-03"), std::string::npos) << proof();
  undo(match);
  accept(line("50.00"), {entry("income:other", "50.00")});
  EXPECT_EQ(held("2026-02-28"), "1 -8.00 since 2026-02-05");
}

TEST_F(Suspense, IsSeenWhoeverParkedWhatAndWhereItWasBefore) {
  accept(line("50.00"), {entry(parked, "20.00"), entry("income:other", "30.00")});
  EXPECT_EQ(held("2026-02-28"), "1 20.00 since 2026-02-03");
  set("assets:unknown");
  EXPECT_EQ(held("2026-02-28"), "1 20.00 since 2026-02-03");
  accept_proposal(line("-8.00"));
  set("");
  EXPECT_EQ(held("2026-02-28"), "2 12.00 since 2026-02-03");
}

TEST_F(Suspense, TeachesNothing) {
  accept(line("50.00"), {entry(parked, "50.00")});
  statement({{.day = "2026-02-11", .amount = "51.00", .name = "Nobody", .text = "hello"}});
  EXPECT_EQ(seems(line("51.00")), "suspense [entry liabilities:suspense 51.00] nothing_known_fits; ");
}

TEST_F(Suspense, IsKeptByTheSchema) {
  const auto trait = [](const std::string& value) {
    return "INSERT INTO bank_account_trait (node_id, bank_account, number, kind, value, recorded_at) SELECT "
           "node_id, number, 9, 'suspense', '" +
           value + "', now() FROM bank_account WHERE number = 1";
  };
  for (const char* value : {"\"income:other\"", "\"nowhere\"", "\"assets:bank\"", "true", "[\"x\"]"})
    EXPECT_EQ(state_of(trait(value)), "23000") << value;
  accept_proposal(line("50.00"));
  EXPECT_EQ(state_of("INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, "
                     "live, recorded_at) SELECT node_id, 99, 2, 'suspense', false, '[]', true, now() FROM "
                     "bank_match WHERE number = 1"),
            "23514")
      << "nobody parks unattended";
}

TEST_F(Suspense, OfAPostingThatIsThereItsLineNeedNotBeSaid) {
  const auto there = record("2026-02-03", {{"income:other", "-50.00"}, {"assets:bank:main", "50.00"}});
  const ProposedPart part{.amount_minor = 5'000, .made = Made::found, .entry = there.number};
  EXPECT_EQ(accept(line("50.00"), {part}).parts.at(0).posting_line, 2);
}

}  // namespace
}  // namespace coop::bank
