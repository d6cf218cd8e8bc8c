#include "api/directories.hpp"

#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {
constexpr std::chrono::seconds fresh_for{3};
}

std::shared_ptr<const books::Node> NodeDirectory::at_hand(std::string_view name) const {
  const std::shared_lock reading{mutex_};
  const auto found = nodes_.find(name);
  return found == nodes_.end() ? nullptr : found->second.node;
}

std::shared_ptr<const books::Node> NodeDirectory::require(std::string_view name) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::shared_lock reading{mutex_};
    const auto found = nodes_.find(name);
    if (found != nodes_.end() && now - found->second.read_at < fresh_for) return found->second.node;
  }
  auto node = std::make_shared<const books::Node>(
      database_.in_tx([&](Tx& tx) { return books::read_node(tx, name); }));
  const std::unique_lock writing{mutex_};
  nodes_.insert_or_assign(std::string{name}, Remembered{node, now});
  return node;
}

void NodeDirectory::forget(std::string_view name) {
  const std::unique_lock writing{mutex_};
  const auto found = nodes_.find(name);
  if (found != nodes_.end()) found->second.read_at = {};
}

std::shared_ptr<const books::Units> UnitDirectory::at_hand() const {
  const std::lock_guard lock{mutex_};
  return units_;
}

std::shared_ptr<const books::Units> UnitDirectory::refresh() {
  std::vector<Unit> units;
  for (const auto& listed : database_.in_tx([](Tx& tx) { return books::read_units(tx); }))
    units.push_back(listed.unit);
  auto fresh = std::make_shared<const books::Units>(units);
  const std::lock_guard lock{mutex_};
  units_ = fresh;
  by_id_.clear();
  for (const Unit& unit : units) by_id_.emplace(unit.id, unit);
  return fresh;
}

Unit UnitDirectory::require(std::string_view code) {
  if (const auto units = at_hand())
    if (const Unit* unit = units->find(code)) return *unit;
  return refresh()->require(code, "");
}

Unit UnitDirectory::of(UnitId id) {
  for (const bool again : {false, true}) {
    if (again) refresh();
    const std::lock_guard lock{mutex_};
    const auto found = by_id_.find(id);
    if (found != by_id_.end()) return found->second;
  }
  throw InvariantBroken{"a node's or account's unit is among the units"};
}

}  // namespace coop::api
