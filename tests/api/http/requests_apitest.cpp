// What well-formed requests become, and what answers look like on the wire.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "ledger/values/refusal.hpp"
#include "tests/api/http/echo_server.hpp"

namespace coop::testing {

using api::HttpRequest;
using api::Reply;

TEST(HttpRequests, AreDecodedIntoSegmentsAndQuery) {
  const EchoServer server;
  const auto answer =
      server.ask(get_request("/v1/nodes/b%63n/caf%C3%A9%2Fbar?a=1&b=x%20y&a=2&plus=a+b&empty"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body,
            "GET /v1/nodes/b%63n/caf%C3%A9%2Fbar\n[v1][nodes][bcn][caf\xC3\xA9/bar]\na=1;b=x y;a=2;plus=a "
            "b;empty=;\n");
}

TEST(HttpRequests, DropOneTrailingSlashAndKeepInnerEmptySegments) {
  const EchoServer server;
  EXPECT_EQ(server.ask(get_request("/v1/nodes/")).body, "GET /v1/nodes/\n[v1][nodes]\n\n");
  EXPECT_EQ(server.ask(get_request("/v1//nodes")).body, "GET /v1//nodes\n[v1][][nodes]\n\n");
  EXPECT_EQ(server.ask(get_request("//v1")).body, "GET //v1\n[][v1]\n\n");
  EXPECT_EQ(server.ask(get_request("/")).body, "GET /\n\n\n");
}

TEST(HttpRequests, MayNameTheWholeAddress) {
  const EchoServer server;
  EXPECT_EQ(server.ask(get_request("http://example.org:8080/v1/nodes?x=1")).body,
            "GET /v1/nodes\n[v1][nodes]\nx=1;\n");
  EXPECT_EQ(server.ask(get_request("http://example.org")).body, "GET /\n\n\n");
  EXPECT_EQ(server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").body, "OPTIONS *\n\n\n");
}

TEST(HttpRequests, KeepUnknownMethodsForTheRouter) {
  const EchoServer server;
  EXPECT_EQ(server.ask("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n").body, "BREW /pot\n[pot]\n\n");
  EXPECT_EQ(server.ask("get /pot HTTP/1.1\r\nHost: a\r\n\r\n").body, "get /pot\n[pot]\n\n");
}

TEST(HttpRequests, KeepRepeatedHeadersInOrderWithLowerCaseNames) {
  const EchoServer server{test_settings(), [](HttpRequest&& request, const Reply& reply) {
                            std::string text{request.header("x-one").value_or("none")};
                            for (const auto& [name, value] : request.headers)
                              text += "|" + name + "=" + value;
                            reply.send({200, {}, text + "|" + request.remote});
                          }};
  const auto answer = server.ask("GET / HTTP/1.1\r\nHost: a\r\nX-One:  1 \r\nx-oNE: 2\r\nX-Empty:\r\n\r\n");
  EXPECT_EQ(answer.body, "1|host=a|x-one=1|x-one=2|x-empty=|127.0.0.2");
}

TEST(HttpRequests, AreAnsweredOneAfterTheOtherOverOneConnection) {
  const EchoServer server;
  RawHttpClient client = server.client();
  for (int i = 0; i < 50; ++i) {
    const std::string path = "/" + std::to_string(i);
    client.send(i % 2 == 0 ? get_request(path)
                           : post_request(path, std::string(static_cast<std::size_t>(i) * 997, 'b')));
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.find(" " + path + "\n") != std::string::npos);
  }
}

TEST(HttpRequests, InOnePacketAreAnsweredInOrderEvenByAnotherThread) {
  std::vector<std::jthread> threads;
  const EchoServer server{test_settings(), [&threads](HttpRequest&& request, const Reply& reply) {
                            if (request.body == "now") return EchoServer::echo(std::move(request), reply);
                            threads.emplace_back([request = std::move(request), reply]() mutable {
                              std::this_thread::sleep_for(std::chrono::milliseconds{2});
                              EchoServer::echo(std::move(request), reply);
                            });
                          }};
  RawHttpClient client = server.client();
  std::string many;
  for (int i = 0; i < 40; ++i) many += post_request("/" + std::to_string(i), i % 3 == 0 ? "now" : "later");
  client.send(many);
  for (int i = 0; i < 40; ++i) {
    EXPECT_TRUE(client.read_answer().body.starts_with("POST /" + std::to_string(i) + "\n")) << i;
  }
}

TEST(HttpRequests, ByTheThousandInARowAreAnsweredInOrderAndLetOthersIn) {
  auto settings = test_settings();
  settings.threads = 1;
  const EchoServer server{settings};
  RawHttpClient client = server.client();
  constexpr int count = 5000;
  std::string many;
  for (int i = 0; i < count; ++i) many += get_request("/" + std::to_string(i));
  std::jthread sender{[&] { client.send(many); }};
  EXPECT_EQ(server.ask(get_request("/other")).status, 200);
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(client.read_answer().body.starts_with("GET /" + std::to_string(i) + "\n")) << i;
  }
}

TEST(HttpRequests, BeyondTheBoundOfWaitingOnesAreReadLaterAndLoseNothing) {
  auto settings = test_settings();
  settings.max_pipelined_bytes = 2000;
  std::vector<std::jthread> threads;
  const EchoServer server{settings, [&threads](HttpRequest&& request, const Reply& reply) {
                            threads.emplace_back([request = std::move(request), reply]() mutable {
                              EchoServer::echo(std::move(request), reply);
                            });
                          }};
  RawHttpClient client = server.client();
  constexpr int count = 300;
  std::jthread sender{[&client] {
    for (int i = 0; i < count; ++i) client.send(post_request("/" + std::to_string(i), std::string(700, 'p')));
  }};
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(client.read_answer().body.starts_with("POST /" + std::to_string(i) + "\n")) << i;
  }
}

