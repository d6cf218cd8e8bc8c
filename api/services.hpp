#pragma once
#include <string>

#include "api/directories.hpp"
#include "ledger/access/rate_limiter.hpp"
#include "ledger/access/token_directory_service.hpp"
#include "ledger/books/entry_queue_service.hpp"
#include "ledger/database/database.hpp"
#include "ledger/jobs/job_worker.hpp"
#include "ledger/proof/signing_key.hpp"
#include "ledger/values/day.hpp"
#include "ledger/webhooks/post_office.hpp"

namespace coop::api {

class EventWaiters;
class Metrics;
class Uploads;

/// What handlers work with. Made once by the server; lives as long as it does.
struct Services {
  Database& database;
  Clock clock;
  NodeDirectory& nodes;
  UnitDirectory& units;
  books::EntryQueue& entry_queue;
  jobs::JobWorker& jobs;
  const Uploads& uploads;
  const proof::SigningKey& signing_key;
  webhooks::ReachRules webhook_reach;
  EventWaiters& event_waiters;
  Metrics* metrics;  ///< null: switched off
  std::string version;
  access::TokenDirectory& tokens;
  access::RateLimiter* requests;  ///< how fast one caller may ask; null: as fast as they can
  access::RateLimiter* sign_ins;  ///< how fast one address may try to sign in; null: no limit
};

}  // namespace coop::api
