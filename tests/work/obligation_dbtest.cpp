// Obligations in the books: who owes what, what counts toward it, what is refused on the way, in order.
#include "ledger/books/reversal_service.hpp"
#include "tests/support/test_obligations.hpp"

namespace coop::work {
namespace {

using test::refusal_of;

class ObligationsOfMembers : public test::ObligationTest {
 protected:
  SettlementDraft kind(const std::string& member, std::int64_t minor) const {
    return {.how = SettlementKind::kind,
            .member = member,
            .on = Day::parse("2026-01-30"),
            .minor = minor,
            .words = "chairs"};
  }
  SettlementDraft money(const std::string& member, std::int64_t minor, EntryNumber entry) const {
    return {.how = SettlementKind::money,
            .member = member,
            .on = Day::parse("2026-01-30"),
            .minor = minor,
            .entry = entry};
  }
  SuggestedSplit split(const std::string& day, int minutes, const std::string& circle = "tech") {
    return db().in_snapshot([&](Tx& tx) {
      return suggest_split(tx, node(),
                           {members::read_party(tx, node(), "M1").id, circle, Day::parse(day), minutes});
    });
  }
};

TEST_F(ObligationsOfMembers, AreMetByApprovedHoursOfTheirTimeOnly) {
  owe(contribution(), {"M1"});
  EXPECT_EQ(open_of(1, "M1"), "2400 min 1000.00");
  worked("2026-01-05", 600);
  EXPECT_EQ(open_of(1, "M1"), "1800 min 750.00");
  HoursDraft draft = hour();
  record(draft);  // to be paid
  draft.intent = Intent::obligation;
  const HoursNumber waits = record(draft);
  EXPECT_EQ(open_of(1, "M1"), "1800 min 750.00");
  EXPECT_EQ(split("2026-01-20", 2'000).split.toward, 1'740) << "what waits is taken as approved";
  approve({waits}, "cas");
  EXPECT_EQ(open_of(1, "M1"), "1740 min 725.00");
  reverse(waits, "ann");
  EXPECT_EQ(open_of(1, "M1"), "1800 min 750.00");
  EXPECT_EQ(standing(1, "M1", {.as_of = Day::parse("2026-01-04")}).open.minutes, 2'400);
}

TEST_F(ObligationsOfMembers, ToACircleTakeItsHoursBeforeThoseToTheNode) {
  owe(contribution(), {"M1"});
  ObligationTerms of_circle = contribution();
  of_circle.circle = "tech";
  of_circle.until_on = Day::parse("2026-01-15");
  of_circle.minutes = 120;
  owe(of_circle, {"M1"});
  worked("2026-01-10", 180);
  worked("2026-01-20", 60);
  EXPECT_EQ(standing(2, "M1").beyond.minutes, 60) << "hours count once: they do not flow over";
  EXPECT_EQ(open_of(1, "M1"), "2340 min 975.00");
  EXPECT_EQ(split("2026-01-11", 60).standing->obligation, ObligationNumber{2});
  EXPECT_EQ(split("2026-01-16", 60).standing->obligation, ObligationNumber{1});
  EXPECT_FALSE(split("2025-12-31", 60).standing);
  EXPECT_EQ(refusal_of([&] { split("2026-01-11", 60, "nowhere"); }), "circle_unknown");
  withdraw(2);
  EXPECT_EQ(open_of(1, "M1"), "2160 min 900.00") << "what nobody owes any more takes no hours";
}

TEST_F(ObligationsOfMembers, AreRefusedWithTheirFirstFault) {
  owe(contribution(), {"M1"});
  ObligationTerms terms = contribution();
  terms.circle = "nowhere";
  EXPECT_EQ(refusal_of([&] { owe(terms, {"M9"}); }), "circle_unknown");
  terms.circle = "";
  EXPECT_EQ(refusal_of([&] { owe(terms, std::vector<std::string>(1'001, "M1")); }), "batch_too_large");
  EXPECT_EQ(refusal_of([&] { owe(terms, {"M9", "M2", "M2"}); }), "party_unknown");
  EXPECT_EQ(refusal_of([&] { owe(terms, {"M2", "M2"}); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { owe(terms, {"M2", "M1"}); }), "obligation_overlaps");
  terms.circle = "tech";
  owe(terms, {"M1"});
  const auto more = [&](int number, const std::vector<std::string>& members) {
    return db().in_tx([&](Tx& tx) {
      return add_who_owes(tx, books::read_node(tx, "bcn"), ObligationNumber{number}, members, user("tess"));
    });
  };
  EXPECT_EQ(refusal_of([&] { more(9, {"M2"}); }), "obligation_unknown");
  EXPECT_EQ(refusal_of([&] { more(1, {"M2", "M1"}); }), "field_invalid");
  EXPECT_EQ(more(1, {"M2", "M3"}).members, 3);
  withdraw(1);
  EXPECT_EQ(refusal_of([&] { more(1, {"M4"}); }), "obligation_withdrawn");
  EXPECT_EQ(refusal_of([&] { withdraw(1); }), "obligation_withdrawn");
  owe(contribution(), {"M1"});
  db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), "M3", "left", author()); });
  EXPECT_EQ(refusal_of([&] { more(3, {"M3"}); }), "party_erased");
}

TEST_F(ObligationsOfMembers, AreSettledInKindByWhoeverDoesNotOweThem) {
  owe(contribution(), {"M1", "M2"});
  EXPECT_EQ(refusal_of([&] { settle(9, kind("M1", 1)); }), "obligation_unknown");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M9", 1)); }), "party_unknown");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M3", 1), "ann"); }), "obligation_not_owed");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M1", 0), "ann"); }), "approval_of_own");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M1", 0)); }), "field_invalid");
  SettlementDraft draft = kind("M1", 25'000);
  draft.on = Day::parse("2026-02-01");
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_invalid") << "tomorrow";
  draft = kind("M1", 25'000);
  draft.words = "";
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_missing");
  draft = kind("M1", 25'000);
  draft.entry = EntryNumber{1};
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_invalid");
  draft.entry.reset();
  draft.minutes = 5;
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M1", 100'001)); }), "obligation_exceeded");
  EXPECT_EQ(settle(1, kind("M1", 25'000)).recorded_by, "tess");
  EXPECT_EQ(open_of(1, "M1"), "1800 min 750.00");
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M1", 75'001)); }), "obligation_exceeded");
  EXPECT_EQ(refusal_of([&] { take_back(1, 2); }), "obligation_settlement_unknown");
  take_back(1, 1);
  EXPECT_EQ(open_of(1, "M1"), "2400 min 1000.00");
  EXPECT_EQ(refusal_of([&] { take_back(1, 1); }), "obligation_settlement_impossible");
  EXPECT_EQ(refusal_of([&] { take_back(1, 2); }), "obligation_settlement_impossible");
  withdraw(1);
  EXPECT_EQ(refusal_of([&] { settle(1, kind("M1", 1)); }), "obligation_withdrawn");
}

TEST_F(ObligationsOfMembers, AreSettledInMoneyByAnEntryOfTheMember) {
  owe(contribution(), {"M1", "M2"});
  const EntryNumber entry = paid("M1");
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 100, EntryNumber{99})); }), "entry_unknown");
  EXPECT_EQ(refusal_of([&] { settle(1, money("M2", 100, entry)); }), "obligation_settlement_impossible");
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 10'001, entry)); }), "obligation_settlement_impossible");
  settle(1, money("M1", 6'000, entry));
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 4'001, entry)); }), "obligation_settlement_impossible");
  settle(1, money("M1", 4'000, entry));
  EXPECT_EQ(open_of(1, "M1"), "2160 min 900.00");
  db().in_tx([&](Tx& tx) {
    books::reverse(tx, node(), {books::fingerprint_of("taken back"), entry, {}, {}, {}}, author());
  });
  EXPECT_EQ(open_of(1, "M1"), "2400 min 1000.00") << "what was reversed settles nothing";
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 100, entry)); }), "obligation_settlement_impossible");
  ObligationTerms hours = contribution();
  hours.circle = "tech";
  hours.by_money = hours.by_kind = false;
  owe(hours, {"M1"});
  EXPECT_EQ(refusal_of([&] { settle(2, money("M1", 100, entry)); }), "obligation_settlement_impossible");
}

