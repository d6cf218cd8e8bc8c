// Whatever text arrives, reading a value refuses it or answers a value whose text reads back to the same
// value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/period.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {
namespace {

/// Runs `read`; a refusal is a good answer, anything else that is thrown is found by the fuzzer.
template <class Read>
void unless_refused(Read&& read) {
  try {
    read();
  } catch (const Refused&) {
    return;
  }
}

void require(bool holds) {
  if (!holds) std::abort();
}

void read_all(std::string_view text, int scale) {
  unless_refused([&] {
    const std::int64_t minor = minor_from_text(text, scale);
    require(minor_from_text(text_from_minor(minor, scale), scale) == minor);
  });
  unless_refused([&] {
    const Day day = Day::parse(text);
    require(day.text() == text);
  });
  unless_refused([&] {
    const Instant instant = instant_from_text(text);
    require(instant_from_text(text_of(instant)) == instant);
  });
  unless_refused([&] {
    const Period period = Period::parse(text);
    require(period.first() <= period.last());
  });
  unless_refused([&] {
    const Ratio ratio = Ratio::parse(text);
    require(Ratio::parse(ratio.text()) == ratio);
  });
}

}  // namespace
}  // namespace coop

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string text{reinterpret_cast<const char*>(bytes) + 1, size - 1};
  coop::read_all(text, bytes[0] % 7);
  return 0;
}
