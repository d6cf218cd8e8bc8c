// The whole path, from HTTP to the durable commit, against a naive handler in the same server; wrk sends.
// usage: api_bench [seconds a measurement, 4] [rounds, 5] [only measurements with this in their name]
#include <sys/resource.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "api/http/http_server.hpp"
#include "api/json_document.hpp"
#include "api/json_reader.hpp"
#include "api/log.hpp"
#include "api/server/server.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/draft.hpp"
#include "tests/bench/baselines.hpp"
#include "tests/bench/bench_database.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/wrk_load.hpp"

namespace coop::bench {
namespace {

constexpr int naive_connections = 16;
double seconds = 4;

// The naive handler: sixteen threads, each with its connection; a request waits for a thread, and its thread
// for PostgreSQL. The same door, and a body of the same fields.
class NaiveHandler {
 public:
  explicit NaiveHandler(const std::string& address)
      : door_{settings(), [this](api::HttpRequest&& request, const api::Reply& reply) {
                const std::lock_guard lock{mutex_};
                waiting_.emplace_back(std::move(request), reply);
                work_.notify_one();
              }} {
    for (int i = 0; i < naive_connections; ++i) threads_.emplace_back([this, address] { answer(address); });
    door_.start();
  }
  ~NaiveHandler() {
    door_.stop(1000);
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  NaiveHandler(const NaiveHandler&) = delete;
  NaiveHandler& operator=(const NaiveHandler&) = delete;
  std::uint16_t port() const { return door_.port(); }

 private:
  static api::HttpSettings settings() {
    api::HttpSettings settings;
    settings.listen = "127.0.0.1:0";
    return settings;
  }

  void answer(const std::string& address) {
    NaiveBooks books{address};
    std::unique_lock lock{mutex_};
    while (true) {
      work_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto [request, reply] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      reply.send({201, {{"Content-Type", "application/json"}}, recorded(books, request)});
      lock.lock();
    }
  }

  static int account_of(const api::JsonValue& posting) {
    const api::JsonObject fields{posting, {"account", "amount", "unit"}};
    return std::atoi(std::string{fields.require("account").text()}.substr(8).c_str());
  }

  static std::string recorded(NaiveBooks& books, const api::HttpRequest& request) {
    const api::JsonDocument body{request.body};
    const api::JsonObject fields{api::JsonValue{body}, {"booked_on", "description", "postings"}};
    const auto postings = fields.require("postings").elements();
    const std::string key =
        books::uuid_text_of(books::request_key_of("ann", request.header("idempotency-key").value_or("none")));
    books.post(key, account_of(postings[0]), account_of(postings[1]), 7);
    return R"({"key":")" + key + "\"}";
  }

  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::pair<api::HttpRequest, api::Reply>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
  api::HttpServer door_;
};

// What all scripts of wrk begin with: a key and two accounts for each request, different in every thread.
const std::string script_head = R"lua(
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args)
  math.randomseed(os.time() * 100 + id)
  count = 0
  run = os.time() .. "-" .. math.random(1e9)
  prepare()
end
local function entry(hot)
  local from = hot and 1 or math.random(10000)
  local to = math.random(10000)
  if from == to then to = from % 10000 + 1 end
  local posting = '{"account":"assets:a%d","amount":"%s","unit":"EUR"}'
  return '{"booked_on":"2026-02-05","description":"A month of dues","postings":[' ..
    string.format(posting, from, '-7.25') .. ',' .. string.format(posting, to, '7.25') .. ']}'
end
local function send(path, body)
  count = count + 1
  local headers = {["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "k" .. id .. "-" .. run .. "-" .. count}
  return wrk.format("POST", path, headers, body)
end
)lua";

std::string script_of(const std::string& token, const std::string& request, const std::string& prepare = "") {
  return "token = '" + token + "'\n" + script_head + "function prepare() " + prepare +
         " end\nfunction request() " + request + " end\n";
}

std::string singles(bool hot, int nodes) {
  return "return send('/v1/nodes/' .. (count % " + std::to_string(nodes) +
         " == 0 and 'one' or 'two') .. '/entries', entry(" + (hot ? "true" : "false") + "))";
}

// Bodies are made before the clock starts, as the lines of the ceiling are; each request has a key of its
// own.
const std::string prepare_bulk =
    "bodies = {} for b = 1, 24 do local items = {} for i = 1, 1000 do items[i] = entry(false) end "
    "bodies[b] = '{\"mode\":\"atomic\",\"entries\":[' .. table.concat(items, ',') .. ']}' end";
const std::string bulk =
    "return send('/v1/nodes/' .. (id % 2 == 0 and 'one' or 'two') .. '/entries/batch', "
    "bodies[count % #bodies + 1])";

// Two nodes of 10,000 accounts each, and a treasurer of both.
std::string make_books(Database& db) {
  return db.in_tx([&](Tx& tx) {
    const books::Author author{std::nullopt, system_clock()()};
    access::create_user(tx, {"tess", "Tess", std::nullopt}, std::nullopt, author.now);
    for (const char* name : {"one", "two"}) {
      const BenchNode node = make_bench_node(tx, name, author.now);
      access::grant_role(tx, node.id, "tess", access::Role::treasurer, std::nullopt, author.now);
    }
    const access::TokenDraft token{"load",
                                   {access::Scope::read, access::Scope::write},
                                   std::nullopt,
                                   author.now + std::chrono::hours{24}};
    return access::issue_token(tx, "tess", token, nullptr, author.now).text;
  });
}

double memory_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void print_size(PlainConnection& plain) {
  plain.run("VACUUM entry, posting");
  const std::string bytes = plain.value(
      "SELECT round((pg_total_relation_size('entry') + pg_total_relation_size('posting'))::numeric / "
      "greatest((SELECT count(*) FROM entry), 1), 1)");
  report("bytes on disk per two-posting entry, all indexes", std::strtod(bytes.c_str(), nullptr), "<=", 600);
}

void add_figures(Rounds& figures, const WrkLoad& ours, const WrkLoad& naive, const std::string& token) {
  const auto rate = [&](const WrkLoad& load, const std::string& request, int connections) {
    return [&load, &token, request, connections] {
      return load.run(script_of(token, request), connections, seconds).requests_per_second;
    };
  };
  const std::string bulk_script = script_of(token, bulk, prepare_bulk);
  figures.add("naive, 256", rate(naive, singles(false, 1), 256));
  figures.add("single, two nodes, 256", rate(ours, singles(false, 2), 256));
  figures.add("single, one node, 256", rate(ours, singles(false, 1), 256));
  figures.add("naive hot, 256", rate(naive, singles(true, 1), 256));
  figures.add("single hot, two nodes, 256", rate(ours, singles(true, 2), 256));
  figures.add("single hot, one node, 256", rate(ours, singles(true, 1), 256));
  figures.add("naive p99 ms, 64",
              [&] { return naive.run(script_of(token, singles(false, 1)), 64, seconds).p99_ms; });
  figures.add("single p99 ms, 64",
              [&] { return ours.run(script_of(token, singles(false, 1)), 64, seconds).p99_ms; });
  figures.add("single p99 ms, two nodes, 64",
              [&] { return ours.run(script_of(token, singles(false, 2)), 64, seconds).p99_ms; });
  figures.add("bulk entries, two nodes",
              [&ours, bulk_script] { return 1000 * ours.run(bulk_script, 4, seconds).requests_per_second; });
  figures.add("one connection ms",
              [&] { return ours.run(script_of(token, singles(false, 1)), 1, seconds).median_ms; });
}

void print_targets(const Rounds& figures) {
  report("single entries, two nodes, 256 connections / naive",
         figures.ratio("single, two nodes, 256", "naive, 256"), ">=", 5);
  report("  the same in one node", figures.ratio("single, one node, 256", "naive, 256"), ">=", 5);
  report("one hot account a node, two nodes / naive hot",
         figures.ratio("single hot, two nodes, 256", "naive hot, 256"), ">=", 10);
  report("  the same in one node", figures.ratio("single hot, one node, 256", "naive hot, 256"), ">=", 10);
  report("one hot account / our own uniform",
         figures.ratio("single hot, one node, 256", "single, one node, 256"), ">=", 0.9);
  report("p99 at 64 connections / naive", figures.ratio("single p99 ms, 64", "naive p99 ms, 64"), "<=", 0.25);
  report("  the same in two nodes", figures.ratio("single p99 ms, two nodes, 64", "naive p99 ms, 64"),
         "<=", 0.25);
  report("bulk of 1,000, two nodes / bare COPY",
         figures.ratio("bulk entries, two nodes", "ceiling: bare COPY"), ">=", 0.35);
  report("one connection / one bare durable commit",
         figures.ratio("one connection ms", "bare durable commit, ms"), "<=", 3);
  report("server memory under load, MiB", memory_mib(), "<=", 256);
}

void run(int rounds, const std::string& only) {
  BenchDatabase bench{"api"};
  PlainConnection plain{bench.address()};
  make_baselines(plain);
  const std::string token = make_books(bench.owner());
  plain.run("VACUUM ANALYZE");
  keep_spare_wal(plain);

  api::set_up_log("error", "text");
  api::Settings settings;
  settings.data = bench.folder().string();
  settings.http.listen = "127.0.0.1:0";
  settings.access_log = false;
  settings.requests_per_minute = 0;
  api::Server server{settings, DatabaseSettings{bench.address(), 16, 10'000, 60'000, "coopledger_service"},
                     system_clock()};
  server.start();
  NaiveHandler handler{bench.address()};
  const WrkLoad ours{bench.folder(), server.port()};
  const WrkLoad naive{bench.folder(), handler.port()};
  Rounds figures;
  add_figures(figures, ours, naive, token);
  figures.add("ceiling: bare COPY", [&] { return ceiling_rate(plain); });
  figures.add("bare durable commit, ms", [&] { return bare_commit_ms(plain); });
  // A server that has been at work for a while: all accounts were used.
  for (int i = 0; i < 2; ++i) ours.run(script_of(token, bulk, prepare_bulk), 4, 3);
  figures.run(rounds, only);
  print_targets(figures);
  print_size(plain);
  server.stop();
}

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  if (count > 1) coop::bench::seconds = std::atof(values[1]);
  coop::bench::run(count > 2 ? std::atoi(values[2]) : 5, count > 3 ? values[3] : "");
  return 0;
}
