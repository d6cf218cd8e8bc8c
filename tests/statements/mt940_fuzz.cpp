// MT940 from a stranger is read or refused; what is read has text that can be stored, and reads the same
// twice.
#include "ledger/statements/mt940_reader.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void look_at_mt940(std::string_view bytes) {
  fuzz::is_read([&] {
    const ReadFile file = mt940_from(bytes);
    fuzz::require(!file.statements.empty(), "a file that is read has a statement");
    for (const Statement& statement : file.statements) {
      for (const Line& line : statement.lines) {
        fuzz::require(is_storable_text(line.raw) && is_storable_text(line.text), "text can be stored");
        for (const Detail& detail : line.details)
          fuzz::require(is_storable_text(detail.text) && is_storable_text(detail.counterparty.name),
                        "text can be stored");
      }
    }
  });
}

const bool added_mt940 = fuzz::add_target(
    {"mt940",
     look_at_mt940,
     {":20:A\n:25:20030040/1234\n:28C:7/1\n:60F:C260228EUR1204,50\n:61:2603020302CR60,NTRFNONREF//B1\nwords\n"
      ":86:166?00GUTSCHRIFT?20EREF+E2E?21SVWZ+Beitrag?30GENODEF1XYZ?31DE89370400440532013000?32Kern?34901\n"
      ":62F:C260331EUR1264,50\n-\n",
      "{1:F01X}{2:O940X}{4:\r\n:20:B\r\n:25:NL91ABNA0417164300EUR\r\n:28C:12\r\n:60M:D260301EUR1,\r\n"
      ":61:260230RD25,00N541EREF//1\r\n:86:/EREF/M-03//CNTP/NL20INGB0001234567/INGBNL2A/A///REMI/USTD//x/\r\n"
      ":62M:C260304EUR24,\r\n-}{5:}\r\n",
      ":20:C\n:25:1\n:34F:EURD0,00\n:13D:2603051230+0100\n:61:260305EC1,NMSC\n:86:020~00A~20B~32C\xE4\n"
      ":90D:1EUR2,30\n:90C:0EUR0,\n-\n"}});

}  // namespace
}  // namespace coop::statements
