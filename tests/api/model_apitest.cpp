// Random sequences of every command over HTTP, by several clients of two servers at once, against a small
// model of the books in memory: one order of events explains every answer, and afterwards the books and the
// model hold the same. COOP_SEED replays the commands, COOP_ROUNDS makes more.
#include <future>
#include <mutex>

#include "api/server/server.hpp"
#include "tests/support/explained_order.hpp"
#include "tests/support/random_commands.hpp"
#include "tests/support/raw_http_client.hpp"
#include "tests/support/run_seed.hpp"

namespace coop::test {
namespace {

/// A clock that only the clients move on, and how it stood at each moment.
class TestClock {
 public:
  TestClock() : ticks_{instant_from_text("2026-02-01T08:00:00Z")}, now_{ticks_.front()} {}

  Instant now() const { return now_.load(); }
  void move_to(Instant instant) {
    const std::lock_guard lock{mutex_};
    if (instant <= ticks_.back()) return;
    ticks_.push_back(instant);
    now_ = instant;
  }
  std::size_t last_tick() const {
    const std::lock_guard lock{mutex_};
    return ticks_.size() - 1;
  }
  std::vector<Instant> ticks() const {
    const std::lock_guard lock{mutex_};
    return ticks_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Instant> ticks_;
  std::atomic<Instant> now_;
};

/// What the clients share: what is on record at least, what was asked before, and all that happened.
struct Shared {
  std::mutex mutex;
  KnownNumbers known;
  std::vector<ModelRequest> asked;
  std::vector<Exchange> exchanges;
  std::atomic<std::int64_t> places{0};
};

constexpr std::chrono::minutes other_clock_is_behind{7};

class HttpModel : public ApiTest {
 protected:
  explicit HttpModel(const std::shared_ptr<TestClock>& clock = std::make_shared<TestClock>())
      : ApiTest{{}, [clock] { return clock->now(); }},
        clock_{clock},
        other_{another_server([clock] { return clock->now() - other_clock_is_behind; })} {
    EXPECT_EQ(operate("POST", "/v1/nodes",
                      R"({"name":"model","title":"Model","base_unit":"EUR","country":"ES",)"
                      R"("time_zone":"Europe/Madrid"})")
                  .status,
              201);
    EXPECT_EQ(operate("PUT", "/v1/nodes/model/roles/tess/treasurer").status, 200);
    events_before_ = events().size();
  }
  ~HttpModel() override { other_->stop(); }

  /// All events of the node.
  std::vector<ToldEvent> events() {
    std::vector<ToldEvent> all;
    for (std::string cursor;;) {
      const ApiAnswer page = get("/v1/nodes/model/events?limit=1000" + cursor);
      EXPECT_EQ(page.status, 200) << page.body;
      const auto body = page.json();
      for (const auto& item : body.at("items").as_array()) all.push_back(told_event_from(item));
      if (body.at("items").as_array().empty()) return all;
      cursor = "&cursor=" + page.text("next");
    }
  }

