#pragma once
#include <memory>

#include "ledger/database/database.hpp"
#include "ledger/values/day.hpp"
#include "ledger/webhooks/post_office.hpp"

namespace coop::webhooks {

/// Threads that deliver events to webhooks, on any number of servers side by side.
class DeliveryWorker {
 public:
  DeliveryWorker(Database& database, Clock clock, ReachRules rules, int threads);
  ~DeliveryWorker();
  DeliveryWorker(const DeliveryWorker&) = delete;
  DeliveryWorker& operator=(const DeliveryWorker&) = delete;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::webhooks