TEST_F(ObligationsOfMembers, AreSettledInEachUnitForItself) {
  ObligationTerms pounds = contribution();
  pounds.minutes.reset();
  pounds.rate_minor.reset();
  pounds.by_hours = false;
  pounds.minor = 50'000;
  owe(pounds, {"M1"});
  pounds.unit = units().at("GBP").id;
  owe(pounds, {"M1"});
  open("assets:bank", "GBP");
  open("assets:receivable", "GBP");
  const books::DimensionCodes of_m1{std::nullopt, "M1", std::nullopt, std::nullopt};
  const EntryNumber entry = BooksTest::record("2026-01-20", {{"assets:bank", "40.00"},
                                                             {"assets:receivable", "-40.00", of_m1},
                                                             {"assets:bank", "30.00 GBP"},
                                                             {"assets:receivable", "-30.00 GBP", of_m1}})
                                .number;
  settle(1, money("M1", 4'000, entry));
  EXPECT_EQ(refusal_of([&] { settle(2, money("M1", 3'001, entry)); }), "obligation_settlement_impossible");
  settle(2, money("M1", 3'000, entry));
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 1, entry)); }), "obligation_settlement_impossible");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM obligation_settlement"), "2");
}

TEST_F(ObligationsOfMembers, AreSettledByWhatTheMemberGaveOnly) {
  owe(contribution(), {"M1"});
  for (const char* path : {"income:dues", "expenses:wages", "liabilities:wages"}) open(path);
  const books::DimensionCodes of_m1{std::nullopt, "M1", std::nullopt, std::nullopt};
  const auto gave = [&](const std::vector<test::Line>& lines) {
    const EntryNumber entry = BooksTest::record("2026-01-20", lines).number;
    return superuser_value("SELECT given_by_member(" + std::to_string(node().number()) + ", " +
                           std::to_string(entry.number()) + ", 1, " +
                           std::to_string(units().at("EUR").id.number()) + ")");
  };
  // Paid to them.
  EXPECT_EQ(gave({{"expenses:wages", "9.00", of_m1}, {"assets:bank", "-9.00", of_m1}}), "0");
  EXPECT_EQ(gave({{"expenses:wages", "9.00"}, {"liabilities:wages", "-9.00", of_m1}}), "0");
  EXPECT_EQ(gave({{"liabilities:wages", "9.00", of_m1}, {"assets:bank", "-9.00"}}), "0");
  EXPECT_EQ(gave({{"assets:receivable", "9.00", of_m1}, {"assets:bank", "-9.00"}}), "0");
  EXPECT_EQ(gave({{"expenses:wages", "9.00"}, {"assets:receivable", "-9.00", of_m1}}), "0") << "written off";
  // Given by them.
  EXPECT_EQ(gave({{"assets:bank", "9.00"}, {"income:dues", "-9.00", of_m1}}), "900");
  EXPECT_EQ(gave({{"assets:bank", "9.00"}, {"assets:receivable", "-9.00", of_m1}}), "900");
  EXPECT_EQ(gave({{"assets:bank", "9.00", of_m1}, {"income:dues", "-9.00"}}), "900");
  EXPECT_EQ(gave({{"assets:receivable", "9.00", of_m1}, {"income:dues", "-9.00", of_m1}}), "900");
  EXPECT_EQ(gave({{"liabilities:wages", "9.00", of_m1}, {"income:dues", "-9.00", of_m1}}), "900");
  const EntryNumber wages = EntryNumber{1};
  EXPECT_EQ(refusal_of([&] { settle(1, money("M1", 900, wages)); }), "obligation_settlement_impossible");
}

TEST_F(ObligationsOfMembers, AreWaivedAsTheyAreOwedWithAReason) {
  owe(contribution(), {"M1"});
  worked("2026-01-05", 600);
  SettlementDraft draft{.how = SettlementKind::waived, .member = "M1", .on = Day::parse("2026-01-30")};
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_missing");
  draft.words = "was ill";
  draft.minor = 100;
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "field_invalid");
  draft.minor.reset();
  draft.minutes = 1'801;
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "obligation_exceeded");
  draft.minutes = 300;
  settle(1, draft);
  EXPECT_EQ(open_of(1, "M1"), "1500 min 625.00");
  draft.minutes.reset();
  EXPECT_EQ(settle(1, draft).minutes, 1'500) << "all that is open";
  EXPECT_TRUE(standing(1, "M1").is_complete);
  EXPECT_EQ(refusal_of([&] { settle(1, draft); }), "obligation_exceeded");
}

TEST_F(ObligationsOfMembers, AreListedAndFilteredAsTheyWereKnown) {
  fill_obligations();
  const auto members_of = [&](const StandingFilter& filter) {
    std::string all;
    for (const MemberStanding& one :
         db().in_snapshot([&](Tx& tx) { return read_standings(tx, node(), filter); }))
      all += std::to_string(one.obligation.number()) + one.member + " ";
    return all;
  };
  EXPECT_EQ(members_of({}), "1M1 1M2 1M3 2M1 3M4 ");
  EXPECT_EQ(members_of({.complete = true}), "2M1 ");
  EXPECT_EQ(members_of({.complete = false, .limit = 2}), "1M1 1M2 ");
  EXPECT_EQ(members_of({.after = StandingPlace{ObligationNumber{1}, "M2"}}), "1M3 2M1 3M4 ");
  EXPECT_EQ(members_of({.circle = "tech"}), "2M1 ");
  EXPECT_EQ(members_of({.known_at = now - std::chrono::seconds{1}}), "1M1 1M2 1M3 2M1 3M4 4M4 ");
  EXPECT_EQ(standing(1, "M2", {.known_at = now - std::chrono::seconds{1}}).open.minor, 70'000)
      << "before it was taken back";
  EXPECT_EQ(standing(1, "M2").open.minor, 75'000);
  EXPECT_EQ(standing(1, "M3").open.minor, 85'000);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'obligation_settled'"), "6");
}

TEST_F(ObligationsOfMembers, AreKeptByTheSchemaItself) {
  fill_obligations();
  const std::string at =
      ", (SELECT last_recorded_at FROM book_head WHERE node_id = " + std::to_string(node().number()) +
      ") + interval '1 second'";
  const std::string node_text = std::to_string(node().number());
  const auto settled = [&](const std::string& values) {
    return state_of(
        "INSERT INTO obligation_settlement (node_id, obligation_number, number, kind, party_id, "
        "on_day, amount_minor, minutes, entry_number, reverses, words, recorded_at, recorded_by) "
        "VALUES (" +
        node_text + ", " + values + at +
        ", (SELECT id FROM user_account WHERE name = 'tess')); SET CONSTRAINTS ALL IMMEDIATE");
  };
  EXPECT_EQ(settled("1, 7, 'kind', 2, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "23000") << "a gap";
  EXPECT_EQ(settled("1, 6, 'kind', 2, '2026-01-30', 90000, NULL, NULL, NULL, 'x'"), "23000") << "too much";
  EXPECT_EQ(settled("1, 6, 'kind', 4, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "23503") << "not owed";
  EXPECT_EQ(settled("1, 6, 'waived', 2, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "23000") << "an amount";
  EXPECT_EQ(settled("2, 2, 'money', 1, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "23000") << "in money";
  EXPECT_EQ(settled("1, 6, 'money', 3, '2026-01-30', 100, NULL, 1, NULL, 'x'"), "23000") << "used up";
  EXPECT_EQ(settled("1, 6, 'reversed', 2, '2026-01-30', NULL, NULL, NULL, 4, 'x'"), "23505") << "twice";
  EXPECT_EQ(settled("4, 1, 'kind', 4, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "23000") << "withdrawn";
  EXPECT_EQ(settled("1, 6, 'kind', 2, '2026-01-30', 100, NULL, NULL, NULL, NULL"), "23514") << "no words";
  EXPECT_EQ(settled("1, 6, 'kind', 2, '2026-01-30', 100, NULL, NULL, NULL, 'x'"), "accepted");
  EXPECT_EQ(state_of("INSERT INTO obligation_member (node_id, obligation_number, party_id, recorded_at) "
                     "SELECT node_id, 5, 1, recorded_at FROM obligation WHERE number = 1"),
            "23503");
  for (const std::string& table : obligation_tables()) {
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
    EXPECT_EQ(state_of("DELETE FROM " + table), "23001") << table;
  }
}

}  // namespace
}  // namespace coop::work
