// CSV from a stranger is read or refused, with and without a profile; what is read has text that can be
// stored and, where it claims balances, adds up to them.
#include "ledger/statements/csv_reader.hpp"
#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/file_survey.hpp"
#include "ledger/statements/hour_rows.hpp"
#include "ledger/statements/own_statement.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void require_sound(const ReadFile& file) {
  for (const Statement& statement : file.statements) {
    Decimal sum;
    for (const Line& line : statement.lines) {
      fuzz::require(line.details.size() == 1, "a line has one detail");
      fuzz::require(is_storable_text(line.raw) && is_storable_text(line.details[0].text),
                    "text can be stored");
      if (line.status == LineStatus::booked) sum = sum + line.amount;
    }
    if (statement.opening && statement.closing)
      fuzz::require(is_same(statement.opening->amount + sum, statement.closing->amount),
                    "balances that are claimed agree with the lines");
  }
}

void look_at_csv(std::string_view bytes) {
  is_csv(bytes);
  fuzz::is_read([&] { require_sound(csv_from(bytes)); });
  fuzz::is_read([&] {
    if (const auto survey = survey_csv(bytes)) require_sound(csv_from(bytes, survey->profile));
  });
  CsvProfile profile;
  profile.separator = ';';
  profile.has_header = false;
  profile.days = CsvDays::day_month;
  profile.decimal_mark = ',';
  profile.day = "#1";
  profile.amount = "#2";
  profile.text = {"#3"};
  fuzz::is_read([&] { require_sound(csv_from(bytes, profile)); });
  fuzz::is_read([&] {
    if (const auto own = find_own_statement(bytes)) require_sound(csv_from(bytes, *own));
  });
  fuzz::is_read([&] { survey_file(bytes); });
  fuzz::is_read([&] {
    for (const HourRow& row : hour_rows_from(bytes, {}, DayOrder::day_month))
      fuzz::require(row.faults.empty() == (row.minutes > 0 && row.day && !row.member.empty()) &&
                        is_storable_text(row.member),
                    "somebody worked for some time, or a fault says why not");
  });
}

const bool added_csv = fuzz::add_target(
    {"csv",
     look_at_csv,
     {"Konto;DE89370400440532013000\n\nBuchungstag;Valuta;Verwendungszweck;Betrag "
      "EUR;Saldo\n31.03.26;01.04.26;"
      "\"Miete; "
      "\"\"M\xE4rz\"\"\";-1.234,50;0,50\n30.03.26;30.03.26;Beitrag;1.235,00;1.235,00\nSumme;;;0,50;\n",
      "Date,Type,Description,Paid out,Paid in,Balance\n01 Jan 2026,,FORWARD,,,\xC2\xA3"
      "100.00\n02 Jan 2026,DD,Rent,\xC2\xA3"
      "60.00,,40.00\n",
      "sep=|\r\nDatum|Bedrag|Af Bij|Valuta|Status\r\n20260331|1.000|Af|EUR|pending\r\n20260331|2,5 "
      "DR|Bij||\r\n",
      "31.12.2026;-1,50;x\n1/2/26;2;y\n",
      "row,level,booked_on,entry,line,description,reference,counterpart,note,fund,member,cost_object,tax_"
      "code,"
      "recorded_at,reverses,reversed_by,amount,balance,unit,positive\r\nline,0,2026-03-02,7,1,Shared,,,,,,,,"
      ",,,10.00,15.00,EUR,debit\r\n",
      "Date,Duration,User,Project\n2026-03-02,1:30,ada,P\n2026-03-03,0:05,eve,P\n"}});

}  // namespace
}  // namespace coop::statements
