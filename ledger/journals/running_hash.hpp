#pragma once
#include <memory>
#include <string_view>

#include "ledger/books/entry.hpp"

namespace coop::journals {

/// SHA-256 of text that comes in pieces.
class RunningHash {
 public:
  RunningHash();
  ~RunningHash();
  void add(std::string_view piece);
  /// The hash of all pieces so far. More may follow.
  Hash value() const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace coop::journals
