#include "tests/support/test_obligations.hpp"

#include "ledger/intake/hours_intake_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

using work::ObligationNumber;
using work::SettlementDraft;
using work::SettlementKind;

ObligationTest::ObligationTest() {
  open("assets:bank");
  open("assets:receivable");
}

work::ObligationTerms ObligationTest::contribution() const {
  return {.title = "Contribution 2026",
          .from_on = Day::parse("2026-01-01"),
          .until_on = Day::parse("2026-12-31"),
          .minutes = 2'400,
          .unit = units().at("EUR").id,
          .rate_minor = 2'500,
          .by_hours = true,
          .by_money = true,
          .by_kind = true,
          .decision = "Assembly of 12 December 2025"};
}

work::Obligation ObligationTest::owe(const work::ObligationTerms& terms,
                                     const std::vector<std::string>& members) {
  return db().in_tx([&](Tx& tx) {
    return work::record_obligation(tx, books::read_node(tx, "bcn"), terms, members, user("tess"));
  });
}

work::HoursNumber ObligationTest::worked(const std::string& day, int minutes, const std::string& circle) {
  work::HoursDraft draft = hour();
  draft.circle = circle;
  draft.worked_on = Day::parse(day);
  draft.minutes = minutes;
  draft.intent = work::Intent::obligation;
  const work::HoursNumber number = record(draft);
  approve({number}, "ben");
  return number;
}

work::ObligationSettlement ObligationTest::settle(int obligation, const SettlementDraft& draft,
                                                  const std::string& name) {
  const books::Author by = user(name);
  return db().in_tx([&](Tx& tx) {
    return work::settle_obligation(tx, books::read_node(tx, "bcn"), ObligationNumber{obligation}, draft, by);
  });
}

work::ObligationSettlement ObligationTest::take_back(int obligation, int settlement) {
  return db().in_tx([&](Tx& tx) {
    return work::reverse_settlement(tx, books::read_node(tx, "bcn"), ObligationNumber{obligation}, settlement,
                                    "a mistake", user("tess"));
  });
}

work::Obligation ObligationTest::withdraw(int obligation) {
  return db().in_tx([&](Tx& tx) {
    return work::withdraw_obligation(tx, books::read_node(tx, "bcn"), ObligationNumber{obligation},
                                     "nobody decided it", user("tess"));
  });
}

EntryNumber ObligationTest::paid(const std::string& member, const std::string& amount) {
  books::DimensionCodes about;
  about[static_cast<std::size_t>(books::DimensionKind::member)] = member;
  return BooksTest::record("2026-01-20",
                           {{"assets:bank", amount}, {"assets:receivable", "-" + amount, about}})
      .number;
}

work::ObligationStanding ObligationTest::standing(int obligation, const std::string& member,
                                                  const work::StandingFilter& more) {
  return db().in_snapshot([&](Tx& tx) {
    work::StandingFilter filter = more;
    filter.obligation = ObligationNumber{obligation};
    filter.member = members::read_party(tx, node(), member).id;
    const auto found = work::read_standings(tx, node(), filter);
    return work::standing_of(found.at(0).terms, found.at(0).done);
  });
}

std::string ObligationTest::open_of(int obligation, const std::string& member) {
  const work::HoursOrMoney open = standing(obligation, member).open;
  return (open.minutes ? std::to_string(*open.minutes) + " min " : "") +
         (open.minor ? text_from_minor(*open.minor, 2) : "");
}

void ObligationTest::fill_obligations() {
  owe(contribution(), {"M1", "M2", "M3"});
  work::ObligationTerms of_circle = contribution();
  of_circle.title = "Cleaning";
  of_circle.circle = "tech";
  of_circle.minutes = 600;
  of_circle.unit.reset();
  of_circle.rate_minor.reset();
  of_circle.by_money = of_circle.by_kind = false;
  owe(of_circle, {"M1"});
  work::ObligationTerms of_money = contribution();
  of_money.title = "Entry";
  of_money.minutes.reset();
  of_money.minor = 50'000;
  of_money.rate_minor.reset();
  of_money.by_hours = false;
  owe(of_money, {"M4"});
  work::ObligationTerms mistaken = contribution();
  mistaken.from_on = Day::parse("2027-01-01");
  mistaken.until_on = Day::parse("2027-12-31");
  owe(mistaken, {"M4"});
  now += std::chrono::minutes{1};
  worked("2026-01-05", 120);
  const Day on = Day::parse("2026-01-30");
  settle(1, {.how = SettlementKind::kind, .member = "M2", .on = on, .minor = 25'000, .words = "two chairs"});
  settle(1, {.how = SettlementKind::money, .member = "M3", .on = on, .minor = 10'000, .entry = paid("M3")});
  settle(1, {.how = SettlementKind::waived, .member = "M3", .on = on, .minutes = 120, .words = "was ill"});
  settle(1, {.how = SettlementKind::kind, .member = "M2", .on = on, .minor = 5'000, .words = "a lamp"});
  settle(2, {.how = SettlementKind::waived, .member = "M1", .on = on, .words = "it is clean"});
  settle(3, {.how = SettlementKind::money, .member = "M4", .on = on, .minor = 20'000, .words = "in 2025"});
  now += std::chrono::minutes{1};
  take_back(1, 4);
  withdraw(4);
  db().in_tx([&](Tx& tx) {
    intake::import_hours(tx, books::read_node(tx, "bcn"),
                         "member,worked_on,minutes,circle,work,intent\nM2,2026-01-12,60,tech,care,gift\n"
                         "M2,2026-01-13,60,tech,care,gift\n",
                         {}, intake::Doubtful::stop, user("tess"));
  });
}

std::vector<std::string> ObligationTest::obligation_tables() {
  return {"obligation",   "obligation_member", "obligation_withdrawal", "obligation_settlement",
          "hours_import", "hours_import_row"};
}

}  // namespace coop::test
