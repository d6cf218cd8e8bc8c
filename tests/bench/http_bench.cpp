// CPU of the server process per request: our HTTP door beside Pistache's own handler, in interleaved rounds.
// Each server runs in a child process of its own, which tells its CPU time when asked.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pistache/endpoint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "api/http/http_server.hpp"
#include "tests/bench/bench_support.hpp"

namespace coop::bench {
namespace {

constexpr int server_threads = 2;
constexpr int connections = 16;
constexpr int rounds = 5;
constexpr std::size_t bulk_bytes = 150 * 1024;
const std::string small_answer(97, 'j');

/// What Pistache's own handler does: it is told the whole request and answers at once.
class StockHandler final : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(StockHandler)
  void onRequest(const Pistache::Http::Request& request, Pistache::Http::ResponseWriter response) override {
    response.send(Pistache::Http::Code::Ok,
                  request.body().empty() ? small_answer : std::to_string(request.body().size()));
  }
};

void answer_like_stock(api::HttpRequest&& request, const api::Reply& reply) {
  reply.send({200, {}, request.body.empty() ? small_answer : std::to_string(request.body.size())});
}

/// A server in a child process: from the child's standard input and output it takes questions for its CPU
/// time.
class ServerProcess {
 public:
  template <typename Serve>
  explicit ServerProcess(const Serve& serve) {
    if (::pipe(questions_.data()) != 0 || ::pipe(answers_.data()) != 0) throw std::runtime_error{"pipe"};
    child_ = ::fork();
    if (child_ == 0) {
      ::close(questions_[1]);
      serve([this](std::uint16_t port) { answer_questions(port); });
      ::_exit(0);
    }
    ::close(questions_[0]);
    port_ = static_cast<std::uint16_t>(read_number());
  }
  ~ServerProcess() {
    ::close(questions_[1]);
    ::close(answers_[0]);
    ::close(answers_[1]);
    ::waitpid(child_, nullptr, 0);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  double cpu_us() {
    if (::write(questions_[1], "?", 1) != 1) throw std::runtime_error{"the server is gone"};
    return static_cast<double>(read_number());
  }

 private:
  /// In the child: until the parent closes its end.
  void answer_questions(std::uint16_t port) {
    write_number(port);
    char byte = 0;
    while (::read(questions_[0], &byte, 1) == 1) {
      rusage usage{};
      ::getrusage(RUSAGE_SELF, &usage);
      write_number((usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000 + usage.ru_utime.tv_usec +
                   usage.ru_stime.tv_usec);
    }
  }
  void write_number(std::int64_t number) {
    if (::write(answers_[1], &number, sizeof number) != sizeof number) throw std::runtime_error{"write"};
  }
  std::int64_t read_number() {
    std::int64_t number = 0;
    if (::read(answers_[0], &number, sizeof number) != sizeof number) throw std::runtime_error{"no server"};
    return number;
  }

  std::array<int, 2> questions_{};
  std::array<int, 2> answers_{};
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
};

/// One connection that sends `request` and waits for the answer, `times` times.
void ask_repeatedly(std::uint16_t port, const std::string& request, int times) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error{"connect"};
  }
  std::array<char, 4096> buffer{};
  for (int i = 0; i < times; ++i) {
    std::string_view rest = request;
    while (!rest.empty())
      rest.remove_prefix(static_cast<std::size_t>(::send(descriptor, rest.data(), rest.size(), 0)));
    std::string answer;
    std::size_t wanted = std::string::npos;
    while (answer.size() < wanted) {
      const ssize_t got = ::recv(descriptor, buffer.data(), buffer.size(), 0);
      if (got <= 0) throw std::runtime_error{"the server closed"};
      answer.append(buffer.data(), static_cast<std::size_t>(got));
      const std::size_t end = answer.find("\r\n\r\n");
      const std::size_t length = answer.find("Content-Length: ");
      if (end != std::string::npos)
        wanted = end + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10);
    }
  }
  ::close(descriptor);
}

double cpu_per_request(ServerProcess& server, const std::string& request, int times) {
  const double before_us = server.cpu_us();
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < connections; ++i) {
      clients.emplace_back([&] { ask_repeatedly(server.port(), request, times); });
    }
  }
  return (server.cpu_us() - before_us) / (times * connections);
}

std::string request_text(const std::string& body) {
  const std::string head = " / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n";
  if (body.empty()) return "GET" + head + "\r\n";
  return "POST" + head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

int run() {
  ServerProcess stock{[](const auto& ready) {
    Pistache::Http::Endpoint endpoint{Pistache::Address{Pistache::Ipv4::loopback(), Pistache::Port{0}}};
    endpoint.init(Pistache::Http::Endpoint::options()
                      .threads(server_threads)
                      .maxRequestSize(1 << 20)
                      .flags(Pistache::Tcp::Options::ReuseAddr | Pistache::Tcp::Options::NoDelay));
    endpoint.setHandler(Pistache::Http::make_handler<StockHandler>());
    endpoint.serveThreaded();
    ready(endpoint.getPort());
    endpoint.shutdown();
  }};
  ServerProcess ours{[](const auto& ready) {
    api::HttpSettings settings;
    settings.listen = "127.0.0.1:0";
    settings.threads = server_threads;
    api::HttpServer server{settings, answer_like_stock};
    server.start();
    ready(server.port());
  }};
  const std::string get = request_text("");
  const std::string post = request_text(std::string(bulk_bytes, 'b'));
  Rounds measured;
  measured.add("door GET", [&] { return cpu_per_request(ours, get, 2500); });
  measured.add("stock GET", [&] { return cpu_per_request(stock, get, 2500); });
  measured.add("door POST 150 KB", [&] { return cpu_per_request(ours, post, 150); });
  measured.add("stock POST 150 KB", [&] { return cpu_per_request(stock, post, 150); });
  measured.run(rounds);
  for (const std::string what : {"GET", "POST 150 KB"}) {
    std::printf("%-12s door %7.1f us, Pistache's handler %7.1f us of CPU a request, ratio %.2f\n",
                what.c_str(), measured.of("door " + what), measured.of("stock " + what),
                measured.ratio("door " + what, "stock " + what));
  }
  return 0;
}

}  // namespace coop::bench

int main() { return coop::bench::run(); }
