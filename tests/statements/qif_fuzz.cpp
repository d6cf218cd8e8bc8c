// QIF from a stranger is read or refused, whatever the profile says; what is read has text that can be
// stored.
#include "ledger/statements/qif_reader.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void read_with(std::string_view bytes, const QifReading& reading) {
  fuzz::is_read([&] {
    for (const Statement& statement : qif_from(bytes, reading).statements) {
      for (const Line& line : statement.lines) {
        fuzz::require(!line.details.empty(), "a line has details");
        fuzz::require(is_storable_text(line.raw) && is_storable_text(line.details[0].text),
                      "text can be stored");
      }
    }
  });
}

void look_at_qif(std::string_view bytes) {
  read_with(bytes, {});
  read_with(bytes, {DayOrder::day_month, ','});
}

const bool added_qif = fuzz::add_target(
    {"qif",
     look_at_qif,
     {"!Account\nNHouse\nTBank\n^\n!Type:Bank\nD31/12'25\nPOpening Balance\nL[House]\nT1.000,00\n^\nD 1/ "
      "2'26\nT-25,50\n"
      "U-25,50\nN17\nPGrocer\nMVegetables\nSFood\nEhalf\n$-12,50\nSFun\n$-13\n^\n!Type:Cat\nNFood\n^\n",
      "!type:ccard\r\nD2026-01-03\r\nT1,000\r\nPKi\xF6sk\r\n^\r\nD12/19/18\r\nT(3.5)\r\n^\r\n"}});

}  // namespace
}  // namespace coop::statements
