// A bank's file of thousands of lines whose work is cancelled, or whose server and PostgreSQL are killed,
// while it is kept, taken in and matched: nothing is half recorded, the work is taken up again, and the end
// is exactly that of a file nobody disturbed, which another node brings.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/bench/bank_files.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/many_members.hpp"
#include "tests/support/supervised_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

// Three stretches of lines that are kept and taken in, five of lines that are matched.
constexpr int bank_lines = 4'200;
constexpr int bank_members = 700;

// What is inserted of node bcn waits at one row, in the middle of the work, as long as the gate is closed: a
// trigger of the test asks for a lock that a session of the test holds.
class Gate {
 public:
  explicit Gate(std::string address) : address_{std::move(address)} { close(); }
  ~Gate() { open(); }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void open() {
    {
      const std::lock_guard lock{mutex_};
      is_opening_ = true;
    }
    changed_.notify_all();
    if (keeper_.joinable()) keeper_.join();
  }

 private:
  void close() {
    keeper_ = std::thread{[this] { keep_closed(); }};
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return is_closed_; });
  }
  void keep_closed() {
    try {
      Database database{DatabaseSettings{.address = address_, .connections = 1, .role = {}}};
      database.in_tx([&](Tx& tx) {
        rows(tx, "SELECT pg_advisory_xact_lock(4711)");
        std::unique_lock lock{mutex_};
        is_closed_ = true;
        changed_.notify_all();
        changed_.wait(lock, [&] { return is_opening_; });
      });
    } catch (const Unavailable&) {
      // PostgreSQL was killed: the gate is open
    }
  }

  std::string address_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_closed_ = false;
  bool is_opening_ = false;
  std::thread keeper_;
};

// Where the work is stopped.
struct Place {
  const char* table;
  const char* row;
};
constexpr Place in_keeping{"bank_line", "NEW.number = 3001"};
constexpr Place in_taking_in{"bank_live_line", "NEW.line_number = 3001"};
constexpr Place in_matching{"bank_match", "NEW.number = 301"};

