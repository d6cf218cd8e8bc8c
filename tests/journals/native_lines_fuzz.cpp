// Lines of the native form: what is read is written as a line that reads the same, and a whole file is read
// or refused, never anything else.
#include <sstream>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_reader.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::journals {
namespace {

const Scales& scales() {
  static const Scales all{{"EUR", 2}, {"HOUR", 4}, {"JPY", 0}};
  return all;
}

std::string written_native(const NativeLine& line) {
  std::string text;
  append_native_line(text, line, scales());
  return text;
}

void look_at_native_lines(std::string_view bytes) {
  fuzz::is_read([&] {
    const std::string once = written_native(native_line_from(bytes, scales()));
    fuzz::require(once.ends_with('\n') && once.find('\n') == once.size() - 1, "a line is one line");
    const std::string twice =
        written_native(native_line_from(std::string_view{once}.substr(0, once.size() - 1), scales()));
    fuzz::require(once == twice, "a line that we wrote reads as what it was");
  });
  fuzz::is_read([&] {
    std::istringstream in{std::string{bytes}};
    NativeReader reader{in};
    while (reader.next()) {
    }
  });
}

std::vector<std::string> lines() {
  const Instant moment = instant_from_text("2026-02-01T09:05:00.123456Z");
  const Day day = Day::parse("2026-01-31");
  const Hash hash = sha256_of("hash");
  const std::string uuid = "00112233-4455-6677-8899-aabbccddeeff";
  const books::Posting debit{1, "assets:bank", "EUR", 2, 1234, {"media", {}, {}, {}}, "a note"};
  const books::Entry entry{EntryNumber{1},
                           day,
                           moment,
                           "tess",
                           day,
                           "Dues",
                           "R1",
                           "bank/1",
                           EntryNumber{2},
                           {},
                           HoldNumber{1},
                           hash,
                           {debit, {2, "income:dues", "EUR", 2, -1234, {}, {}}}};
  std::vector<NativeLine> all{
      NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1, moment, moment, 1, 1,
                 hash},
      NativeUnit{"EUR", "Euro", 2, "currency"},
      NativeDimension{1, books::DimensionKind::fund, "media", "Media é", moment},
      NativeAccount{1,
                    "assets:bank",
                    "EUR",
                    books::AccountType::asset,
                    "Bank",
                    {books::DimensionKind::fund},
                    {-1000, 1000},
                    day,
                    day,
                    moment},
      NativeHold{1, moment, "tess", moment, "Rent", "R1", uuid, uuid, {debit}},
      NativeEntry{entry, uuid, uuid},
      NativeCheckpoint{1, hash, moment, "key", std::string(64, 'a'), std::string(128, 'b')},
      NativeHoldEnd{1, "posted", moment, "tess", 1},
      NativeLock{1, books::LockKind::soft, day, "filed", "tess", moment},
      NativeUnlock{1, "late", "tess", moment},
      NativeEvent{1, moment, "entries_recorded", 1, 1, "{\"a\":1}"},
      NativeAnswer{uuid, uuid, 201, "{}", moment},
      NativeRow{find_row_kind("erasure"), R"({"member":"M1","erased_at":"2026-02-01T09:05:00.123456Z",)"
                                          R"("erased_by":"tess","reason":"asked for it"})"},
      NativeRow{find_row_kind("membership"),
                R"({"id":1,"member":"M1","class":"user","from_on":"2026-01-31","taken_back":false,)"
                R"("recorded_at":"2026-02-01T09:05:00.123456Z"})"},
      NativeEnd{{{"books", 1}, {"unit", 1}}, hash, hash},
  };
  std::vector<std::string> texts;
  std::string file;
  for (const NativeLine& line : all) {
    texts.push_back(written_native(line));
    file += texts.back();
    texts.back().pop_back();
  }
  texts.push_back(file);
  return texts;
}

const bool added_native_lines = fuzz::add_target({"native_lines", look_at_native_lines, lines()});

}  // namespace
}  // namespace coop::journals
