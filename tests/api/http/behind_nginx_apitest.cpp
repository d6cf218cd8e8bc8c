// The same clients with nginx in front, as `coopledger nginx` configures it.
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "tests/api/http/echo_server.hpp"
#include "tests/api/http/refused_requests.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/nginx_in_front.hpp"

namespace coop::testing {
namespace {

using api::HttpRequest;
using api::Reply;
using std::chrono::milliseconds;

/// Echoes, and remembers which paths arrived.
class BehindNginx : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!test::NginxInFront::is_installed()) GTEST_SKIP() << "nginx is not installed";
    path_ = (folder_.path() / "http").string();
    settings_.http.listen = "unix:" + path_;
    settings_.http.max_body_bytes = 1'000'000;
    settings_.http.write_stall_ms = 600'000;
    settings_.http.header_timeout_ms = 600'000;
    settings_.http.body_timeout_ms = 600'000;
    server_ = std::make_unique<api::HttpServer>(
        settings_.http,
        [this](HttpRequest&& request, const Reply& reply) { take(std::move(request), reply); });
    server_->start();
    nginx_ = std::make_unique<test::NginxInFront>(settings_);
  }
  void TearDown() override {
    nginx_.reset();
    if (server_) server_->stop(1000);
  }

  void take(HttpRequest&& request, const Reply& reply) {
    {
      const std::lock_guard lock{mutex_};
      ++arrived_[request.path];
    }
    if (request.path == "/big") return reply.send({200, {}, std::string(20'000'000, 'x')});
    if (request.path == "/throw") throw 42;
    if (request.path == "/forget") return;
    EchoServer::echo(std::move(request), reply);
  }
  int arrived(const std::string& path) {
    const std::lock_guard lock{mutex_};
    return arrived_[path];
  }
  test::NginxInFront& nginx() { return *nginx_; }
  api::HttpServer& server() { return *server_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
  api::Settings settings_;
  std::unique_ptr<api::HttpServer> server_;
  std::unique_ptr<test::NginxInFront> nginx_;
  std::mutex mutex_;
  std::map<std::string, int> arrived_;
};

std::size_t append_to(char* bytes, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(bytes, size * count);
  return size * count;
}

/// What comes over TLS, by HTTP/2 if curl can.
std::string over_tls(const std::string& url) {
  std::string body;
  CURL* const curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append_to);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  const CURLcode done = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return done == CURLE_OK ? body : curl_easy_strerror(done);
}

TEST_F(BehindNginx, RequestsComeAsTheyWereSentAlsoOverTls) {
  EXPECT_EQ(over_tls("https://localhost:" + std::to_string(nginx().tls_port()) + "/a%2Fb/c?x=%C3%A9"),
            "GET /a%2Fb/c\n[a/b][c]\nx=é;\n");
  EXPECT_EQ(nginx().ask(post_request("/p", "body")).body, "POST /p\n[p]\n\nbody");
  for (const char* path : {"/throw", "/forget"}) {
    const RawAnswer answer = nginx().ask(get_request(path));
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << path;
  }
}

TEST_F(BehindNginx, RequestsInOnePacketAreAnsweredInOrder) {
  RawHttpClient client = nginx().client();
  std::string all;
  for (int i = 0; i < 50; ++i) all += get_request("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(client.read_answer().body, "GET /" + number + "\n[" + number + "]\n\n");
  }
}

TEST_F(BehindNginx, ChunksAreTheSameWhereverTheyAreCut) {
  const std::string whole =
      "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n "
      "world\r\n0\r\n\r\n" +
      get_request("/next");
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    RawHttpClient client = nginx().client();
    client.send(whole.substr(0, cut));
    std::this_thread::sleep_for(std::chrono::microseconds{300});
    client.send(whole.substr(cut));
    EXPECT_EQ(client.read_answer().body, "POST /c\n[c]\n\nhello world") << cut;
    EXPECT_EQ(client.read_answer().body, "GET /next\n[next]\n\n") << cut;
  }
}

TEST_F(BehindNginx, AnInvitationIsGiven) {
  RawHttpClient client = nginx().client();
  client.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("hello");
  EXPECT_EQ(client.read_answer().body, "POST /e\n[e]\n\nhello");
}

/// What nginx may say to bytes that are no acceptable request: nothing to who has gone already, an answer
/// with a status, or the bare text of a page where none is understood (HTTP/0.9: a request without a
/// version).
bool is_one_answer(const std::string& answer, const RefusedRequest& refused) {
  const bool bare = answer.find("<html>") != std::string::npos || answer == "GET /\n\n\n";
  return answer.empty() || answer.starts_with("HTTP/1.1 ") || (refused.bytes == "GET /\r\n\r\n" && bare);
}

