#include "api/server/upkeep.hpp"

#include "api/log.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/proof/checkpoint_service.hpp"

namespace coop::api {

namespace {
constexpr std::chrono::seconds tidy_every{5};
}

Upkeep::Upkeep(Database& database, Clock clock, const proof::SigningKey& key)
    : database_{database}, clock_{std::move(clock)}, key_{key}, thread_{[this] { serve(); }} {}

Upkeep::~Upkeep() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  end_.notify_all();
  thread_.join();
}

void Upkeep::serve() {
  std::unique_lock lock{mutex_};
  while (!end_.wait_for(lock, tidy_every, [this] { return ending_; })) {
    lock.unlock();
    tidy();
    lock.lock();
  }
}

void Upkeep::tidy() {
  try {
    database_.in_tx([&](Tx& tx) { books::expire_holds(tx, clock_()); });
    sign_checkpoints();
  } catch (const std::exception& fault) {
    log_event(LogLevel::warning, "upkeep put off", {{"cause", fault.what()}});
  }
}

// Each in a database transaction of its own, since it locks the node's books.
void Upkeep::sign_checkpoints() {
  const auto due =
      database_.in_tx([&](Tx& tx) { return proof::due_checkpoints(tx, proof::CheckpointRule{}, clock_()); });
  for (const NodeId node : due) {
    database_.in_tx([&](Tx& tx) { proof::make_checkpoint(tx, node, key_, clock_()); });
  }
}

}  // namespace coop::api
