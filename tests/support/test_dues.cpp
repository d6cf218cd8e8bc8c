#include "tests/support/test_dues.hpp"

#include "ledger/values/money.hpp"

namespace coop::test {

namespace {

// Everything that is derived of dues, worked out anew by plain SQL: an answer of no rows is right.
constexpr const char* faults_sql = R"sql(
  WITH owed AS (
    SELECT node_id, debtor_id AS party_id, unit_id, gross_minor - waived_minor AS minor
      FROM charge c
     WHERE NOT EXISTS (SELECT FROM charge_reversal r WHERE r.node_id = c.node_id
                          AND r.charge_number = c.number)
    UNION ALL
    SELECT s.node_id, s.debtor_id, p.unit_id,
           CASE p.kind WHEN 'refund' THEN s.amount_minor ELSE -s.amount_minor END
      FROM payment_share s
      JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
     WHERE NOT EXISTS (SELECT FROM payment_return r WHERE r.node_id = p.node_id
                          AND r.payment_number = p.number)
  ), sums AS (
    SELECT node_id, party_id, unit_id, sum(minor) AS minor FROM owed GROUP BY 1, 2, 3
  ), booked AS (
    SELECT p.node_id, y.id AS party_id, a.unit_id,
           sum(p.amount_minor) FILTER (WHERE a.path = 'assets:receivable:dues') AS receivable,
           -sum(p.amount_minor) FILTER (WHERE a.path = 'liabilities:deferred:dues') AS prepaid
      FROM posting p
      JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
      JOIN party y ON y.node_id = p.node_id AND y.dimension_id = p.member_id
     WHERE a.path IN ('assets:receivable:dues', 'liabilities:deferred:dues')
     GROUP BY 1, 2, 3
  )
  SELECT string_agg(format('%s in %s: owes %s, kept %s, receivable %s, prepaid %s',
                           coalesce(s.party_id, d.party_id, b.party_id), coalesce(s.unit_id, d.unit_id),
                           s.minor, d.owed_minor, b.receivable, b.prepaid), '; ')
    FROM sums s
    FULL JOIN debtor d ON (d.node_id, d.party_id, d.unit_id) = (s.node_id, s.party_id, s.unit_id)
    FULL JOIN booked b ON (b.node_id, b.party_id, b.unit_id) =
              (coalesce(s.node_id, d.node_id), coalesce(s.party_id, d.party_id),
               coalesce(s.unit_id, d.unit_id))
   WHERE coalesce(s.minor, 0) <> coalesce(d.owed_minor, 0)
      OR greatest(coalesce(s.minor, 0), 0) <> coalesce(b.receivable, 0)
      OR greatest(-coalesce(s.minor, 0), 0) <> coalesce(b.prepaid, 0)
)sql";

}  // namespace

DuesTest::DuesTest() {
  for (const char* path : {"assets:bank:main", "income:dues", "assets:receivable:dues",
                           "liabilities:deferred:dues", "expenses:solidarity", "expenses:other"})
    open(path);
  add_class("user");
  add_tier("standard", dues::Interval::month, "20.00");
}

void DuesTest::TearDown() {
  EXPECT_EQ(superuser_value(faults_sql), "") << "what is owed, kept and booked";
  MembersTest::TearDown();
}

std::string DuesTest::member(const std::string& number, std::string_view from_on, const std::string& tier) {
  add_person("Person " + number, number);
  join(number, "user", from_on);
  subscribe(number, {.from_on = Day::parse(from_on), .tier = tier, .chosen_minor = {}, .payer = {}});
  return number;
}

void DuesTest::add_tier(const std::string& code, dues::Interval interval, const std::string& amount) {
  db().in_tx([&](Tx& tx) {
    dues::add_tier(tx, node(),
                   {code, "Tier " + code, interval, dues::Proration::by_days, 0, money("0").unit()},
                   author());
  });
  set_price(code, "2020-01-01", amount);
}

void DuesTest::set_price(const std::string& tier, std::string_view from_on, const std::string& amount) {
  db().in_tx([&](Tx& tx) {
    dues::add_price(tx, node(), tier,
                    {.number = 0, .from_on = Day::parse(from_on), .suggested_minor = money(amount).minor()},
                    author());
  });
}

