#include "tests/support/stubborn_client.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "ledger/values/money.hpp"
#include "tests/support/supervised_program.hpp"

namespace coop::test {

namespace {

namespace json = boost::json;

constexpr int patience_s = 120;

json::object stubborn_entry_of(const std::string& reference, const std::string& account,
                               std::int64_t amount_minor) {
  const auto line = [](const std::string& path, std::int64_t minor) {
    return json::object{{"account", path}, {"amount", text_from_minor(minor, 2)}, {"unit", "EUR"}};
  };
  return {{"booked_on", "2026-01-05"},
          {"reference", reference},
          {"postings", json::array{line(account, amount_minor), line("income:dues", -amount_minor)}}};
}

}  // namespace

StubbornClient::StubbornClient(std::uint16_t port, std::string token, std::string name, std::uint64_t seed)
    : port_{port}, token_{std::move(token)}, name_{std::move(name)}, random_{seed} {}

void StubbornClient::pause(int most_ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds{random(0, most_ms)});
}

AskedEntries StubbornClient::next_request(int count) {
  AskedEntries asked;
  asked.key = name_ + "-" + std::to_string(++made_);
  json::array entries;
  for (int item = 1; item <= count; ++item) {
    const std::string reference = asked.key + "-" + std::to_string(item);
    const std::int64_t amount = random(1, 100'000);
    asked.amounts[reference] = amount;
    entries.push_back(
        stubborn_entry_of(reference, random(0, 1) == 0 ? "assets:bank" : "assets:cash", amount));
  }
  if (count == 1) {
    asked.path = "/v1/nodes/bcn/entries";
    asked.body = json::serialize(entries.front());
  } else {
    asked.path = "/v1/nodes/bcn/entries/batch";
    asked.body = json::serialize(
        json::object{{"mode", random(0, 1) == 0 ? "atomic" : "per_item"}, {"entries", std::move(entries)}});
  }
  return asked;
}

void StubbornClient::run(const std::atomic<bool>& ending) {
  while (!ending) {
    asked_.push_back(next_request(random(1, 10) == 1 ? random(2, 20) : 1));
    AskedEntries& asked = asked_.back();
    ask_until_answered(asked, random(1, 20) == 1);
    if (!asked.numbers.empty() && random(1, 10) == 1) {
      const auto before = asked.numbers;
      ask_until_answered(asked, false);
      if (asked.numbers != before) faults_.push_back(asked.key + " was repeated and got other numbers");
    }
    pause(20);
  }
}

void StubbornClient::ask_until_answered(AskedEntries& asked, bool may_give_up) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{patience_s};
  for (int attempt = 1; std::chrono::steady_clock::now() < deadline; ++attempt) {
    const auto answer = try_once(asked);
    if (answer && take(*answer, asked)) {
      const auto replayed = answer->headers.find("idempotent-replay");
      if (attempt > 1 && replayed != answer->headers.end()) ++found_recorded_;
      return;
    }
    if (answer && answer->status != 503) {
      faults_.push_back(asked.key + " was answered " + std::to_string(answer->status) + ": " + answer->body);
      return;
    }
    if (answer && !answer->headers.contains("retry-after")) {
      faults_.push_back(asked.key + " was answered 503 without Retry-After: " + answer->body);
    }
    if (may_give_up) return;
    ++retries_;
    pause(100);
  }
  faults_.push_back(asked.key + " was never answered");
}

std::optional<testing::RawAnswer> StubbornClient::try_once(const AskedEntries& asked) {
  try {
    if (!connection_) connection_.emplace(port_);
    connection_->send(SupervisedProgram::request_text("POST", asked.path, asked.body, token_, asked.key));
    testing::RawAnswer answer = connection_->read_answer();
    if (answer.headers.contains("connection") && answer.headers["connection"] == "close") connection_.reset();
    return answer;
  } catch (const std::runtime_error&) {
    connection_.reset();
    return std::nullopt;
  }
}

bool StubbornClient::take(const testing::RawAnswer& answer, AskedEntries& asked) {
  if (answer.status != 200 && answer.status != 201) return false;
  const json::value body = json::parse(answer.body);
  asked.numbers.clear();
  if (asked.amounts.size() == 1 && !body.as_object().contains("results")) {
    asked.numbers[asked.amounts.begin()->first] = body.at("number").as_int64();
    return true;
  }
  const auto& results = body.at("results").as_array();
  for (std::size_t item = 0; item < results.size(); ++item) {
    const auto* entry = results[item].as_object().if_contains("entry");
    const std::string reference = asked.key + "-" + std::to_string(item + 1);
    if (entry == nullptr) faults_.push_back(reference + " was refused: " + json::serialize(results[item]));
    else asked.numbers[reference] = entry->at("number").as_int64();
  }
  return true;
}

}  // namespace coop::test
