#include "api/server/server.hpp"

#include "api/event_waiters.hpp"
#include "api/handlers/routes.hpp"
#include "api/metrics.hpp"
#include "api/server/dispatcher.hpp"
#include "api/server/job_kinds.hpp"
#include "api/server/upkeep.hpp"
#include "api/upload.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/webhooks/delivery_worker.hpp"

namespace coop::api {

namespace {

constexpr int no_limit = 1'000'000;

/// The whole minute's worth may come at once; 0 is no limit.
access::RateLimit limit_of(int per_minute) {
  if (per_minute == 0) return {no_limit, no_limit};
  return {std::max(1, per_minute / 60), per_minute};
}

constexpr int jobs_at_once = 2;
constexpr int deliveries_at_once = 2;

webhooks::ReachRules reach_of(const Settings& settings) { return {settings.webhooks_to_private}; }

Exchange::Habits habits_of(const Settings& settings, Metrics& metrics) {
  return {settings.metrics ? &metrics : nullptr, settings.access_log, settings.cors_origins};
}

Dispatcher::Widths widths_of(const Settings& settings) {
  Dispatcher::Widths widths;
  widths.workers = settings.workers;
  widths.long_workers = std::max(2, settings.workers / 2);
  return widths;
}

}  // namespace

/// In the order in which they are made; taken down the other way round.
struct Server::Held {
  Held(const Settings& set, const DatabaseSettings& address, Clock a_clock)
      : settings{set},
        database{address},
        clock{std::move(a_clock)},
        nodes{database},
        units{database},
        entry_queue{database, clock, std::max(1, address.connections / 4)},
        tokens{database},
        requests{limit_of(set.requests_per_minute)},
        sign_ins{limit_of(set.sign_ins_per_minute)},
        uploads{std::filesystem::absolute(set.data) / "uploads"},
        jobs{database, clock, job_kinds(database, clock, units), jobs_at_once},
        event_waiters{database},
        metrics{routes()},
        services{database,     clock,   nodes,         units,         entry_queue,
                 jobs,         uploads, reach_of(set), event_waiters, set.metrics ? &metrics : nullptr,
                 COOP_VERSION, tokens,  requests,      sign_ins},
        habits{habits_of(set, metrics)},
        dispatcher{routes(), services, habits, widths_of(set)},
        deliveries{database, clock, reach_of(set), deliveries_at_once},
        upkeep{database, clock},
        door{set.http, [this](HttpRequest&& request, Reply reply) {
               dispatcher.take(std::move(request), std::move(reply));
             }} {}

  Settings settings;
  Database database;
  Clock clock;
  NodeDirectory nodes;
  UnitDirectory units;
  books::EntryQueue entry_queue;
  access::TokenDirectory tokens;
  access::RateLimiter requests;
  access::RateLimiter sign_ins;
  Uploads uploads;
  jobs::JobWorker jobs;
  EventWaiters event_waiters;
  Metrics metrics;
  Services services;
  Exchange::Habits habits;
  Dispatcher dispatcher;
  webhooks::DeliveryWorker deliveries;
  Upkeep upkeep;
  HttpServer door;
  bool is_started = false;
};

Server::Server(const Settings& settings, const DatabaseSettings& database, Clock clock)
    : held_{new Held{settings, database, std::move(clock)}} {}

Server::~Server() { stop(); }

void Server::start() {
  held_->database.in_tx([](Tx& tx) { books::insert_iso4217(tx); });
  held_->units.refresh();
  held_->door.start();
  held_->is_started = true;
}

std::uint16_t Server::port() const { return held_->door.port(); }

void Server::stop() {
  if (!held_->is_started) return;
  held_->event_waiters.end();  // whoever waits for a change is answered now, not in its own time
  held_->door.stop(held_->settings.stop_patience_ms);
  held_->is_started = false;
}

std::string Server::first_operator_token() {
  const Instant now = held_->clock();
  const auto token = held_->database.in_tx([&](Tx& tx) { return access::first_operator_token(tx, now); });
  return token ? token->text : std::string{};
}

}  // namespace coop::api
