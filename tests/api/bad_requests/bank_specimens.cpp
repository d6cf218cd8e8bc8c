#include "ledger/access/access_service.hpp"
#include "ledger/bank/cash_count_service.hpp"
#include "ledger/bank/match_service.hpp"
#include "ledger/bank/replay_service.hpp"
#include "ledger/bank/rule_service.hpp"
#include "ledger/bank/signoff_service.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::test {

namespace {

constexpr std::string_view rule_required =
    R"({"name":"Rent","unit":"EUR","when":{"direction":"out"},"parts":[{"account":"expense:rent"}]})";
constexpr std::string_view rule_whole =
    R"({"name":"Rent","note":"ask Ana","unit":"EUR","when":{"bank_account":1,"direction":"out",
        "amount_from":"1.00","amount_to":"9.00","counterparty":"landlord","words":"rent","reference":"R1",
        "code":"PMNT","day_from":28,"day_to":3,"counterparty_account":"DE02120300000000202051"},
        "parts":[{"account":"expense:rent","amount":"1.00","fund":"media","member":"M1","cost_object":"C1",
        "tax_code":"T1","description":"rent"},{"account":"expense:rent","percent":"50"},
        {"account":"expense:rent"}]})";

// Files 1 and 3 of the fixture were taken in, 2 and 4 were read, 5 cannot be; lines 1 and 4 are open, 2 is
// set aside, 3 is matched. Rules 1 and 2 suggest; replay 1 of rule 1 agrees with line 3.
const Specimen bank_requests[] = {
    {"GET", "/v1/nodes/{node}/bank/accounts", "/v1/nodes/bcn/bank/accounts"},
    {"POST", "/v1/nodes/{node}/bank/accounts", "/v1/nodes/bcn/bank/accounts", "", Body::json,
     R"({"account":"assets:old","unit":"EUR","title":"The old account"})",
     R"({"account":"assets:old","unit":"EUR","title":"The old account","kind":"bank",)"
     R"("identifier":"NL91ABNA0417164300"})"},
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}", "/v1/nodes/bcn/bank/accounts/1"},
    {"PATCH", "/v1/nodes/{node}/bank/accounts/{number}", "/v1/nodes/bcn/bank/accounts/1", "", Body::json,
     "{}", R"({"suspense":"assets:old"})"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/closing", "/v1/nodes/bcn/bank/accounts/1/closing"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/reopening", "/v1/nodes/bcn/bank/accounts/1/reopening"},
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}/reconciliation",
     "/v1/nodes/bcn/bank/accounts/1/reconciliation"},
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles",
     "/v1/nodes/bcn/bank/accounts/1/reading-profiles"},
    {"PUT", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles/{fingerprint}",
     "/v1/nodes/bcn/bank/accounts/1/reading-profiles/qif", "", Body::json, R"({"form":"qif"})",
     R"({"form":"qif","days":"day_month","decimal_mark":","})"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/reading", "/v1/nodes/bcn/bank/imports/5/reading", "",
     Body::json, "{}",
     R"({"fingerprint":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","profile":)"
     R"({"form":"csv","separator":";","header":true,"days":"day_month","decimal_mark":",",)"
     R"("signs":"signed_amount","currency":"EUR","columns":[{"holds":"day","column":"wann"},)"
     R"({"holds":"amount","column":"viel"}],"words":[{"means":"debit","word":"raus"}]}})"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/signoffs", "/v1/nodes/bcn/bank/accounts/1/signoffs", "",
     Body::json, R"({"as_of":"2026-02-03"})", R"({"as_of":"2026-02-03","explanation":"as the bank has it"})"},
    {"GET", "/v1/nodes/{node}/bank/signoffs", "/v1/nodes/bcn/bank/signoffs"},
    {"GET", "/v1/nodes/{node}/bank/signoffs/{number}", "/v1/nodes/bcn/bank/signoffs/1"},
    {"POST", "/v1/nodes/{node}/bank/signoffs/{number}/countersignature",
     "/v1/nodes/bcn/bank/signoffs/1/countersignature"},
    {"POST", "/v1/nodes/{node}/bank/signoffs/{number}/withdrawal", "/v1/nodes/bcn/bank/signoffs/1/withdrawal",
     "", Body::json, R"({"reason":"too early"})", R"({"reason":"too early"})"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/cash-counts",
     "/v1/nodes/bcn/bank/accounts/2/cash-counts", "", Body::json,
     R"({"counted_on":"2026-02-03","coins":[{"value":"20.00","pieces":3}]})",
     R"({"counted_on":"2026-02-03","coins":[{"value":"20.00","pieces":3},{"value":"0.50","pieces":7}]})"},
    {"GET", "/v1/nodes/{node}/bank/cash-counts", "/v1/nodes/bcn/bank/cash-counts"},
    {"GET", "/v1/nodes/{node}/bank/cash-counts/{number}", "/v1/nodes/bcn/bank/cash-counts/1"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/witness",
     "/v1/nodes/bcn/bank/cash-counts/1/witness"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/withdrawal",
     "/v1/nodes/bcn/bank/cash-counts/2/withdrawal", "", Body::json, R"({"reason":"nobody counted"})",
     R"({"reason":"nobody counted"})"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/difference",
     "/v1/nodes/bcn/bank/cash-counts/1/difference", "", Body::json, R"({"account":"expense:rent"})",
     R"({"account":"expense:rent","description":"a coin was lost"})"},
    {"GET", "/v1/nodes/{node}/bank/proof", "/v1/nodes/bcn/bank/proof"},
    {"POST", "/v1/nodes/{node}/bank/imports", "/v1/nodes/bcn/bank/imports", "", Body::file},
    {"GET", "/v1/nodes/{node}/bank/imports", "/v1/nodes/bcn/bank/imports"},
    {"GET", "/v1/nodes/{node}/bank/imports/{number}", "/v1/nodes/bcn/bank/imports/1"},
    {"GET", "/v1/nodes/{node}/bank/imports/{number}/file", "/v1/nodes/bcn/bank/imports/1/file"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/taking-in", "/v1/nodes/bcn/bank/imports/2/taking-in", "",
     Body::json, "{}", R"({"although_it_contradicts":true})"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/dropping", "/v1/nodes/bcn/bank/imports/4/dropping", "",
     Body::json, R"({"reason":"of another year"})", R"({"reason":"of another year"})"},
    {"GET", "/v1/nodes/{node}/bank/lines", "/v1/nodes/bcn/bank/lines"},
    {"GET", "/v1/nodes/{node}/bank/lines/{number}", "/v1/nodes/bcn/bank/lines/1"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/undoing", "/v1/nodes/bcn/bank/imports/3/undoing", "",
     Body::json, R"({"reason":"of another account"})", R"({"reason":"of another account"})"},
    {"GET", "/v1/nodes/{node}/bank/lines/{number}/proposals", "/v1/nodes/bcn/bank/lines/1/proposals"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/match", "/v1/nodes/bcn/bank/lines/1/match", "", Body::json,
     R"({"parts":[{"made":"entry","amount":"7.00","account":"income:dues"}]})",
     R"({"parts":[{"made":"entry","amount":"7.00","account":"income:dues","description":"a gift"}]})"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/setting-aside", "/v1/nodes/bcn/bank/lines/4/setting-aside",
     "", Body::json, R"({"reason":"not ours"})", R"({"reason":"not ours"})"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/reopening", "/v1/nodes/bcn/bank/lines/2/reopening", "",
     Body::json, R"({"reason":"ours after all"})", R"({"reason":"ours after all"})"},
    {"GET", "/v1/nodes/{node}/bank/matches", "/v1/nodes/bcn/bank/matches"},
    {"GET", "/v1/nodes/{node}/bank/matches/{number}", "/v1/nodes/bcn/bank/matches/1"},
    {"POST", "/v1/nodes/{node}/bank/matches/{number}/undoing", "/v1/nodes/bcn/bank/matches/1/undoing", "",
     Body::json, R"({"reason":"a mistake"})", R"({"reason":"a mistake"})"},
    {"GET", "/v1/nodes/{node}/bank/rules", "/v1/nodes/bcn/bank/rules"},
    {"PUT", "/v1/nodes/{node}/bank/rules/order", "/v1/nodes/bcn/bank/rules/order", "", Body::json,
     R"({"rules":[2,1]})", R"({"rules":[2,1]})"},
    {"POST", "/v1/nodes/{node}/bank/rules", "/v1/nodes/bcn/bank/rules", "", Body::json, rule_required,
     rule_whole},
    {"POST", "/v1/nodes/{node}/bank/rules/replay", "/v1/nodes/bcn/bank/rules/replay", "", Body::json,
     rule_required, rule_whole},
    {"GET", "/v1/nodes/{node}/bank/rules/{number}", "/v1/nodes/bcn/bank/rules/1"},
    {"PUT", "/v1/nodes/{node}/bank/rules/{number}", "/v1/nodes/bcn/bank/rules/2", "", Body::json,
     rule_required, rule_whole},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/ending", "/v1/nodes/bcn/bank/rules/2/ending", "",
     Body::json, R"({"reason":"of no use"})", R"({"reason":"of no use"})"},
    {"GET", "/v1/nodes/{node}/bank/rules/{number}/replay", "/v1/nodes/bcn/bank/rules/1/replay"},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/replays", "/v1/nodes/bcn/bank/rules/1/replays"},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/posting", "/v1/nodes/bcn/bank/rules/1/posting", "",
     Body::json, R"({"replay":1})", R"({"replay":1,"reason":"it is right"})"},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/suggesting", "/v1/nodes/bcn/bank/rules/1/suggesting", "",
     Body::json, R"({"reason":"not yet"})", R"({"reason":"not yet"})"},
};