void DuesTest::subscribe(const std::string& number, const dues::SubscriptionDraft& draft) {
  const MembershipId id = membership_of(number);
  db().in_tx([&](Tx& tx) { dues::subscribe(tx, node(), id, draft, author()); });
}

void DuesTest::waive(const std::string& number, std::string_view from_on, Ratio share,
                     std::optional<Day> until_on) {
  const MembershipId id = membership_of(number);
  db().in_tx([&](Tx& tx) {
    dues::grant_concession(tx, node(), id,
                           {.number = 0,
                            .from_on = Day::parse(from_on),
                            .until_on = until_on,
                            .share = share,
                            .reason = "between jobs",
                            .review_on = {}},
                           author());
  });
}

void DuesTest::end_membership(const std::string& number, std::string_view last_on, members::ChangeKind kind) {
  change(membership_of(number), kind, last_on);
}

std::string DuesTest::run(std::string_view period, std::optional<Day> corrections_from) {
  const auto window = dues::window_of(Period::parse(period), corrections_from);
  const int number = db().in_tx([&](Tx& tx) { return dues::begin_run(tx, node(), window, author()); });
  dues::RunTotals totals;
  for (std::optional<MembershipId> after{MembershipId{0}}; after;) {
    const auto done =
        db().in_tx([&](Tx& tx) { return dues::run_stretch(tx, node(), number, *after, 3, author()); });
    totals.charged += done.totals.charged;
    totals.reversed += done.totals.reversed;
    after = done.last;
  }
  return std::to_string(totals.charged) + "/" + std::to_string(totals.reversed);
}

dues::Payment DuesTest::pay(const std::string& payer, const std::string& amount, std::string_view on,
                            const std::vector<dues::PaymentShare>& shares, dues::PaymentKind kind) {
  const Money given = money(amount);
  return db().in_tx([&](Tx& tx) {
    return dues::record_payment(tx, node(),
                                {.kind = kind,
                                 .payer = payer,
                                 .unit = given.unit(),
                                 .minor = given.minor(),
                                 .received_on = Day::parse(on),
                                 .account = dues::is_written_off(kind) ? "" : "assets:bank:main",
                                 .shares = shares},
                                author());
  });
}

void DuesTest::return_payment(const dues::Payment& payment, std::string_view on) {
  db().in_tx([&](Tx& tx) {
    dues::return_payment(tx, node(), {payment.number, Day::parse(on), "MD06: the payer asked it back"},
                         author());
  });
}

dues::DuesState DuesTest::state(std::string_view day, std::optional<Instant> known_at) {
  const dues::DuesMoment moment{Day::parse(day), known_at};
  return db().in_snapshot(
      [&](Tx& tx) { return dues::state_of(dues::read_dues_facts(tx, node(), moment), moment.as_of); });
}

std::string DuesTest::stands(const std::string& number, std::string_view day,
                             std::optional<Instant> known_at) {
  const PartyId party = db().in_tx([&](Tx& tx) { return members::read_party(tx, node(), number).id; });
  const auto all = state(day, known_at).debtors;
  const auto found = all.find({party, money("0").unit()});
  const dues::DebtorState debtor = found == all.end() ? dues::DebtorState{} : found->second;
  return text_from_minor(debtor.open_minor, 2) + "/" + text_from_minor(debtor.credit_minor, 2);
}

std::string DuesTest::covered(const std::string& number, std::string_view day) {
  const auto last = dues::covered_until(state(day).charges, membership_of(number));
  return last ? last->text() : "";
}

std::vector<dues::Charge> DuesTest::charges_of(const std::string& number) {
  auto charges = db().in_tx([&](Tx& tx) {
    const PartyId party = members::read_party(tx, node(), number).id;
    return dues::list_charges(tx, node(), {.member = party, .reversed = false}, std::nullopt, 1'000);
  });
  std::ranges::reverse(charges);
  return charges;
}

MembershipId DuesTest::membership_of(const std::string& number) { return memberships_of(number).at(0).id; }

}  // namespace coop::test
