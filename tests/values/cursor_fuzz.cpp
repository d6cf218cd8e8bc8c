// A cursor is what we made for this very list, or it is refused; its fields are read in order or refused.
#include "ledger/values/cursor.hpp"

#include "tests/support/fuzz_target.hpp"

namespace coop {
namespace {

constexpr std::string_view list = "/v1/nodes/bcn/entries\nq=a";

void read_any_fields(std::string_view cursor) {
  fuzz::is_read([&] {
    OpenedCursor opened{list, cursor};
    opened.string();
    opened.number();
    opened.day();
    opened.string();
  });
  fuzz::is_read([&] { OpenedCursor{list, cursor}.number(); });
  fuzz::is_read([&] { OpenedCursor{list, cursor}.day(); });
}

/// Fields that a stranger might forge: the checksum is no secret.
void look_at_forged(std::string_view bytes) {
  std::string field{bytes.substr(0, bytes.find('\x1f'))};
  const std::string text = Cursor{list}.add(field).add(std::int64_t{7}).text();
  OpenedCursor opened{list, text};
  fuzz::require(opened.string() == field && opened.number() == 7, "fields are read as they were written");
  fuzz::require(!fuzz::is_read([&] { OpenedCursor{"another list", text}; }), "a cursor is for one list");
  read_any_fields(text);
}

void look_at_cursor(std::string_view bytes) {
  read_any_fields(bytes);
  if (bytes.size() < 2'000) look_at_forged(bytes);
}

const bool added_cursor = fuzz::add_target(
    {"cursor",
     look_at_cursor,
     {Cursor{list}.add("assets:bank").add(std::int64_t{42}).add(Day::parse("2026-01-31")).text(),
      Cursor{list}.add(std::int64_t{-1}).text(), Cursor{list}.text(), "AAAAAAAAAAAAAAAA",
      "-9223372036854775808", "9999999999999999999", "2026-01-31", "__--"}});

}  // namespace
}  // namespace coop
