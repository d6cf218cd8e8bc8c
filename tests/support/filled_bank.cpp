#include "tests/support/filled_bank.hpp"

#include "ledger/bank/cash_count_service.hpp"
#include "ledger/bank/signoff_service.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "reports/reconciliation.hpp"

namespace coop::test {

std::string bank_match_sql(const std::string& node, int number, int line,
                           const std::vector<RawMatchPart>& parts) {
  const std::string match = node + ", " + std::to_string(number);
  std::string sql =
      "INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, "
      "recorded_at) "
      "VALUES (" +
      match + ", " + std::to_string(line) +
      ", 'hand', true, '[{\"code\": \"amount_equal\", \"words\": \"both are the same\"}]', true, "
      "'2026-02-10 12:00+00'); ";
  int counted = 0;
  for (const RawMatchPart& part : parts)
    sql +=
        "INSERT INTO bank_match_part (node_id, match_number, part, entry_number, posting_line, amount_minor, "
        "made, payment_number) VALUES (" +
        match + ", " + std::to_string(++counted) + ", " + std::to_string(part.entry) + ", " +
        std::to_string(part.posting_line) + ", " + std::to_string(part.amount_minor) + ", '" + part.made +
        "', " + part.payment + "); ";
  return "BEGIN; " + sql + "COMMIT; ";
}

std::string bank_match_end_sql(const std::string& node, int number) {
  const std::string match = std::to_string(number);
  return "BEGIN; INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at) VALUES (" + node +
         ", " + match +
         ", 'a mistake', '2026-02-10 12:00+00'); UPDATE bank_match SET live = false WHERE "
         "node_id = " +
         node + " AND number = " + match + "; COMMIT; ";
}

const std::vector<std::string>& bank_tables() {
  static const std::vector<std::string> tables{
      "bank_account",     "bank_account_trait", "bank_import",       "bank_import_step",
      "bank_statement",   "bank_note",          "bank_line",         "bank_detail",
      "bank_live_line",   "bank_line_step",     "bank_match",        "bank_match_part",
      "bank_match_end",   "bank_payer",         "bank_signoff",      "bank_countersignature",
      "bank_signoff_end", "bank_count",         "bank_count_piece",  "bank_count_witness",
      "bank_count_entry", "bank_count_end",     "bank_rule_version", "bank_rule_order",
      "bank_rule_replay", "bank_rule_step",     "bank_match_rule",   "bank_match_word"};
  return tables;
}

FilledBankTest::FilledBankTest() {
  open("assets:cash");
  open("income:other");
  const auto cash = db().in_tx([&](Tx& tx) {
    return bank::open_bank_account(tx, node(),
                                   {.path = "assets:cash",
                                    .unit = units().at("EUR").id,
                                    .kind = bank::BankAccountKind::cash,
                                    .title = "The till"},
                                   author());
  });
  db().in_tx([&](Tx& tx) {
    bank::save_reading_profile(tx, node(), cash.number,
                               {std::string{bank::qif_fingerprint},
                                statements::FileKind::qif,
                                {},
                                {statements::DayOrder::day_month, ','}},
                               author());
  });
  open("liabilities:suspense");
  db().in_tx([&](Tx& tx) { bank::set_suspense(tx, node(), account(), "liabilities:suspense", author()); });
  bring_files();
  undo_file_5();
  match_lines();
  sign();
  count(cash.number);
  write_rules();
  db().in_tx([&](Tx& tx) { bank::set_bank_account_closed(tx, node(), cash.number, true, author()); });
}

void FilledBankTest::count(bank::BankAccountNumber cash) {
  const auto counted_on = [&](std::string_view day, const std::vector<bank::CashPiece>& pieces) {
    return db()
        .in_tx([&](Tx& tx) {
          return bank::count_cash(tx, node(), {cash, Day::parse(day), pieces, Day::parse(day), "EUR"},
                                  as("ann"));
        })
        .number;
  };
  const auto first = counted_on("2026-02-01", {{500, 2}, {100, 1}});
  const auto second = counted_on("2026-02-02", {});
  db().in_tx([&](Tx& tx) {
    bank::witness_cash(tx, node(), first, as("ben"));
    bank::book_cash_difference(tx, node(), first, "income:other", "", author());
    bank::withdraw_cash_count(tx, node(), second, "nobody counted", author());
  });
}

void FilledBankTest::sign() {
  const auto signed_on = [&](std::string_view day) {
    return db().in_tx([&](Tx& tx) {
      const auto read = [&](const bank::BankAccount& account) {
        return reports::signed_figures_of(
            reports::read_report_node(tx, node()),
            reports::read_reconciliation(tx, node(), account, units().at("EUR"), Day::parse(day), false));
      };
      return bank::sign_off(tx, node(), {account(), Day::parse(day), "as the bank has it", Day::parse(day)},
                            read, as("ann"));
    });
  };
  const bank::SignoffNumber first = signed_on("2026-02-04").number;
  const bank::SignoffNumber second = signed_on("2026-02-05").number;
  db().in_tx([&](Tx& tx) {
    bank::countersign(tx, node(), first, as("ben"));
    bank::withdraw_signoff(tx, node(), second, "too early", author());
  });
}

void FilledBankTest::bring_files() {
  take(camt053(
      {{.opening = "0.00",
        .closing = "75.50",
        .lines = {{.day = "2026-02-02",
                   .amount = "20.00",
                   .name = "Zoë \"Z\" Öz",
                   .bank_id = "A1",
                   .account = "DE89370400440532013000"},
                  {.day = "2026-02-03", .amount = "60.00", .bank_id = "A2"},
                  {.day = "2026-02-04", .amount = "-4.50", .text = "fee\\ \"x\"", .bank_id = "A3"}}}}));
  take(camt053({{.number = "2",
                 .opening = "20.00",
                 .closing = "85.00",
                 .lines = {{.day = "2026-02-03", .amount = "60.00", .bank_id = "A2"},
                           {.day = "2026-02-05", .amount = "5.00", .bank_id = "A4"}}}}));
  const auto wrong = bring(camt053({{.number = "3",
                                     .opening = "0.00",
                                     .closing = "10.00",
                                     .lines = {{.day = "2026-02-06", .amount = "9.50", .bank_id = "A5"}}}}));
  db().in_tx([&](Tx& tx) { bank::drop_import(tx, node(), wrong.number, "it contradicts itself", author()); });
  bring("nothing of a bank");
  take(camt053({{.number = "5",
                 .opening = "85.00",
                 .closing = "102.00",
                 .lines = {{.day = "2026-02-07", .amount = "8.00", .bank_id = "A6"},
                           {.day = "2026-02-07", .amount = "9.00", .bank_id = "A7"}}}}));
  take(camt053({{.number = "6",
                 .lines = {{.day = "2026-02-07", .amount = "9.00", .bank_id = "A7"},
                           {.day = "2026-02-08", .amount = "-1.00", .bank_id = "A8", .return_code = "AC04"}}},
                {.number = "9", .lines = {}, .iban = "DE75512108001245126199"}}));
  bring(camt053({{.number = "7", .lines = {{.day = "2026-02-09", .amount = "3.00", .bank_id = "A9"}}}}));
}

void FilledBankTest::undo_file_5() {
  superuser_sql(
      "BEGIN; INSERT INTO bank_import_step (node_id, import_number, number, kind, words, recorded_at) VALUES "
      "(" +
      node_sql() + ", 5, 3, 'undone', 'the wrong file', '2026-02-10 12:00+00'); " +
      "DELETE FROM bank_live_line WHERE line_number = 7; COMMIT;");
}

void FilledBankTest::match_lines() {
  const std::string n = node_sql();
  std::vector<std::int64_t> entries;
  const std::vector<std::pair<std::string, std::vector<Line>>> drafts{
      {"2026-02-02", {{"assets:bank", "20.00"}, {"income:other", "-20.00"}}},
      {"2026-02-03", {{"assets:bank", "35.00"}, {"income:other", "-60.00"}, {"assets:bank", "25.00"}}},
      {"2026-02-07", {{"assets:bank", "9.00"}, {"income:other", "-9.00"}}}};
  for (const auto& [day, lines] : drafts) entries.push_back(record(day, lines).number.number());
  const auto first = entries.at(0);
  const auto two = entries.at(1);
  const auto nine = entries.at(2);
  member("M0001", "2026-01-01");
  const dues::Payment payment = db().in_tx([&](Tx& tx) {
    return dues::record_payment(tx, node(),
                                {.kind = dues::PaymentKind::money,
                                 .payer = "M0001",
                                 .unit = units().at("EUR").id,
                                 .minor = 500,
                                 .received_on = Day::parse("2026-02-05"),
                                 .account = "assets:bank"},
                                author());
  });
  superuser_sql(bank_match_sql(n, 1, 1, {{first, 1, 2'000}}));
  superuser_sql(bank_match_sql(n, 2, 2, {{two, 1, 3'500}, {two, 3, 2'500}}));
  superuser_sql(bank_match_end_sql(n, 2));
  superuser_sql(bank_match_sql(n, 3, 2, {{two, 1, 3'500}, {two, 3, 2'500}}));
  const auto paid = superuser_value(
      "SELECT entry_number || ' ' || p.line FROM payment y JOIN posting p USING "
      "(node_id, entry_number) WHERE p.amount_minor > 0");
  superuser_sql(bank_match_sql(n, 4, 5,
                               {{std::stoll(paid), std::stoi(paid.substr(paid.find(' '))), 500, "payment",
                                 std::to_string(payment.number.number())}}));
  const auto step = [&](const char* line, const char* number, const char* kind) {
    superuser_sql(
        "INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at) VALUES (" + n +
        ", " + line + ", " + number + ", '" + kind + "', 'for a reason', '2026-02-10 12:00+00')");
  };
  step("3", "1", "ignored");
  step("8", "1", "ignored");
  step("8", "2", "reopened");
  superuser_sql(bank_match_sql(n, 5, 8, {{nine, 1, 900}}));
  superuser_sql(
      "INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at) VALUES (" + n +
      ", '" + std::string(64, 'a') + "', 1, 4, '2026-02-10 12:00+00')");
}

void FilledBankTest::write_rules() {
  const std::string n = node_sql();
  const auto rule = [&](const std::string& numbers, const std::string& columns, const std::string& values,
                        const std::string& at) {
    superuser_sql(
        "INSERT INTO bank_rule_version (node_id, rule_number, version, name, note, unit_id, parts, " +
        columns + ", recorded_at) SELECT " + n + ", " + numbers + ", 'Other', 'ask Ana', id, " + values +
        ", '2026-02-0" + at + " 12:00+00' FROM unit WHERE code = 'EUR'");
  };
  const std::string other = R"('[{"account": "income:other", "share_millionths": 1000000}]')";
  rule("1, 1", "bank_account, is_credit, counterparty, first_day, last_day",
       other + ", 1, true, 'Somebody', 1, 28", "1");
  rule("1, 2", "least_minor, most_minor, words, reference, code", other + ", 100, 90000, 'dues', 'R1', 'C1'",
       "2");
  rule("2, 1", "party_id, counterparty_hash", "'[]', 1, repeat('c', 64)", "2");
  rule("3, 1", "to_account, is_credit", "'[]', 1, false", "2");
  superuser_sql("INSERT INTO bank_rule_order (node_id, number, rules, recorded_at) VALUES (" + n +
                ", 1, '{3,1,2}', '2026-02-02 12:00+00')");
  superuser_sql(
      "INSERT INTO bank_rule_replay (node_id, rule_number, number, version, bank_account, from_on, to_on, "
      "last_line, looked_at, agreed, differed, still_open, taken_before, recorded_at) VALUES (" +
      n + ", 1, 1, 2, 1, '2026-02-01', '2026-02-28', 11, 9, 2, 0, 1, 1, '2026-02-03 12:00+00')");
  db().in_tx([&](Tx& tx) {
    books::tell(tx, node(), author(), "bank_rule_replayed",
                {{"rule", 1}, {"version", 2}, {"replay", 1}, {"agreed", 2}, {"differed", 0}, {"open", 1}});
  });
  const auto step = [&](const std::string& values, const std::string& at) {
    superuser_sql(
        "INSERT INTO bank_rule_step (node_id, rule_number, number, kind, version, replay, reason, "
        "recorded_at) VALUES (" +
        n + ", " + values + ", '2026-02-" + at + " 12:00+00')");
  };
  step("1, 1, 'posting', 2, 1, NULL", "04");
  const auto third =
      record("2026-02-04", {{"assets:bank", "-4.50"}, {"income:other", "4.50"}}).number.number();
  // Line 3 was set aside, and stays so: match 6 of it was undone.
  superuser_sql(
      "BEGIN; INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, "
      "live, recorded_at) VALUES (" +
      n + ", 6, 3, 'rule', false, '[]', false, '2026-02-05 12:00+00'); " +
      "INSERT INTO bank_match_part (node_id, match_number, part, entry_number, posting_line, "
      "amount_minor, made) VALUES (" +
      n + ", 6, 1, " + std::to_string(third) +
      ", 1, -450, 'found'); "
      "INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at) VALUES (" +
      n + ", 6, 'a mistake', '2026-02-06 12:00+00'); " +
      "INSERT INTO bank_match_rule (node_id, match_number, rule_number, version) VALUES (" + n +
      ", 6, 1, 2); COMMIT");
  step("1, 2, 'suggesting', 2, NULL, 'too early'", "06");
  step("3, 1, 'ended', 1, NULL, 'of no use'", "06");
  superuser_sql(
      "INSERT INTO bank_match_word (node_id, word_hash, is_credit, match_number, account_id, party_id) "
      "SELECT " +
      n + ", repeat('d', 64), true, 1, id, NULL FROM account WHERE path = 'income:other' UNION ALL SELECT " +
      n + ", repeat('e', 64), true, 4, NULL, 1");
}

}  // namespace coop::test
