#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "api/http/http_server.hpp"
#include "tests/support/raw_http_client.hpp"

namespace coop::testing {

/// Answers later, from threads of its own, in an order of its own.
class LateAnswers {
 public:
  explicit LateAnswers(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this, i](const std::stop_token& stop) { run(stop, static_cast<unsigned>(i)); });
    }
  }
  ~LateAnswers() {
    for (std::jthread& thread : threads_) thread.request_stop();
    wake_.notify_all();
  }
  LateAnswers(const LateAnswers&) = delete;
  LateAnswers& operator=(const LateAnswers&) = delete;

  void take(api::HttpRequest&& request, api::Reply reply) {
    {
      const std::lock_guard lock{mutex_};
      waiting_.push_back({std::move(request), std::move(reply)});
    }
    wake_.notify_one();
  }

 private:
  struct Waiting {
    api::HttpRequest request;
    api::Reply reply;
  };

  void run(const std::stop_token& stop, unsigned seed) {
    std::minstd_rand random{seed + 1};
    while (true) {
      std::vector<Waiting> batch;
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [&] { return stop.stop_requested() || !waiting_.empty(); });
        if (waiting_.empty()) return;
        batch.swap(waiting_);
      }
      std::ranges::shuffle(batch, random);
      for (Waiting& one : batch) answer(one, random);
    }
  }

  static void answer(Waiting& one, std::minstd_rand& random) {
    const std::string id = std::string{one.request.header("x-id").value_or("none")};
    switch (random() % 16) {
      case 0:  // in pieces
        one.reply.begin_stream(200, {{"X-Id", id}});
        one.reply.write(id);
        one.reply.write("-" + id);
        return one.reply.finish();
      case 1:  // too large for one send
        return one.reply.send({200, {{"X-Id", id}}, id + "-" + id + std::string(200'000, ' ')});
      case 2:  // not at all
        return;
      default:
        return one.reply.send({200, {{"X-Id", id}}, id + "-" + id});
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> waiting_;
  std::vector<std::jthread> threads_;
};

/// What came of all the asking.
struct Tally {
  std::atomic<std::uint64_t> asked{0};
  std::atomic<std::uint64_t> checked{0};
  std::atomic<std::uint64_t> unanswered{0};  ///< the 500 of a dropped reply
  std::atomic<std::uint64_t> wrong{0};
  std::atomic<std::uint64_t> broken{0};  ///< no answer, or one that is cut or mixed with another
};

/// Counts an answer as what it is.
inline void check(const RawAnswer& answer, const std::string& id, Tally& tally) {
  if (answer.status == 500) {
    ++tally.unanswered;
    return;
  }
  const bool right = answer.status == 200 && answer.headers.contains("x-id") &&
                     answer.headers.at("x-id") == id && answer.body.starts_with(id + "-" + id) &&
                     answer.body.find_first_not_of(' ', 2 * id.size() + 1) == std::string::npos;
  ++(right ? tally.checked : tally.wrong);
}

/// A request with an id of its own.
inline std::string asking(const std::string& id) {
  return "GET /x HTTP/1.1\r\nHost: a\r\nX-Id: " + id + "\r\n\r\n";
}

/// Asks until the share is done: one request a connection or several, and in half of the cases leaves before
/// the answer.
inline void ask_and_often_vanish(std::uint16_t port, int client_number, std::uint64_t share, Tally& tally) {
  std::minstd_rand random{static_cast<unsigned>(client_number) + 77};
  std::uint64_t asked = 0;
  while (asked < share) {
    RawHttpClient client{port};
    const std::uint64_t in_a_row = 1 + random() % 8;
    for (std::uint64_t i = 0; i < in_a_row && asked < share; ++i) {
      const std::string id = std::to_string(client_number) + "." + std::to_string(asked++);
      ++tally.asked;
      client.send(asking(id));
      if (random() % 2 == 0) {
        if (random() % 4 == 0) std::this_thread::sleep_for(std::chrono::microseconds{random() % 200});
        if (random() % 2 == 0) client.vanish();
        break;
      }
      try {
        check(client.read_answer(), id, tally);
      } catch (const std::exception&) {
        ++tally.broken;
        break;
      }
    }
  }
}

}  // namespace coop::testing