class InterruptedBankFile : public ::testing::Test {
 protected:
  InterruptedBankFile() {
    token_ = program_.make_books();
    operate("POST", "/v1/nodes",
            R"({"name":"mcr","title":"M","base_unit":"EUR","country":"ES","time_zone":"Europe/Madrid"})");
    operate("PUT", "/v1/nodes/mcr/roles/tess/treasurer", "");
    for (const int node : {1, 2}) {
      make(at(node, "chart"), R"({"template":"multi-stakeholder","units":["EUR"],"opened_on":"2026-01-01"})");
      make(at(node, "member-classes"), R"({"code":"user","title":"Users"})");
      make(at(node, "dues/tiers"),
           R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
      make(at(node, "dues/tiers/standard/prices"), R"({"from_on":"2026-01-01","suggested":"20.00"})");
      make(at(node, "bank/accounts"),
           R"({"account":"assets:bank:main","unit":"EUR","identifier":"ES9121000418450200051332",)"
           R"("title":"Current"})");
      owner().in_tx([&](Tx& tx) { add_many_members(tx, NodeId{node}, bank_members); });
      ends_as(begin(at(node, "dues/runs"), R"({"period":"2026-01"})"), "done");
    }
  }

  static std::string at(int node, const std::string& path) {
    return std::string{"/v1/nodes/"} + (node == 1 ? "bcn/" : "mcr/") + path;
  }
  Database& owner() {
    if (!owner_)
      owner_.emplace(DatabaseSettings{.address = program_.owner_address(), .connections = 1, .role = {}});
    return *owner_;
  }
  std::string made(const testing::RawAnswer& answer, const std::string& path) {
    if (answer.status / 100 != 2) throw std::runtime_error{path + ": " + answer.body};
    return answer.body;
  }
  std::string make(const std::string& path, const std::string& body) {
    return made(program_.ask("POST", path, body, token_), path);
  }
  void operate(const std::string& method, const std::string& path, const std::string& body) {
    made(program_.ask(method, path, body, program_.operator_token()), path);
  }
  // Begins a job of a node; answers its path.
  std::string begin(const std::string& path, const std::string& body) {
    const auto job = boost::json::parse(make(path, body));
    return path.substr(0, std::string{"/v1/nodes/bcn/"}.size()) + "jobs/" +
           std::to_string(job.at("number").as_int64());
  }
  boost::json::value read(const std::string& path) {
    return boost::json::parse(program_.ask("GET", path, {}, token_).body);
  }
  std::string state_of(const std::string& path) { return std::string{read(path).at("state").as_string()}; }
  void ends_as(const std::string& job, const std::string& state) {
    ASSERT_TRUE(comes_true([&] {
      const std::string now = state_of(job);
      return now != "running" && now != "waiting";
    }));
    EXPECT_EQ(state_of(job), state) << boost::json::serialize(read(job));
  }
  std::string value(const std::string& sql) {
    return owner().in_tx([&](Tx& tx) { return only_row(report_rows(tx, sql.c_str())).string(0); });
  }

  void build_gate(const Place& place) {
    owner().in_tx([&](Tx& tx) {
      tx.run_script(std::string{"CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS "
                                "'BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END'; "
                                "CREATE TRIGGER gate BEFORE INSERT ON "} +
                    place.table + " FOR EACH ROW WHEN (NEW.node_id = 1 AND " + place.row +
                    ") EXECUTE FUNCTION wait_at_the_gate(); "
                    "GRANT EXECUTE ON FUNCTION wait_at_the_gate TO coopledger_service");
    });
    gate_.emplace(program_.owner_address());
  }
  void reach_gate() {
    ASSERT_TRUE(comes_true([&] {
      return value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == "1";
    }));
  }
  void remove_gate() {
    gate_.reset();
    owner().in_tx([&](Tx& tx) { tx.run_script("DROP FUNCTION wait_at_the_gate CASCADE"); });
  }

  // Waits until the work stands at the gate, cancels it, and lets it go on: it is asked once a second.
  void cancel_at_gate(const std::string& job) {
    ASSERT_NO_FATAL_FAILURE(reach_gate());
    make(job + "/cancelling", {});
    EXPECT_TRUE(read(job).at("cancel_asked").as_bool());
    std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
    gate_.reset();
    ASSERT_NO_FATAL_FAILURE(ends_as(job, "cancelled"));
    remove_gate();
  }
  // Waits until the work stands at the gate, kills the server, or PostgreSQL under it too, and waits until it
  // serves again. A server that was killed gives no sign of life; half a minute later its job is interrupted.
  void kill_at_gate(const std::string& job, bool with_postgres) {
    ASSERT_NO_FATAL_FAILURE(reach_gate());
    if (with_postgres && program_.postmaster() > 0) kill(program_.postmaster(), SIGKILL);
    program_.kill_now();
    const Instant killed_at = system_clock()();
    owner_.reset();
    gate_.reset();
    program_.start();
    ASSERT_TRUE(program_.serves_within(120)) << program_.log();
    remove_gate();
    owner().in_tx([&](Tx& tx) {
      rows(tx, "UPDATE job SET beat_at = beat_at - interval '1 minute' WHERE started_at < $1", killed_at);
    });
    ASSERT_NO_FATAL_FAILURE(ends_as(job, "interrupted"));
  }
  void resume(const std::string& job) { make(job + "/resumption", {}); }

  std::string bring(int node) {
    return begin(at(node, "bank/imports?name=january.xml"),
                 bench::camt053_of(bench::made_lines(bank_lines, bank_members), 0, 1, "2026-01-21"));
  }
  std::string take_in(int node) { return begin(at(node, "bank/imports/1/taking-in"), "{}"); }
  std::string import_state() { return state_of(at(1, "bank/imports/1")); }
  std::string kept(int node) {
    const std::string of = " WHERE node_id = " + std::to_string(node);
    return value("SELECT (SELECT count(*) FROM bank_statement" + of + ") || ' ' || (SELECT count(*) FROM " +
                 "bank_line" + of + ") || ' ' || (SELECT count(*) FROM bank_detail" + of + ") || ' ' || " +
                 "(SELECT count(*) FROM bank_live_line" + of +
                 ") || ' ' || (SELECT count(*) FROM bank_match" + of + ")");
  }
  // Every line with what it was found to be: match, entry, who paid, the amount; and every figure of the
  // books.
  std::string everything_of(int node) {
    const std::string of = std::to_string(node);
    return value(
               "SELECT string_agg(concat_ws(' ', l.number, l.amount_minor, l.key, l.occurrence, "
               "v.line_number, "
               "m.number, m.method, m.is_attended, m.reasons, p.part, p.entry_number, p.posting_line, "
               "p.amount_minor, y.number, t.number), E'\\n' ORDER BY l.number, p.part) FROM bank_line l "
               "LEFT JOIN bank_live_line v ON v.node_id = l.node_id AND v.line_number = l.number "
               "LEFT JOIN bank_match m ON m.node_id = l.node_id AND m.line_number = l.number "
               "LEFT JOIN bank_match_part p ON p.node_id = m.node_id AND p.match_number = m.number "
               "LEFT JOIN payment y ON y.node_id = p.node_id AND y.number = p.payment_number "
               "LEFT JOIN party t ON t.node_id = y.node_id AND t.id = y.payer_id WHERE l.node_id = " +
               of) +
           "\n" +
           value(
               "SELECT string_agg(concat_ws(' ', g.entry_number, g.line, a.path, g.amount_minor, "
               "g.booked_on), E'\\n' ORDER BY g.entry_number, g.line) FROM posting g JOIN account a "
               "ON a.node_id = g.node_id AND a.id = g.account_id WHERE g.node_id = " +
               of);
  }
  // The other node does the same without being disturbed.
  void expect_as_undisturbed() {
    ends_as(bring(2), "done");
    const std::string job = take_in(2);
    ends_as(job, "done");
    EXPECT_GT(read(job).at("result").at("matched").as_int64(), 650);
    EXPECT_EQ(kept(1), kept(2));
    EXPECT_EQ(everything_of(1), everything_of(2));
    const proof::Verified verified = program_.verified();
    EXPECT_TRUE(verified.is_clean()) << verified.first_flaw();
  }

 private:
  TemporaryFolder folder_;
  SupervisedProgram program_{folder_.path() / "program" / "data"};
  std::string token_;
  std::optional<Database> owner_;
  std::optional<Gate> gate_;
};

TEST_F(InterruptedBankFile, ThatWasCancelledIsHalfOfNothingAndFinishedLater) {
  const std::string all = std::to_string(bank_lines);
  build_gate(in_keeping);
  const std::string reading = bring(1);
  ASSERT_NO_FATAL_FAILURE(cancel_at_gate(reading));
  EXPECT_EQ(import_state(), "received");
  EXPECT_EQ(kept(1), "0 0 0 0 0");
  resume(reading);
  ASSERT_NO_FATAL_FAILURE(ends_as(reading, "done"));
  EXPECT_EQ(import_state(), "read");
  EXPECT_EQ(kept(1), "1 " + all + " " + all + " 0 0");

  build_gate(in_taking_in);
  ASSERT_NO_FATAL_FAILURE(cancel_at_gate(take_in(1)));
  EXPECT_EQ(import_state(), "read");
  EXPECT_EQ(kept(1), "1 " + all + " " + all + " 0 0");

  // Begun anew; what is matched by then stays, in whole stretches.
  build_gate(in_matching);
  const std::string matching = take_in(1);
  ASSERT_NO_FATAL_FAILURE(cancel_at_gate(matching));
  EXPECT_EQ(import_state(), "taken_in");
  const std::string matched = value("SELECT count(*) FROM bank_match WHERE node_id = 1");
  EXPECT_GT(std::stoi(matched), 300);
  EXPECT_LT(std::stoi(matched), 600);
  EXPECT_EQ(value("SELECT count(*) FROM payment WHERE node_id = 1"), matched);
  resume(matching);
  ASSERT_NO_FATAL_FAILURE(ends_as(matching, "done"));
  expect_as_undisturbed();
}

TEST_F(InterruptedBankFile, WhoseServerWasKilledIsTakenUpAgainAndCountsOnce) {
  build_gate(in_keeping);
  const std::string reading = bring(1);
  ASSERT_NO_FATAL_FAILURE(kill_at_gate(reading, false));
  EXPECT_EQ(import_state(), "received");
  EXPECT_EQ(kept(1), "0 0 0 0 0");
  resume(reading);
  ASSERT_NO_FATAL_FAILURE(ends_as(reading, "done"));

  build_gate(in_taking_in);
  const std::string taking_in = take_in(1);
  ASSERT_NO_FATAL_FAILURE(kill_at_gate(taking_in, true));
  EXPECT_EQ(import_state(), "read");
  EXPECT_EQ(value("SELECT count(*) FROM bank_live_line WHERE node_id = 1"), "0");

  build_gate(in_matching);
  resume(taking_in);
  ASSERT_NO_FATAL_FAILURE(kill_at_gate(taking_in, false));
  EXPECT_EQ(import_state(), "taken_in");
  const std::string matched = value("SELECT count(*) FROM bank_match WHERE node_id = 1");
  EXPECT_GT(std::stoi(matched), 0);
  EXPECT_LT(std::stoi(matched), 301) << "the stretch that stood at the gate is gone whole";
  EXPECT_EQ(value("SELECT count(*) FROM payment WHERE node_id = 1"), matched);
  resume(taking_in);
  ASSERT_NO_FATAL_FAILURE(ends_as(taking_in, "done"));
  expect_as_undisturbed();
}

}  // namespace
}  // namespace coop::test
