#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"

namespace coop {

/// Writes where a page of a list ended, so that the next page goes on from there: text that means nothing to
/// the client (base64url of a checksum and the fields added, in their order). `query` is any text that names
/// the list with all its filters: a cursor is good for the same query only. Not a secret and not a signature:
/// what it holds is never trusted beyond the place in a list.
class Cursor {
 public:
  explicit Cursor(std::string_view query) : query_{query} {}
  Cursor& add(std::string_view text);
  Cursor& add(std::int64_t number);
  Cursor& add(Day day);
  std::string text() const;

 private:
  std::string query_;
  std::string fields_;
};

/// Reads what Cursor wrote, field by field in the same order.
/// Throws Refused: cursor_invalid, if it is damaged, belongs to another query, or a field is not what is
/// asked for.
class OpenedCursor {
 public:
  OpenedCursor(std::string_view query, std::string_view cursor);
  std::string string();
  std::int64_t number();
  Day day();

 private:
  std::string fields_;
  std::size_t at_ = 0;
};

}  // namespace coop
