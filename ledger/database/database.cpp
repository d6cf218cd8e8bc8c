#include "ledger/database/database.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>

#include "ledger/database/pool.hpp"
#include "ledger/database/session_address.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr int most_attempts = 8;

// Session settings travel in the connection string, so that they hold from the first statement on. Statements
// of writes name their rows and are planned once per connection (planning the posting statement costs more
// than running it), perhaps while a table is still empty: they must go by index then too. Snapshots (reports)
// plan freely: see Tx.
constexpr const char* session_options =
    "-c TimeZone=UTC -c DateStyle=ISO -c synchronous_commit=on -c client_min_messages=warning"
    " -c idle_in_transaction_session_timeout=60000 -c jit=off -c enable_seqscan=off -c enable_hashjoin=off"
    " -c enable_mergejoin=off -c enable_bitmapscan=off -c enable_memoize=off"
    " -c plan_cache_mode=force_generic_plan";

enum class Fault { retry, unavailable, overflow, bug };

// https://www.postgresql.org/docs/15/errcodes-appendix.html
// libpqxx 6.4 tells some errors by their type only: a full disk, exhausted memory, too many connections.
Fault fault_of(const pqxx::sql_error& error) {
  if (dynamic_cast<const pqxx::insufficient_resources*>(&error) != nullptr) return Fault::unavailable;
  const std::string sqlstate = error.sqlstate();
  if (sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03") return Fault::retry;
  const auto category = sqlstate.substr(0, 2);
  if (category == "08" || category == "53" || category == "57" || category == "58") return Fault::unavailable;
  if (sqlstate == "25P03" || sqlstate == "25006") return Fault::unavailable;
  if (sqlstate == "22003") return Fault::overflow;
  return Fault::bug;
}

// Whether a constraint or a trigger of the schema refused it.
bool is_of_schema(const pqxx::sql_error& error) {
  return dynamic_cast<const pqxx::integrity_constraint_violation*>(&error) != nullptr ||
         error.sqlstate().starts_with("23");
}

// The first line of what PostgreSQL says, without "ERROR:".
std::string first_words(const pqxx::sql_error& error) {
  std::string words = error.what();
  words.resize(std::min(words.size(), words.find('\n')));
  for (const std::string_view before : {"ERROR:", " "})
    while (words.starts_with(before)) words.erase(0, before.size());
  return words;
}

// PostgreSQL is going down, or coming up.
bool ends_connection(const std::string& sqlstate) {
  return sqlstate == "57P01" || sqlstate == "57P02" || sqlstate == "57P03";
}

}  // namespace

std::unique_ptr<Tx::Session> Database::Pool::take() {
  std::unique_lock lock{mutex};
  if (!freed.wait_for(lock, std::chrono::milliseconds{settings.wait_ms}, [&] { return available(); })) {
    throw Unavailable{"all database connections are busy"};
  }
  return taken(std::move(lock));
}

std::unique_ptr<Tx::Session> Database::Pool::take_if_free() {
  std::unique_lock lock{mutex};
  return available() ? taken(std::move(lock)) : nullptr;
}

std::unique_ptr<Tx::Session> Database::Pool::taken(std::unique_lock<std::mutex> lock) {
  if (!idle.empty()) {
    auto session = std::move(idle.back());
    idle.pop_back();
    return session;
  }
  ++made;
  lock.unlock();
  try {
    return std::make_unique<Tx::Session>(session_address(settings, session_options), this);
  } catch (const std::exception& error) {
    discard(nullptr);
    throw Unavailable{std::string{"PostgreSQL cannot be reached: "} + error.what()};
  }
}

void Database::Pool::give_back(std::unique_ptr<Tx::Session> session) {
  const std::lock_guard lock{mutex};
  idle.push_back(std::move(session));
  freed.notify_one();
}

void Database::Pool::discard(std::unique_ptr<Tx::Session> broken) {
  const std::lock_guard lock{mutex};
  made -= 1 + (broken ? static_cast<int>(idle.size()) : 0);
  if (broken) idle.clear();
  freed.notify_all();
}

Database::Database(DatabaseSettings settings)
    : settings_{std::move(settings)}, pool_{std::make_unique<Pool>(settings_)} {}
Database::~Database() = default;

bool Database::reachable() noexcept {
  try {
    in_snapshot([](Tx& tx) { rows(tx, "SELECT 1"); });
    return true;
  } catch (...) {
    return false;
  }
}

Tx::Kind Database::tx_kind_of(Kind kind) {
  if (kind == Kind::snapshot) return Tx::Kind::snapshot;
  return kind == Kind::autocommit ? Tx::Kind::autocommit : Tx::Kind::write;
}

void Database::run(const std::function<void(Tx&)>& work, Kind kind) {
  bool may_reconnect = true;
  for (int attempt = 1;; ++attempt) {
    auto session = pool_->take();
    // That a connection broke while it lay in the pool (PostgreSQL was started again) is found out by the
    // next caller only. Nothing of theirs is recorded as long as no COMMIT was sent: they try again, once.
    // What commits by itself may have been done already.
    bool was_idle = may_reconnect && session->uses > 0 && kind != Kind::autocommit;
    try {
      {
        Tx tx{*session, tx_kind_of(kind)};
        work(tx);
        if (kind == Kind::write || kind == Kind::autocommit) {
          was_idle = false;
          tx.commit();
        }
      }
      pool_->give_back(std::move(session));
      return;
    } catch (const pqxx::broken_connection& error) {
      pool_->discard(std::move(session));
      may_reconnect = false;
      if (was_idle) continue;
      throw Unavailable{std::string{"the connection to PostgreSQL was lost: "} + error.what()};
    } catch (const pqxx::in_doubt_error& error) {
      pool_->discard(std::move(session));
      throw Unavailable{std::string{"the outcome of a commit is unknown: "} + error.what()};
    } catch (const pqxx::transaction_rollback& error) {
      // A serialisation failure or deadlock; in libpqxx 6 these are no sql_error and carry no code.
      pool_->give_back(std::move(session));
      if (attempt == most_attempts) throw Unavailable{std::string{"too many collisions: "} + error.what()};
      std::this_thread::sleep_for(std::chrono::milliseconds{attempt * attempt});
    } catch (const pqxx::sql_error& error) {
      const Fault fault = fault_of(error);
      const bool alive = fault != Fault::unavailable && session->connection.is_open();
      const bool again = was_idle && (!session->connection.is_open() || ends_connection(error.sqlstate()));
      if (alive) pool_->give_back(std::move(session));
      else pool_->discard(std::move(session));
      may_reconnect = may_reconnect && !again;
      if (again) continue;
      if (fault == Fault::bug && is_of_schema(error))
        throw RefusedBySchema{first_words(error),
                              error.sqlstate() + " " + error.what() + " in " + error.query()};
      if (fault == Fault::bug)
        throw InvariantBroken{error.sqlstate() + " " + error.what() + " in " + error.query()};
      if (fault == Fault::overflow)
        throw Refused{Refusal::amount_overflow, "a total would be beyond 64 bits"};
      if (fault == Fault::unavailable) throw Unavailable{error.what()};
      if (attempt == most_attempts) throw Unavailable{std::string{"too many collisions: "} + error.what()};
      std::this_thread::sleep_for(std::chrono::milliseconds{attempt * attempt});
    } catch (...) {
      if (session->connection.is_open()) pool_->give_back(std::move(session));
      else pool_->discard(std::move(session));
      throw;
    }
  }
}

}  // namespace coop
