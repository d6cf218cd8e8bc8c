#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/database/database.hpp"
#include "ledger/values/day.hpp"

namespace coop::api {

/// What has to be done from time to time: holds whose time is over are ended within a few seconds, also in
/// nodes where nothing happens.
class Upkeep {
 public:
  Upkeep(Database& database, Clock clock);
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void serve();
  void tidy();
  Database& database_;
  Clock clock_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace coop::api