void write_rules(Tx& tx, NodeId node, const books::Author& author) {
  const UnitId euro = books::find_unit(tx, "EUR")->id;
  for (const bool is_credit : {false, true})
    bank::write_rule(tx, node,
                     {.name = "Rent",
                      .unit = euro,
                      .when = {.is_credit = is_credit},
                      .parts = {{.account = "expense:rent"}}},
                     author);
  bank::record_replay(tx, node, bank::BankRuleNumber{1}, {}, author);
}

void sign_and_count(Tx& tx, NodeId node, const books::Author& author) {
  const auto read = [](const bank::BankAccount& account) {
    const std::string text = "\nAccount: " + account.path +
                             " (Bank)\nAs of: 2026-02-02\n\n  Balance by the books EUR 9.00\n"
                             "  Less what is on the books and not at the bank EUR 0.00\n"
                             "  Plus what is at the bank and not on the books EUR 0.00\n"
                             "  Balance by the bank EUR 9.00\n  Left unexplained EUR 0.00\n";
    return bank::SignedFigures{900, 0, 0, 0, 0, 0, 900, 0, {}, {}, text};
  };
  const Day day = Day::parse("2026-02-02");
  bank::sign_off(tx, node, {bank::BankAccountNumber{1}, day, {}, day}, read,
                 {access::read_user(tx, "ann").id, author.now});
  const UnitId euro = books::find_unit(tx, "EUR")->id;
  const auto till = bank::open_bank_account(
      tx, node, {.path = "assets:cash", .unit = euro, .kind = bank::BankAccountKind::cash, .title = "Till"},
      author);
  bank::count_cash(tx, node, {till.number, day, {{500, 1}, {1, 1}}, day, "EUR"},
                   {access::read_user(tx, "ann").id, author.now});
  bank::count_cash(tx, node, {till.number, Day::parse("2026-02-01"), {}, day, "EUR"},
                   {access::read_user(tx, "ann").id, author.now});
}

}  // namespace

