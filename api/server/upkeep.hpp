#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/database/database.hpp"
#include "ledger/proof/signing_key.hpp"
#include "ledger/values/day.hpp"

namespace coop::api {

/// What has to be done from time to time: holds whose time is over are ended within a few seconds, also in
/// nodes where nothing happens; checkpoints that are due are signed.
class Upkeep {
 public:
  /// The key must outlive it.
  Upkeep(Database& database, Clock clock, const proof::SigningKey& key);
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void serve();
  void tidy();
  void sign_checkpoints();
  Database& database_;
  Clock clock_;
  const proof::SigningKey& key_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace coop::api
