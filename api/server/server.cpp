#include "api/server/server.hpp"

#include "api/event_waiters.hpp"
#include "api/handlers/routes.hpp"
#include "api/metrics.hpp"
#include "api/server/dispatcher.hpp"
#include "api/server/job_kinds.hpp"
#include "api/server/upkeep.hpp"
#include "api/signing_key_file.hpp"
#include "api/upload.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/reminders/message_worker.hpp"
#include "ledger/webhooks/delivery_worker.hpp"

namespace coop::api {

namespace {

/// The whole minute's worth may come at once; 0 is no limit.
std::unique_ptr<access::RateLimiter> limiter_of(int per_minute) {
  if (per_minute == 0) return nullptr;
  return std::make_unique<access::RateLimiter>(access::RateLimit{per_minute, per_minute});
}

constexpr int jobs_at_once = 2;
constexpr int deliveries_at_once = 2;

reminders::DeliverySettings delivery_of(const Settings& settings) {
  return {.way = reminders::delivery_way_from(settings.message_delivery),
          .folder = settings.message_folder.empty() ? std::filesystem::absolute(settings.data) / "messages"
                                                    : std::filesystem::path{settings.message_folder},
          .from = settings.message_from,
          .smtp_url = settings.smtp_url,
          .smtp_user = settings.smtp_user,
          .smtp_password = settings.smtp_password,
          .tls_required = settings.smtp_tls_required};
}

webhooks::ReachRules reach_of(const Settings& settings) { return {settings.webhooks_to_private}; }

Exchange::Habits habits_of(const Settings& settings, Metrics& metrics) {
  return {settings.metrics ? &metrics : nullptr, settings.access_log, settings.behind_proxy,
          settings.cors_origins};
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
        metrics{routes()},
        habits{habits_of(set, metrics)},
        nodes{database},
        units{database},
        entry_queue{database, clock, std::max(1, address.connections / 4)},
        tokens{database},
        requests{limiter_of(set.requests_per_minute)},
        sign_ins{limiter_of(set.sign_ins_per_minute)},
        signing_key{proof::SigningKey::read_or_make(signing_key_file(set))},
        uploads{std::filesystem::absolute(set.data) / "uploads"},
        jobs{database, clock, job_kinds(database, clock, units), jobs_at_once},
        event_waiters{database},
        services{database,
                 clock,
                 nodes,
                 units,
                 entry_queue,
                 jobs,
                 uploads,
                 signing_key,
                 reach_of(set),
                 event_waiters,
                 set.metrics ? &metrics : nullptr,
                 COOP_VERSION,
                 tokens,
                 requests.get(),
                 sign_ins.get()},
        dispatcher{routes(), services, habits, widths_of(set)},
        deliveries{database, clock, reach_of(set), deliveries_at_once},
        messages{database, clock, delivery_of(set)},
        upkeep{database, clock, signing_key},
        door{set.http, [this](HttpRequest&& request, Reply reply) {
               dispatcher.take(std::move(request), std::move(reply));
             }} {}

  /// What is looked at when somebody asks for /metrics.
  void watch_figures() {
    const auto watch = [this](const char* name, const char* help, auto read) {
      metrics.watch(std::string{"coopledger_"} + name, help, [read] { return static_cast<double>(read()); });
    };
    watch("drafts_waiting", "Entries that wait for their commit.",
          [this] { return entry_queue.counts().drafts_waiting; });
    watch("drafts_settled", "Entries recorded or refused since the start.",
          [this] { return entry_queue.counts().drafts_settled; });
    watch("batches", "Commits of gathered entries since the start.",
          [this] { return entry_queue.counts().batches; });
    watch("requests_waiting", "Requests that wait for a worker.",
          [this] { return dispatcher.workers().waiting(); });
    watch("workers_busy", "Workers at work.", [this] { return dispatcher.workers().busy(); });
    watch("long_requests_waiting", "Long requests that wait for a worker.",
          [this] { return dispatcher.long_workers().waiting(); });
    watch("callers_waiting", "Callers who wait for a change.", [this] { return event_waiters.waiting(); });
    watch("connections_open", "Open connections.", [this] { return door.counts().connections_open; });
    watch("connections_total", "Connections since the start.",
          [this] { return door.counts().connections_total; });
    watch("connections_refused", "Connections closed at once, because there were too many.",
          [this] { return door.counts().connections_refused; });
    watch("requests_in_flight", "Requests being served.",
          [this] { return door.counts().requests_in_flight; });
  }

  Settings settings;
  Database database;
  Clock clock;
  Metrics metrics;
  Exchange::Habits habits;
  NodeDirectory nodes;
  UnitDirectory units;
  books::EntryQueue entry_queue;
  access::TokenDirectory tokens;
  std::unique_ptr<access::RateLimiter> requests;
  std::unique_ptr<access::RateLimiter> sign_ins;
  proof::SigningKey signing_key;
  Uploads uploads;
  jobs::JobWorker jobs;
  EventWaiters event_waiters;
  Services services;
  Dispatcher dispatcher;
  webhooks::DeliveryWorker deliveries;
  reminders::MessageWorker messages;
  Upkeep upkeep;
  HttpServer door;
  bool is_started = false;
};

Server::Server(const Settings& settings, const DatabaseSettings& database, Clock clock)
    : held_{new Held{settings, database, std::move(clock)}} {
  held_->watch_figures();
}

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

std::optional<access::FirstToken> Server::first_operator_token() {
  const Instant now = held_->clock();
  return held_->database.in_tx([&](Tx& tx) { return access::first_operator_token(tx, now); });
}

}  // namespace coop::api
