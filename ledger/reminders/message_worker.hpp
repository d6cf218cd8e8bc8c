#pragma once
#include <memory>

#include "ledger/database/database.hpp"
#include "ledger/reminders/carrier.hpp"
#include "ledger/values/day.hpp"

namespace coop::reminders {

/// A thread that sends the messages that wait, on any number of servers side by side. Without a way to send
/// there is none.
class MessageWorker {
 public:
  MessageWorker(Database& database, Clock clock, DeliverySettings settings);
  ~MessageWorker();
  MessageWorker(const MessageWorker&) = delete;
  MessageWorker& operator=(const MessageWorker&) = delete;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::reminders
