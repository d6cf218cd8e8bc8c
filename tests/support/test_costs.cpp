#include "tests/support/test_costs.hpp"

#include <rapidcheck.h>

#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/work/circle_service.hpp"

namespace coop::test {

using costs::CostAllocation;
using costs::CostPartyKind;

CostTest::CostTest() {
  for (const char* name : {"mcr", "got", "mtl", "nrt"}) {
    const NodeId own = node();
    use_node(name);
    BooksTest::use(own);
  }
  for (const char* path : {"assets:bank", "assets:claims", "expenses:servers", "liabilities:rent"})
    open(path);
  superuser_sql(
      "INSERT INTO user_account (name, title, created_at) VALUES ('tess', '', now()), ('tom', '', now()), "
      "('ann', '', now())");
  const members::Party party = add_person("Somebody", "M1");
  db().in_tx([&](Tx& tx) {
    members::insert_party_user(tx, node(), party.id, *user("ann").user, now, {});
    work::found_circle(tx, node(), {"tech", "Technology", Day::parse("2026-01-01")}, author());
  });
  adopt_rule("server_bill");
  adopt(server());
}

books::Author CostTest::user(const std::string& name) const {
  return {UserId{std::stoi(superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'"))}, now};
}

void CostTest::adopt_rule(const std::string& code, const std::string& json) {
  db().in_tx([&](Tx& tx) {
    sharing::adopt_version(
        tx, node(),
        {.code = code,
         .title = code,
         .valid_from = Day::parse("2026-01-01"),
         .rule = json.empty() ? sharing::example_rule(code) : sharing::sharing_rule_from_text(json),
         .decision = "Assembly",
         .adopted_on = Day::parse("2026-01-01")},
        author());
  });
}

costs::CostPoolDraft CostTest::server() {
  costs::CostPoolDraft draft{.code = "server",
                             .unit = "EUR",
                             .expense = "expenses:servers",
                             .claims = "assets:claims",
                             .from_on = Day::parse("2026-01-01"),
                             .title = "The shared server",
                             .rule = "server_bill",
                             .decision = "Assembly",
                             .participants = {}};
  for (const char* name : {"bcn", "mcr", "got", "mtl", "nrt"})
    draft.participants.push_back({{CostPartyKind::node, name}});
  return draft;
}

costs::CostPool CostTest::adopt(const costs::CostPoolDraft& draft) {
  return db().in_tx([&](Tx& tx) { return costs::adopt_cost_pool(tx, node(), draft, author()); });
}

costs::CostBillDraft CostTest::bill(const std::string& name, const std::string& amount,
                                    const std::string& day) {
  return {.pool = "server",
          .billed_on = Day::parse(day),
          .minor = minor_from_text(amount, 2),
          .unit = UnitId{0},
          .payer = {CostPartyKind::node, name},
          .title = "Server of " + name};
}

costs::CostBill CostTest::record(costs::CostBillDraft draft) {
  if (draft.unit == UnitId{0}) draft.unit = units().at("EUR").id;
  if (draft.kind == costs::CostBillKind::paid && draft.payer.code == "bcn" && !draft.entry)
    draft.entry =
        BooksTest::record(draft.billed_on.text(), {{"expenses:servers", text_from_minor(draft.minor, 2)},
                                                   {"assets:bank", text_from_minor(-draft.minor, 2)}})
            .number;
  return db().in_tx([&](Tx& tx) { return costs::record_cost_bill(tx, node(), draft, author()); });
}

costs::CostUsageDraft CostTest::minutes(const std::string& name, int minutes) {
  return {.pool = "server",
          .participant = name,
          .measure = "minutes",
          .from_on = Day::parse("2026-01-01"),
          .until_on = Day::parse("2026-01-31"),
          .millionths = std::int64_t{minutes} * 1'000'000,
          .source = "rooms"};
}

costs::UsageFate CostTest::use(const costs::CostUsageDraft& draft) {
  return db().in_tx([&](Tx& tx) { return costs::record_cost_usage(tx, node(), draft, author()); });
}

void CostTest::fill_month() {
  record(bill("bcn", "186.40"));
  record(bill("mcr", "57.35"));
  record(bill("mtl", "240.00"));
  const std::pair<const char*, int> used[] = {
      {"bcn", 412'300}, {"mcr", 388'150}, {"got", 96'020}, {"mtl", 251'480}, {"nrt", 52'050}};
  for (const auto& [name, count] : used) use(minutes(name, count));
}

CostAllocation CostTest::divide(const std::string& to, const std::string& name) {
  const books::Author by = user(name);
  return db().in_tx([&](Tx& tx) {
    return costs::propose_cost_allocation(
        tx, node(), {"server", Day::parse("2026-01-01"), Day::parse(to), Day::parse(to)}, by);
  });
}

CostAllocation CostTest::approve(const CostAllocation& allocation, const std::string& name) {
  const books::Author by = user(name);
  return db().in_tx(
      [&](Tx& tx) { return costs::approve_cost_allocation(tx, node(), allocation.number, by); });
}

std::string CostTest::shares_of(const CostAllocation& allocation) {
  std::string text;
  for (const costs::CostShare& share : allocation.shares)
    text += (text.empty() ? "" : " ") + text_from_minor(share.share, allocation.pool.scale);
  return text;
}

std::string CostTest::nets_of(const CostAllocation& allocation) {
  std::string text;
  for (const costs::CostShare& share : allocation.shares)
    text += (text.empty() ? "" : " ") + text_from_minor(share.net(), allocation.pool.scale);
  return text;
}

void CostTest::fill() {
  fill_month();
  costs::CostBillDraft given = bill("got", "30.00");
  given.kind = costs::CostBillKind::waived;
  given.document = "https://example.org/waived";
  record(given);
  const auto wrong = record(bill("nrt", "1.00"));
  const auto cancelled = divide();
  const books::Author tom = user("tom");
  db().in_tx([&](Tx& tx) {
    costs::cancel_cost_allocation(tx, node(), cancelled.number, "too early", tom);
    costs::withdraw_cost_bill(tx, node(), wrong.number, "another server", tom);
  });
  const auto reversed = approve(divide());
  db().in_tx([&](Tx& tx) {
    costs::reverse_cost_allocation(tx, node(), reversed.number, "minutes were wrong", tom);
  });
  use(minutes("nrt", 52'051));
  approve(divide());
  auto next = server();
  next.from_on = Day::parse("2026-02-01");
  next.participants.push_back({{CostPartyKind::member, "M1"}, 2'500'000, 100});
  next.participants.push_back({{CostPartyKind::circle, "tech"}});
  next.participants.push_back({{CostPartyKind::neighbour, "meet.example/tyo"}, 3'000'000});
  for (costs::CostParticipant& one : next.participants)
    one.weight_millionths = one.weight_millionths.value_or(1'000'000);
  next.until_on = Day::parse("2026-12-31");
  next.rule = "fee_and_weights";
  adopt_rule("fee_and_weights",
             R"({"steps":[{"step":"first","amount":["figure:fee"]},{"step":"weight","factors":["weight"]},)"
             R"({"step":"pro_rata","to":"weights"}]})");
  adopt(next);
  costs::CostBillDraft of_member = bill("M1", "7.00", "2026-02-03");
  of_member.payer.kind = CostPartyKind::member;
  record(of_member);
  costs::CostBillDraft of_neighbour = bill("meet.example/tyo", "5.00", "2026-02-04");
  of_neighbour.payer.kind = CostPartyKind::neighbour;
  record(of_neighbour);
  const Day last = Day::parse("2026-02-28");
  db().in_tx([&](Tx& tx) {
    costs::propose_cost_allocation(
        tx, node(),
        {"server", Day::parse("2026-02-01"), last, last, {{"fee", Fraction{Ratio::parse("0.1")}}}}, tom);
  });
}

void CostTest::expect_random_bills_add_up(std::int64_t least, std::int64_t end) {
  EXPECT_TRUE(rc::check("divisions add up to their bills", [&] {
    std::int64_t all = 0;
    const int bills = *rc::gen::inRange(1, 5);
    for (int i = 0; i < bills; ++i) {
      auto one = bill(*rc::gen::element(std::string{"bcn"}, std::string{"mcr"}, std::string{"nrt"}), "0.00");
      const auto amount = *rc::gen::inRange(least, end);
      one.minor = amount == 0 ? 1 : amount;
      all += one.minor;
      record(one);
    }
    const auto posted = approve(divide());
    std::int64_t shares = 0;
    std::int64_t nets = 0;
    for (const costs::CostShare& share : posted.shares) {
      shares += share.share;
      nets += share.net();
    }
    RC_ASSERT(shares == all);
    RC_ASSERT(nets == 0);
  }));
}

std::vector<std::string> CostTest::tables() {
  return {"cost_pool",
          "cost_pool_term",
          "cost_participant",
          "cost_bill",
          "cost_bill_end",
          "cost_usage",
          "cost_allocation",
          "cost_allocation_bill",
          "cost_allocation_usage",
          "cost_share",
          "cost_step"};
}

}  // namespace coop::test