TEST(HttpRequests, InChunksAreTheSameWhereverTheyAreCut) {
  const EchoServer server;
  const std::string head = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string body :
       {"5\r\nhello\r\n6;ext=\"1\"\r\n world\r\n0\r\n\r\n", "b\r\nhello world\r\n0\r\nTrailer: x\r\n\r\n"}) {
    const std::string whole = head + body + get_request("/next");
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
      RawHttpClient client = server.client();
      client.send(whole.substr(0, cut));
      std::this_thread::sleep_for(std::chrono::microseconds{300});
      client.send(whole.substr(cut));
      EXPECT_EQ(client.read_answer().body, "POST /c\n[c]\n\nhello world") << cut;
      EXPECT_EQ(client.read_answer().body, "GET /next\n[next]\n\n") << cut;
    }
  }
}

TEST(HttpRequests, MayComeByteByByte) {
  const EchoServer server;
  for (const std::string whole :
       {"POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"}) {
    RawHttpClient client = server.client();
    for (const char byte : whole) {
      client.send({&byte, 1});
      std::this_thread::sleep_for(std::chrono::microseconds{200});
    }
    EXPECT_EQ(client.read_answer().status, 200);
  }
}

TEST(HttpRequests, ThatExpectAnInvitationGetItAtOnce) {
  const EchoServer server;
  RawHttpClient client = server.client();
  client.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("hello");
  EXPECT_EQ(client.read_answer().body, "POST /e\n[e]\n\nhello");
}

TEST(HttpRequests, WithALargeBodyAreKeptInAFile) {
  auto settings = test_settings();
  settings.body_in_memory = 10'000;
  std::atomic<int> in_files{0};
  const EchoServer server{settings, [&in_files](HttpRequest&& request, const Reply& reply) {
                            if (request.body_file != nullptr) {
                              ++in_files;
                              EXPECT_TRUE(request.body.empty());
                              EXPECT_EQ(request.body_file->read(request.body_file->size(), 10), "");
                              EXPECT_EQ(request.body_file->read(1, 2).size(), 2U);
                            }
                            EchoServer::echo(std::move(request), reply);
                          }};
  for (const std::size_t size : {9'999U, 10'000U, 10'001U, 3'000'000U}) {
    std::string body(size, 'x');
    for (std::size_t i = 0; i < size; i += 7) body[i] = static_cast<char>('a' + i % 26);
    EXPECT_EQ(server.ask(post_request("/", body)).body, "POST /\n\n\n" + body);
  }
  EXPECT_EQ(in_files, 2);
}

TEST(HttpAnswers, ToHeadAnd204And304HaveNoBody) {
  const EchoServer server{
      test_settings(), [](HttpRequest&& request, const Reply& reply) {
        const int status = request.path == "/204" ? 204 : request.path == "/304" ? 304 : 200;
        reply.send({status, {}, "twelve bytes"});
      }};
  RawHttpClient client = server.client();
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer(true).headers["content-length"], "12");
  for (const std::string path : {"/204", "/304"}) {
    client.send(get_request(path));
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ("/" + std::to_string(answer.status), path);
    EXPECT_FALSE(answer.headers.contains("content-length"));
  }
  client.send(get_request("/"));
  EXPECT_EQ(client.read_answer().body, "twelve bytes");
}

