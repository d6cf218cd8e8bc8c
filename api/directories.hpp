#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "ledger/books/node.hpp"
#include "ledger/books/units.hpp"
#include "ledger/database/database.hpp"

namespace coop::api {

/// The nodes of the server by name, remembered: a node is never removed or renamed, and its id never changes.
/// What may change of it (title, time zone) is at most a few seconds old. Thread-safe.
class NodeDirectory {
 public:
  explicit NodeDirectory(Database& database) : database_{database} {}
  /// The node, if it is remembered, however old; null otherwise. Never asks the database.
  std::shared_ptr<const books::Node> at_hand(std::string_view name) const;
  /// The node of this name; asks the database unless it did lately. Throws Refused: node_unknown.
  std::shared_ptr<const books::Node> require(std::string_view name);
  /// Asks the database next time.
  void forget(std::string_view name);

 private:
  struct Remembered {
    std::shared_ptr<const books::Node> node;
    std::chrono::steady_clock::time_point read_at;
  };
  Database& database_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, Remembered, std::less<>> nodes_;
};

/// The units of the server, remembered: a unit never changes. Thread-safe.
class UnitDirectory {
 public:
  explicit UnitDirectory(Database& database, std::shared_ptr<const books::Units> known = nullptr)
      : database_{database}, units_{std::move(known)} {}
  /// The units known so far; null before refresh() was called.
  std::shared_ptr<const books::Units> at_hand() const;
  /// Reads all units anew.
  std::shared_ptr<const books::Units> refresh();
  /// The unit of this code, read anew if it is not remembered. Throws Refused: unit_unknown.
  Unit require(std::string_view code);
  /// The unit with this id. InvariantBroken if there is none.
  Unit of(UnitId id);

 private:
  Database& database_;
  mutable std::mutex mutex_;
  std::shared_ptr<const books::Units> units_;
  std::map<UnitId, Unit> by_id_;
};

}  // namespace coop::api
