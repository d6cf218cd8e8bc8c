#include "api/server/upkeep.hpp"

#include "api/log.hpp"
#include "ledger/books/hold_service.hpp"

namespace coop::api {

namespace {
constexpr std::chrono::seconds tidy_every{5};
}

Upkeep::Upkeep(Database& database, Clock clock)
    : database_{database}, clock_{std::move(clock)}, thread_{[this] { serve(); }} {}

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
  } catch (const std::exception& fault) {
    log_event(LogLevel::warning, "upkeep put off", {{"cause", fault.what()}});
  }
}

}  // namespace coop::api
