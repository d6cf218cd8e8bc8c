#include "tests/support/test_funds.hpp"

#include "ledger/values/money.hpp"

namespace coop::test {

using books::DimensionKind;

FundTest::FundTest() {
  superuser_sql("INSERT INTO user_account (name, title, created_at) VALUES ('tom', '', now())");
  for (const char* path :
       {"assets:bank", "assets:held", "income:dues", "expenses:media", "equity:funds", "liabilities:held"})
    open(path);
  add(DimensionKind::fund, {"media", "venue", "held"});
  add(DimensionKind::cost_object, {"film"});
  add_person("Zoe", "M0007");
  now = instant_from_text("2026-03-10T12:00:00Z");
}

books::Author FundTest::as(const std::string& user) const {
  return {UserId{std::stoi(superuser_value("SELECT id FROM user_account WHERE name = '" + user + "'"))}, now};
}

funds::FundTermDraft FundTest::terms(const Unit& unit, funds::FundPurpose purpose) {
  return {.from_on = Day::parse("2026-01-01"), .purpose = purpose, .unit = unit.id, .decision = "d/1"};
}

funds::Fund FundTest::adopt(const std::string& fund, const funds::FundTermDraft& draft) {
  return db().in_tx([&](Tx& tx) { return funds::adopt_fund_terms(tx, node(), fund, draft, as("tom")); });
}

void FundTest::give(const std::string& fund, const std::string& amount, std::string_view day) {
  record(day, {{"assets:bank", amount}, {"income:dues", "-" + amount, {fund, {}, {}, {}}}});
}

EntryNumber FundTest::spend(const std::string& fund, const std::string& amount,
                            const std::optional<std::string>& cost_object) {
  return record("2026-03-01",
                {{"expenses:media", amount, {fund, {}, cost_object, {}}}, {"assets:bank", "-" + amount}})
      .number;
}

funds::SpendingMandateDraft FundTest::mandate(const std::string& amount, const std::string& fund) const {
  return {.body = "Media circle",
          .purpose = "Films",
          .fund = fund,
          .unit = money("0").unit(),
          .minor = minor_from_text(amount, 2),
          .from_on = Day::parse("2026-01-01"),
          .until_on = Day::parse("2026-12-31"),
          .decision = "d/2"};
}

funds::SpendingMandate FundTest::grant(const funds::SpendingMandateDraft& draft) {
  return db().in_tx([&](Tx& tx) { return funds::grant(tx, node(), draft, today(), as("tom")); });
}

funds::SpendingMandate FundTest::draw(int number, const funds::DrawDraft& draft) {
  return db().in_tx([&](Tx& tx) {
    return funds::draw(tx, node(), funds::SpendingMandateNumber{number}, draft, today(), as("tom"));
  });
}

funds::DrawDraft FundTest::drawn(const std::string& amount, std::optional<EntryNumber> entry) const {
  return {.on_day = Day::parse("2026-03-01"), .minor = minor_from_text(amount, 2), .entry = entry};
}

funds::FundFigures FundTest::figures(const std::string& fund) {
  return db().in_tx([&](Tx& tx) {
    return funds::read_figures_of(tx, node(), funds::read_fund(tx, node(), fund), today());
  });
}

void FundTest::fill() {
  const Unit euro = units().at("EUR");
  funds::FundTermDraft first = terms(euro);
  first.buffers = {{"a quarter", 100'00},
                   {"a tenth", 150'00},
                   {"three months", 0,
                    funds::BufferRule{.flow = funds::BufferFlow::expense,
                                      .account = "expenses:media",
                                      .over_months = 12,
                                      .keep_months = 3}},
                   {"a share", 0,
                    funds::BufferRule{.flow = funds::BufferFlow::income,
                                      .whose = funds::BufferScope::fund,
                                      .over_months = 6,
                                      .share_millionths = 10'000}}};
  first.accounts = {"assets:bank"};
  adopt("media", first);
  funds::FundTermDraft later = terms(euro, funds::FundPurpose::other);
  later.from_on = Day::parse("2026-02-01");
  later.conditions = "a report each year";
  later.funder = "The city";
  adopt("media", later);
  funds::FundTermDraft held = terms(euro, funds::FundPurpose::held);
  held.accounts = {"assets:held"};
  adopt("held", held);
  give("media", "5000.00");
  funds::SpendingMandateDraft film = mandate("500.00");
  film.cost_object = "film";
  grant(film);
  draw(1, drawn("40.00", spend("media", "40.00", "film")));
  funds::DrawDraft owed = drawn("30.00");
  owed.member = "M0007";
  owed.words = "Subtitles";
  draw(1, owed);
  const EntryNumber paid = spend("media", "35.00", "film");
  const funds::SpendingMandateNumber one{1};
  db().in_tx([&](Tx& tx) { funds::pay_draw(tx, node(), one, 2, paid, today(), as("tom")); });
  draw(1, drawn("20.00"));
  db().in_tx([&](Tx& tx) { funds::take_draw_back(tx, node(), one, 4, "not made", today(), as("tom")); });
  draw(1, drawn("10.00"));
  funds::SpendingMandateDraft hours = mandate("1.00");
  hours.minor.reset();
  hours.hours = funds::HoursGrant{720, 20'00, 12};
  hours.level = funds::BodyLevel::federation;
  grant(hours);
  funds::DrawDraft hour{.on_day = Day::parse("2026-03-02"), .minutes = 60};
  draw(2, hour);
  db().in_tx([&](Tx& tx) {
    funds::recall(tx, node(), funds::SpendingMandateNumber{2}, "the film is off", today(), as("tom"));
  });
}

const std::vector<std::string>& FundTest::fund_tables() {
  static const std::vector<std::string> all{"fund_term", "fund_buffer", "fund_account", "spending_mandate",
                                            "spending_step"};
  return all;
}

}  // namespace coop::test
