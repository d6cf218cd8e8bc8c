#pragma once
#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "ledger/journals/native_checks.hpp"
#include "ledger/journals/running_hash.hpp"

namespace coop::journals {

/// Reads a complete export line by line and refuses it at the first line that cannot be read or contradicts
/// the lines before it. Whoever reads to the end knows that the file is whole, unaltered, and books that
/// verify.
class NativeReader {
 public:
  /// `in` outlives the reader.
  explicit NativeReader(std::istream& in) : in_{in} {}
  /// The next line, checked; nothing after the last. Throws Refused, naming the line: import_unreadable
  /// (also: cut off, a line too long), import_contradicts.
  std::optional<NativeLine> next();
  /// What the lines so far say.
  const NativeChecks& checks() const noexcept { return checks_; }
  /// The number of the line that next() returned last, from 1.
  std::int64_t line_number() const noexcept { return line_number_; }

 private:
  NativeLine checked_line();
  std::istream& in_;
  std::string text_;
  NativeChecks checks_;
  RunningHash hash_;
  std::int64_t line_number_ = 0;
};

}  // namespace coop::journals
