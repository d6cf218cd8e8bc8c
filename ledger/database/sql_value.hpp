#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop {

/// Bytes for a bytea parameter.
struct Bytes {
  std::string_view bytes;
};

/// A parameter of a statement: text as PostgreSQL reads it, or NULL.
class SqlValue {
 public:
  SqlValue(std::nullopt_t) {}
  SqlValue(std::string_view text) : text_{text} {}
  SqlValue(const std::string& text) : text_{text} {}
  SqlValue(std::string&& text) : text_{std::move(text)} {}
  SqlValue(const char* text) : text_{text} {}
  SqlValue(bool truth) : text_{truth ? "t" : "f"} {}
  SqlValue(int number) : text_{std::to_string(number)} {}
  SqlValue(std::int64_t number) : text_{std::to_string(number)} {}
  SqlValue(Day day) : text_{day.text()} {}
  SqlValue(Instant instant) : text_{text_of(instant)} {}
  SqlValue(Bytes bytes);
  template <class Kind, class Number>
  SqlValue(Id<Kind, Number> id) : text_{std::to_string(id.number())} {}
  template <class Value>
  SqlValue(const std::optional<Value>& value) {
    if (value) *this = SqlValue{*value};
  }
  SqlValue(double) = delete;

  bool is_null() const noexcept { return !text_; }
  const std::string& text() const { return *text_; }

 private:
  std::optional<std::string> text_;
};

/// Writes an array parameter as PostgreSQL's literal, element by element: `SqlArray a; a.add(1);
/// a.add_null();` → {1,NULL}. Pass it as `a.value()`, cast in the statement: `unnest($1::bigint[])`.
class SqlArray {
 public:
  void add(std::int64_t number);
  void add(int number) { add(static_cast<std::int64_t>(number)); }
  void add(bool truth);
  /// Quoted and escaped.
  void add(std::string_view text);
  void add(const char* text) { add(std::string_view{text}); }
  void add(Day day);
  void add(Instant instant);
  void add(Bytes bytes);
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
  /// Text that needs no quotes (a uuid).
  void add_bare(std::string_view text);
  /// Like add(), but NULLs before the first value are only counted: an array of nothing but NULLs stays "{}",
  /// which unnest pads to the length of its neighbours.
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
  SqlValue value() const { return SqlValue{text_ + "}"}; }

 private:
  void separate();
  std::string text_{"{"};
  std::size_t skipped_ = 0;
  bool written_ = false;
};

/// Appends "\x6162…", PostgreSQL's text form of bytea.
void append_bytea(std::string& out, std::string_view bytes);

}  // namespace coop