TEST(HttpAnswers, CarryADate) {
  const EchoServer server;
  const std::string date = server.ask(get_request("/")).headers["date"];
  std::string form;  // "Sun, 06 Nov 1994 08:49:37 GMT"
  for (const char letter : date) {
    form += letter >= '0' && letter <= '9'   ? '0'
            : letter >= 'A' && letter <= 'Z' ? 'A'
            : letter >= 'a'                  ? 'a'
                                             : letter;
  }
  EXPECT_EQ(form, "Aaa, 00 Aaa 0000 00:00:00 AAA") << date;
}

TEST(HttpAnswers, CloseOrKeepTheConnectionAsTheClientWants) {
  const EchoServer server;
  RawHttpClient asks_to_close = server.client();
  asks_to_close.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(asks_to_close.read_answer().headers["connection"], "close");
  EXPECT_TRUE(asks_to_close.is_closed());

  RawHttpClient old = server.client();
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read_answer().headers["connection"], "close");
  EXPECT_TRUE(old.is_closed());

  RawHttpClient old_that_stays = server.client();
  for (int i = 0; i < 2; ++i) {
    old_that_stays.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(old_that_stays.read_answer().headers["connection"], "keep-alive");
  }
}

TEST(HttpAnswers, ReachAClientThatHasClosedItsSendingSide) {
  const EchoServer server;
  RawHttpClient client = server.client();
  client.send(get_request("/1") + get_request("/2"));
  client.half_close();
  EXPECT_EQ(client.read_answer().body, "GET /1\n[1]\n\n");
  EXPECT_EQ(client.read_answer().body, "GET /2\n[2]\n\n");
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpAnswers, WithLineEndsInHeadersAreRefusedAndBecomeA500) {
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"X-A", "a\r\nSet-Cookie: b"},
                                                        {"X-A", "a\nb"},
                                                        {"X-A", std::string{"a\0b", 3}},
                                                        {"X A", "b"},
                                                        {"", "b"},
                                                        {"Content-Length", "5"},
                                                        {"transfer-encoding", "chunked"},
                                                        {"Connection", "close"}}) {
    bool refused = false;
    const EchoServer server{test_settings(),
                            [&, name = name, value = value](HttpRequest&&, const Reply& reply) {
                              try {
                                reply.send({200, {{name, value}}, "body"});
                              } catch (const InvariantBroken&) {
                                refused = true;
                              }
                            }};
    EXPECT_EQ(server.ask(get_request("/")).status, 500) << name;
    EXPECT_TRUE(refused) << name;
  }
}

TEST(HttpAnswers, InPiecesComeAsChunksAndTheConnectionGoesOn) {
  const EchoServer server{test_settings(), [](HttpRequest&& request, const Reply& reply) {
                            reply.begin_stream(200, {{"Content-Type", "application/x-ndjson"}});
                            for (int i = 0; i < 100; ++i)
                              EXPECT_TRUE(reply.write("line " + std::to_string(i) + "\n"));
                            reply.write("");
                            reply.write(request.path);
                            reply.finish();
                          }};
  RawHttpClient client = server.client();
  for (int i = 0; i < 3; ++i) {
    client.send(get_request("/end"));
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.headers.at("transfer-encoding"), "chunked");
    EXPECT_TRUE(answer.body.starts_with("line 0\nline 1\n"));
    EXPECT_TRUE(answer.body.ends_with("line 99\n/end"));
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_answer(true).status, 200);
  }
  RawHttpClient old = server.client();
  old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const RawAnswer answer = old.read_answer();
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(answer.body.ends_with("line 99\n/"));
}

TEST(HttpAnswers, LeftUnfinishedAreRecognisable) {
  const EchoServer server{test_settings(), [](HttpRequest&& request, const Reply& reply) {
                            reply.begin_stream(200, {});
                            reply.write("part");
                            if (request.path == "/abandon") reply.abandon();
                          }};
  for (const std::string path : {"/abandon", "/forget"}) {
    RawHttpClient client = server.client();
    client.send(get_request(path));
    EXPECT_THROW(client.read_answer(), std::runtime_error) << path;
  }
}

}  // namespace coop::testing