  /// The accounts as the API lists them, in the form of the model's state.
  std::string state() {
    const boost::json::value listed = get("/v1/nodes/model/accounts?limit=1000").json();
    std::set<std::string> lines;
    for (const auto& account : listed.at("items").as_array()) {
      const std::string unit{account.at("unit").as_string()};
      const auto minor = [&](const boost::json::value& amount) {
        if (amount.is_null()) return std::string{"-"};
        return std::to_string(minor_from_text(std::string{amount.as_string()}, scale_of_model_unit(unit)));
      };
      const auto& closed_on = account.at("closed_on");
      lines.insert(std::string{account.at("path").as_string()} + " " + unit + " " +
                   minor(account.at("balance")) + " " + minor(account.at("held_debit")) + "/" +
                   minor(account.at("held_credit")) + " " + minor(account.at("limits").at("lower")) + ".." +
                   minor(account.at("limits").at("upper")) + " " +
                   (closed_on.is_null() ? "open" : std::string{closed_on.as_string()}));
    }
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  /// Carries `count` commands out, of the maker's making and repetitions of what anybody asked before.
  void act(int number, int count) {
    const std::uint64_t seed = run_seed() * 100 + static_cast<std::uint64_t>(number);
    const std::string name = "client " + std::to_string(number);
    const bool at_other = number % 2 == 1;
    testing::RawHttpClient client{at_other ? other_->port() : port()};
    RandomCommands commands{seed, name};
    std::mt19937_64 dice{seed + 1};
    for (int i = 0; i < count; ++i) {
      KnownNumbers known;
      {
        const std::lock_guard lock{shared_.mutex};
        known = shared_.known;
      }
      Command command = commands.next(known);
      if (std::holds_alternative<ExpireHolds>(command.what)) continue;  // the server's own affair
      clock_->move_to(command.now);
      const std::string key = name + " " + std::to_string(i);
      carry_out(client, varied(request_for(std::move(command), key, dice() % 12 == 0, dice() % 3 == 0), dice),
                at_other);
    }
  }

  /// Now and then the same as somebody asked before, or something else with a key that was used before.
  ModelRequest varied(ModelRequest request, std::mt19937_64& dice) {
    const std::lock_guard lock{shared_.mutex};
    if (!shared_.asked.empty() && dice() % 8 == 0) {
      const ModelRequest& earlier = shared_.asked[dice() % shared_.asked.size()];
      const bool alike = earlier.command.what.index() == request.command.what.index();
      if (dice() % 2 == 0) request = earlier;
      else if (alike) request = request_for(request.command, earlier.key, request.dry_run, request.by_lines);
    }
    shared_.asked.push_back(request);
    return request;
  }

  void carry_out(testing::RawHttpClient& client, const ModelRequest& request, bool at_other) {
    Exchange exchange{request, wire_text_of(request, "model"), "", ++shared_.places, 0, clock_->last_tick(),
                      0};
    if (at_other) exchange.behind = other_clock_is_behind;
    const WireText& wire = exchange.wire;
    std::string head = wire.method + " " + wire.path +
                       " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token() +
                       "\r\nContent-Length: " + std::to_string(wire.body.size()) + "\r\n";
    if (!request.key.empty()) head += "Idempotency-Key: " + request.key + "\r\n";
    if (!wire.body.empty()) head += "Content-Type: " + wire.content_type + "\r\n";
    client.send(head + "\r\n" + wire.body);
    const testing::RawAnswer answer = client.read_answer();
    exchange.told = as_the_api_tells(request, told_by(request, {answer.status, answer.headers, answer.body}));
    exchange.last_tick = clock_->last_tick();
    exchange.answered = ++shared_.places;
    const std::lock_guard lock{shared_.mutex};
    note_numbers(exchange);
    shared_.exchanges.push_back(std::move(exchange));
  }

  void note_numbers(const Exchange& exchange) {
    if (exchange.request.is_dry()) return;
    std::int64_t said = 0;
    KnownNumbers& known = shared_.known;
    if (std::sscanf(exchange.told.c_str(), "entry %ld", &said) == 1)
      known.entries = std::max(known.entries, said);
    if (std::sscanf(exchange.told.c_str(), "hold %ld", &said) == 1) known.holds = std::max(known.holds, said);
    if (std::sscanf(exchange.told.c_str(), "lock %ld", &said) == 1)
      known.locks = std::max(known.locks, static_cast<int>(said));
  }

  void open_the_world() {
    testing::RawHttpClient client{port()};
    int number = 0;
    for (Command& command : RandomCommands{run_seed(), "opening"}.openings())
      carry_out(client, request_for(std::move(command), "opening " + std::to_string(++number), false, false),
                false);
  }

  /// Everything that happened since the fixture was made.
  Course course() {
    std::vector<ToldEvent> told = events();
    told.erase(told.begin(), told.begin() + static_cast<std::ptrdiff_t>(events_before_));
    return {shared_.exchanges, std::move(told), clock_->ticks()};
  }

  std::shared_ptr<TestClock> clock_;
  std::unique_ptr<api::Server> other_;
  Shared shared_;
  std::size_t events_before_ = 0;
};

TEST_F(HttpModel, ExplainsEveryAnswerToSeveralClientsOfTwoServers) {
  constexpr int clients = 6;
  const int commands = 50 * static_cast<int>(number_from_environment("COOP_ROUNDS", 1));
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  open_the_world();
  std::vector<std::future<void>> running;
  for (int number = 0; number < clients; ++number)
    running.push_back(std::async(std::launch::async, [this, number, commands] { act(number, commands); }));
  for (auto& one : running) one.get();

  BooksModel model{"Europe/Madrid"};
  EXPECT_EQ(unexplained(course(), model), "");
  EXPECT_EQ(state(), model.state());
  EXPECT_EQ(superuser_value("SELECT count(*) FROM entry"), std::to_string(model.last_entry()));
  EXPECT_GT(model.last_entry(), 0);
}

TEST_F(HttpModel, ExplainsEveryAnswerToOneClient) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(run_seed()));
  open_the_world();
  act(0, 150 * static_cast<int>(number_from_environment("COOP_ROUNDS", 1)));
  BooksModel model{"Europe/Madrid"};
  EXPECT_EQ(unexplained(course(), model), "");
  EXPECT_EQ(state(), model.state());
}

}  // namespace
}  // namespace coop::test