/// nginx reads some of them more kindly than the door, and puts them in order; none of them hangs, breaks
/// anything or carries a second request along.
TEST_F(BehindNginx, NothingBrokenGetsThroughAsAnythingElse) {
  for (const RefusedRequest& refused : refused_requests()) {
    RawHttpClient client = nginx().client();
    client.send(refused.bytes);
    client.half_close();
    const std::string answer = client.read_to_end();
    EXPECT_TRUE(is_one_answer(answer, refused)) << refused.what << ": " << answer.substr(0, 200);
    EXPECT_EQ(nginx().ask(get_request("/next")).status, 200) << refused.what;
  }
  EXPECT_TRUE(test::comes_true([this] { return server().counts().requests_in_flight == 0; }));
}

TEST_F(BehindNginx, NoRequestIsSmuggledInsideAnother) {
  const std::string hidden = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string length = std::to_string(hidden.size() + 5);
  const std::vector<std::string> heads{
      "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: " + length + "\r\n",
      "Content-Length: " + length + "\r\nTransfer-Encoding : chunked\r\n",
      "Content-Length: " + length + "\r\nTransfer-Encoding: xchunked\r\n",
      "Content-Length: " + length +
          "\r\nTransfer-Encoding:\x0b"
          "chunked\r\n",
      "Content-Length: " + length + "\r\n Transfer-Encoding: chunked\r\n",
      "Content-Length: " + length + "\r\nX: y\nTransfer-Encoding: chunked\r\n",
      "Content-Length: " + length + "\r\nContent-Length: 0\r\n",
      "Content-Length: 0\r\nContent-Length: " + length + "\r\n",
      "Content-Length: 0, " + length + "\r\n",
      "Content-Length: +" + length + "\r\n",
      "Content-Length: 0x" + length + "\r\n",
  };
  for (const std::string& head : heads) {
    RawHttpClient client = nginx().client();
    client.send("POST /outer HTTP/1.1\r\nHost: a\r\n" + head + "\r\n0\r\n\r\n" + hidden);
    client.half_close();
    client.read_to_end();
  }
  EXPECT_EQ(nginx().ask(get_request("/next")).status, 200);
  EXPECT_EQ(arrived("/smuggled"), 0);
}

TEST_F(BehindNginx, FloodsEndAtNginx) {
  EXPECT_EQ(nginx().ask(post_with("Content-Length: 3000000\r\n", "")).status, 413);
  EXPECT_EQ(nginx().ask(get_request("/" + std::string(40'000, 'a'))).status, 414);
  EXPECT_EQ(nginx().ask(get_with("X-A: " + std::string(40'000, 'a') + "\r\n")).status, 400);
  RawHttpClient client = nginx().client();
  client.send(post_with("Transfer-Encoding: chunked\r\n", ""));
  const std::string piece = "10000\r\n" + std::string(65'536, 'x') + "\r\n";
  for (int i = 0; i < 40; ++i)
    if (!client.send(piece)) break;
  EXPECT_EQ(client.read_status(), 413);
  EXPECT_EQ(arrived("/"), 0);
}

TEST_F(BehindNginx, SilentHalfSaidAndSlowClientsDelayNobody) {
  std::vector<RawHttpClient> others;
  const int count = test::connections_that_fit(1000) / 2;
  for (int i = 0; i < count; ++i) others.push_back(nginx().client());
  for (int i = 0; i < count; ++i) {
    others.push_back(nginx().client());
    others.back().send("POST / HTTP/1.1\r\nHo");
  }
  for (int i = 0; i < 20; ++i) {
    others.push_back(nginx().client());
    others.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  }
  for (int i = 0; i < 8; ++i) {
    others.emplace_back(nginx().port(), 4096);
    others.back().send(get_request("/big"));
  }
  RawHttpClient quick = nginx().client();
  for (int i = 0; i < 200; ++i) {
    quick.send(get_request("/small"));
    EXPECT_EQ(quick.read_answer().status, 200);
  }
  EXPECT_EQ(others.back().read_answer().body.size(), 20'000'000U);
}

TEST_F(BehindNginx, TheServerMayStopAndStartAgainUnderLoad) {
  std::atomic<bool> running{true};
  std::atomic<int> answered{0};
  std::atomic<int> away{0};
  std::atomic<int> wrong{0};
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, i] {
      for (int request = 0; running; ++request) {
        const std::string name = std::to_string(i) + "-" + std::to_string(request);
        try {
          const RawAnswer answer = nginx().ask(get_request("/" + name));
          if (answer.status == 200)
            ++(answer.body == "GET /" + name + "\n[" + name + "]\n\n" ? answered : wrong);
          else ++(answer.status == 502 || answer.status == 503 ? away : wrong);
        } catch (const std::runtime_error&) {
          ++wrong;
        }
      }
    });
  }
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(milliseconds{50});
    server().stop(2000);
    std::this_thread::sleep_for(milliseconds{20});
    server().start();
  }
  const int before_last = answered;
  EXPECT_TRUE(test::comes_true([&] { return answered > before_last; }));
  running = false;
  clients.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace coop::testing
