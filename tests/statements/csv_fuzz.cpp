// CSV from a stranger is read or refused, with and without a profile; what is read has text that can be
// stored and, where it claims balances, adds up to them.
#include "ledger/statements/csv_reader.hpp"
#include "ledger/statements/csv_survey.hpp"
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

void look(std::string_view bytes) {
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
}

const bool added = fuzz::add_target(
    {"csv",
     look,
     {"Konto;DE89370400440532013000\n\nBuchungstag;Valuta;Verwendungszweck;Betrag "
      "EUR;Saldo\n31.03.26;01.04.26;"
      "\"Miete; "
      "\"\"M\xE4rz\"\"\";-1.234,50;0,50\n30.03.26;30.03.26;Beitrag;1.235,00;1.235,00\nSumme;;;0,50;\n",
      "Date,Type,Description,Paid out,Paid in,Balance\n01 Jan 2026,,FORWARD,,,\xC2\xA3"
      "100.00\n02 Jan 2026,DD,Rent,\xC2\xA3"
      "60.00,,40.00\n",
      "sep=|\r\nDatum|Bedrag|Af Bij|Valuta|Status\r\n20260331|1.000|Af|EUR|pending\r\n20260331|2,5 "
      "DR|Bij||\r\n",
      "31.12.2026;-1,50;x\n1/2/26;2;y\n"}});

}  // namespace
}  // namespace coop::statements