std::span<const Specimen> bank_specimens() { return bank_requests; }

void BadRequests::add_bank() {
  const books::Author author{std::nullopt, system_clock()()};
  const NodeId node = as_owner_.in_tx([](Tx& tx) { return books::read_node(tx, "bcn").id; });
  const auto bring = [&](const std::string& bytes) {
    const auto received = as_owner_.in_tx(
        [&](Tx& tx) { return bank::receive_file(tx, node, {"statement.xml", bytes, {}}, author); });
    return bank::read_file(as_owner_, node, received.import.number, author).number;
  };
  as_owner_.in_tx([&](Tx& tx) {
    const UnitId euro = books::find_unit(tx, "EUR")->id;
    return bank::open_bank_account(
        tx, node,
        {.path = "assets:bank", .unit = euro, .identifier = "ES9121000418450200051332", .title = "Bank"},
        author);
  });
  const auto first = bring(camt053({{"1",
                                     "0.00",
                                     "9.00",
                                     {{.day = "2026-02-02", .amount = "7.00"},
                                      {.day = "2026-02-02", .amount = "1.00"},
                                      {.day = "2026-02-02", .amount = "-1.00"},
                                      {.day = "2026-02-02", .amount = "2.00"}}}}));
  as_owner_.in_tx([&](Tx& tx) {
    bank::take_in(tx, node, first, false, author);
    bank::ignore_line(tx, node, bank::BankLineNumber{2}, "not ours", author);
    return bank::accept(tx, node, bank::BankLineNumber{3},
                        {.parts = {{.amount_minor = -100,
                                    .made = bank::Made::entry,
                                    .account = "expense:rent",
                                    .description = "a fee"}}},
                        author);
  });
  bring(camt053({{"2", "9.00", "12.00", {{.day = "2026-02-03", .amount = "3.00"}}}}));
  const auto third = bring(camt053({{"3", "12.00", "16.00", {{.day = "2026-02-04", .amount = "4.00"}}}}));
  as_owner_.in_tx([&](Tx& tx) { return bank::take_in(tx, node, third, false, author); });
  as_owner_.in_tx([&](Tx& tx) { write_rules(tx, node, author); });
  bring(camt053({{"4", "16.00", "21.00", {{.day = "2026-02-05", .amount = "5.00"}}}}));
  bring("wann;viel\n1;2\n");
  as_owner_.in_tx([&](Tx& tx) { sign_and_count(tx, node, author); });
}

}  // namespace coop::test
