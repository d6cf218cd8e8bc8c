// Whatever text arrives, reading a value refuses it or answers a value whose text reads back to the same
// value.
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/period.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/sepa_text.hpp"
#include "ledger/values/structured_reference.hpp"
#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop {
namespace {

using fuzz::is_read;
using fuzz::require;

void read_all(std::string_view text, int scale) {
  is_read([&] {
    const std::int64_t minor = minor_from_text(text, scale);
    require(minor_from_text(text_from_minor(minor, scale), scale) == minor, "an amount is read as written");
  });
  is_read([&] {
    const Day day = Day::parse(text);
    require(day.text() == text, "a day has one text");
  });
  is_read([&] {
    const Instant instant = instant_from_text(text);
    require(instant_from_text(text_of(instant)) == instant, "an instant is read as written");
  });
  is_read([&] {
    const Period period = Period::parse(text);
    require(period.first() <= period.last(), "a period ends after it begins");
  });
  is_read([&] {
    const Ratio ratio = Ratio::parse(text);
    require(Ratio::parse(ratio.text()) == ratio, "a ratio is read as written");
  });
  is_read([&] {
    const Iban iban = Iban::parse(text);
    require(Iban::parse(iban.printed()) == iban, "an IBAN is read as printed");
  });
  is_read([&] {
    const StructuredReference reference = StructuredReference::parse(text);
    require(StructuredReference::parse(reference.printed()) == reference, "a reference is read as printed");
  });
  if (is_storable_text(text))
    require(is_sepa_text(sepa_text_of(text).text), "every text is written in what banks take");
}

void look_at_values(std::string_view bytes) {
  if (bytes.empty()) return;
  read_all(bytes.substr(1), static_cast<unsigned char>(bytes.front()) % 7);
}

// The first byte chooses the scale.
const bool added_values =
    fuzz::add_target({"values_from_text",
                      look_at_values,
                      {"\x02"
                       "12.34",
                       "\x02"
                       "-92233720368547758.08",
                       "\x06"
                       "0.000001",
                       "2026-02-28", "2024-02-29", "9999-12-31", "2026-01-31T09:05:00Z",
                       "2026-01-31T10:05:00.123456+01:00", "2026-Q1", "22026-03", "2026-03-01..2026-03-15",
                       "21/3", "20.05", "212.5%", "2BE68 5390 0754 7034", "2RF18 5390 0754 7034",
                       "2+++000/0000/00101+++", "2210000000003139471430009017", "2Łukasz Żółć & Юрий"}});

}  // namespace
}  // namespace coop
