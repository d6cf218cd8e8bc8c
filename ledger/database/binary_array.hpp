#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/database/sql_value.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop {

/// An array parameter as PostgreSQL sends it in binary, for columns of many values: nothing is written as
/// text and read again. The parameter's type in the statement must be the array's own: `unnest($1::int[])`.
/// Source of the form: array_recv and the types' own receive functions; the same in all versions since 8.0.
class BinaryArray {
 public:
  /// What an element is, by its number in pg_type.
  enum class Of : std::uint32_t {
    boolean = 16,
    bytea = 17,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    date = 1082,
    uuid = 2950,
  };
  explicit BinaryArray(Of element);

  /// A number of int2, int4 or int8. Throws InvariantBroken if it does not fit.
  void add(std::int64_t number);
  void add(int number) { add(static_cast<std::int64_t>(number)); }
  void add(bool truth);
  void add(Day day);
  void add(std::string_view text) { add_element(text); }
  void add(const char* text) { add_element(text); }
  void add(Bytes bytes) { add_element(bytes.bytes); }
  /// The sixteen bytes of a uuid.
  void add_uuid(std::span<const unsigned char, 16> bytes);
  void add_null();
  template <class Kind, class Number>
  void add(Id<Kind, Number> id) {
    add(static_cast<std::int64_t>(id.number()));
  }
  template <class Value>
  void add(const std::optional<Value>& value) {
    if (value) add(*value);
    else add_null();
  }
  /// Like add(), but NULLs before the first value are only counted: an array of nothing but NULLs stays
  /// empty, which unnest pads to the length of its neighbours.
  template <class Value>
  void add_sparse(const std::optional<Value>& value) {
    if (!value) {
      if (written_) add_null();
      else ++skipped_;
      return;
    }
    for (; skipped_ > 0; --skipped_) add_null();
    add(*value);
    written_ = true;
  }
  void add(double) = delete;
  /// The parameter as it is sent.
  std::string value() const;

 private:
  void add_element(std::string_view bytes);
  Of element_;
  std::string elements_;
  std::int32_t count_ = 0;
  bool has_null_ = false;
  std::size_t skipped_ = 0;
  bool written_ = false;
};

}  // namespace coop
