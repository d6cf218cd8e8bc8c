// A bank's file of 100,000 lines through the API of the running program, as a treasurer brings it: uploaded,
// read and kept, taken in and matched against the open dues of 20,000 members. Tells the seconds and the most
// memory of the server in each phase, and how long others wait meanwhile for a page of lines, for the file
// and for an entry. usage: bank_api_bench [lines, 100000] [members, 20000] [months, 1]
#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "tests/bench/bank_files.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/support/many_members.hpp"
#include "tests/support/supervised_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::bench {
namespace {

using namespace std::chrono_literals;

// Milliseconds of what others ask meanwhile, by what it was.
class Waits {
 public:
  void add(const std::string& what, double ms) {
    const std::lock_guard lock{mutex_};
    of_[what].push_back(ms);
  }
  void print_and_forget() {
    const std::lock_guard lock{mutex_};
    for (auto& [what, ms] : of_) {
      std::ranges::sort(ms);
      std::printf("    %-24s %5zu asked, median %7.1f ms, p95 %8.1f, most %8.1f\n", what.c_str(), ms.size(),
                  ms[ms.size() / 2], ms[ms.size() * 95 / 100], ms.back());
    }
    of_.clear();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<double>> of_;
};

class BroughtFile {
 public:
  BroughtFile(int lines, int members) : lines_{made_lines(lines, members)} {
    token_ = program_.make_books();
    make("chart", R"({"template":"multi-stakeholder","units":["EUR"],"opened_on":"2026-01-01"})");
    make("member-classes", R"({"code":"user","title":"Users"})");
    make("dues/tiers", R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
    make("dues/tiers/standard/prices", R"({"from_on":"2026-01-01","suggested":"20.00"})");
    make("bank/accounts",
         R"({"account":"assets:bank:main","unit":"EUR","identifier":"ES9121000418450200051332",)"
         R"("title":"Current"})");
    Database owner{DatabaseSettings{.address = program_.owner_address(), .connections = 1, .role = {}}};
    owner.in_tx([&](Tx& tx) { test::add_many_members(tx, NodeId{1}, members); });
    owner.in_autocommit([](Tx& tx) { tx.run_script("VACUUM ANALYZE"); });
  }

  void bring_month(int month) {
    const std::string period = "2026-" + std::string{month < 10 ? "0" : ""} + std::to_string(month);
    end_of(make("dues/runs", R"({"period":")" + period + "\"}"));
    const std::string file = camt053_of(lines_, opening_minor_, month, period + "-21");
    opening_minor_ += sum_of(lines_);
    std::printf("%s: %zu lines, %.1f MB\n", period.c_str(), lines_.size(),
                static_cast<double>(file.size()) / 1e6);
    std::atomic<bool> ending{false};
    std::jthread reader{[&] { look_about(ending); }};
    std::jthread writer{[&] { record_about(ending); }};
    const struct Ending {
      std::atomic<bool>& is_near;
      ~Ending() { is_near = true; }
    } at_last{ending};
    std::this_thread::sleep_for(2s);
    told("nothing", 2);
    double start = now_s();
    const std::string reading = make("bank/imports?name=" + period + ".xml", file);
    told("uploading", now_s() - start);
    start = now_s();
    const auto read = end_of(reading);
    told("reading and keeping", now_s() - start);
    const std::string number = boost::json::serialize(read.at("result").at("import"));
    start = now_s();
    const auto matched = end_of(make("bank/imports/" + number + "/taking-in", "{}"));
    told("taking in and matching", now_s() - start);
    std::printf("  %s\n", boost::json::serialize(matched.at("result").at("words")).c_str());
  }

  void verify() {
    const proof::Verified verified = program_.verified();
    if (!verified.is_clean()) throw std::runtime_error{verified.first_flaw()};
  }

 private:
  std::string make(const std::string& path, const std::string& body) {
    const auto answer = program_.ask("POST", at(path), body, token_);
    if (answer.status / 100 != 2) throw std::runtime_error{path + ": " + answer.body};
    return answer.body;
  }
  static std::string at(const std::string& path) { return "/v1/nodes/bcn/" + path; }
  // Looks at the job until it ends; prints each stage when it is first seen.
  boost::json::value end_of(const std::string& begun) {
    const auto job = boost::json::parse(begun);
    const std::string path = at("jobs/" + std::to_string(job.at("number").as_int64()));
    const double start = now_s();
    std::string stage;
    for (;; std::this_thread::sleep_for(100ms)) {
      auto now = boost::json::parse(program_.ask("GET", path, {}, token_).body);
      const std::string state{now.at("state").as_string()};
      if (const std::string seen{now.at("stage").as_string()}; seen != stage) {
        std::printf("    %s, seen after %.1f s\n", seen.c_str(), now_s() - start);
        stage = seen;
      }
      if (state == "waiting" || state == "running") continue;
      if (state != "done") throw std::runtime_error{boost::json::serialize(now)};
      return now;
    }
  }
  double timed(const std::string& what, const std::string& method, const std::string& path,
               const std::string& body) {
    const double start = now_s();
    const auto answer = program_.ask(method, at(path), body, token_);
    const double ms = (now_s() - start) * 1000;
    waits_.add(answer.status / 100 == 2 ? what : what + ": " + std::to_string(answer.status), ms);
    return ms;
  }
  void look_about(const std::atomic<bool>& ending) {
    while (!ending) {
      timed("page of open lines", "GET", "bank/lines?state=open&limit=50", {});
      timed("page of all lines", "GET", "bank/lines?limit=50", {});
      timed("list of files", "GET", "bank/imports", {});
      std::this_thread::sleep_for(50ms);
    }
  }
  void record_about(const std::atomic<bool>& ending) {
    while (!ending) {
      timed("an entry", "POST", "entries",
            R"({"booked_on":"2026-01-05","postings":[{"account":"assets:cash","amount":"0.01","unit":"EUR"},)"
            R"({"account":"income:dues","amount":"-0.01","unit":"EUR"}]})");
      std::this_thread::sleep_for(100ms);
    }
  }
  void told(const std::string& phase, double seconds) {
    std::printf("  %-24s %6.1f s, at most %d MiB\n", phase.c_str(), seconds, most_mib());
    waits_.print_and_forget();
    std::fflush(stdout);
  }
  // The most memory of the server since it was asked the last time.
  int most_mib() const {
    const std::string folder = "/proc/" + std::to_string(program_.process()) + "/";
    std::ifstream status{folder + "status"};
    int kib = 0;
    for (std::string word; status >> word;)
      if (word == "VmHWM:") status >> kib;
    std::ofstream{folder + "clear_refs"} << "5";
    return kib / 1024;
  }

  test::TemporaryFolder folder_;
  test::SupervisedProgram program_{folder_.path() / "program" / "data"};
  std::vector<MadeLine> lines_;
  std::string token_;
  std::int64_t opening_minor_ = 0;
  Waits waits_;
};

}  // namespace
}  // namespace coop::bench

int main(int count, char** values) {
  const coop::bench::Arguments arguments{count, values};
  coop::bench::BroughtFile file{arguments.number(1, 100'000), arguments.number(2, 20'000)};
  for (int month = 1; month <= arguments.number(3, 1); ++month) file.bring_month(month);
  file.verify();
  return 0;
}
