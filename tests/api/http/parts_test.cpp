// The door's parts without a socket or with a bare pair of them.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "api/http/answer_head.hpp"
#include "api/http/output_queue.hpp"
#include "api/http/problem.hpp"
#include "api/http/request_framing.hpp"
#include "api/http/request_target.hpp"

namespace coop::api {
namespace {

TEST(RequestTarget, DecodesWhatIsValidOnly) {
  EXPECT_EQ(percent_decoded("a%20b+c", false), "a b+c");
  EXPECT_EQ(percent_decoded("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decoded("%F0%9F%8C%BE", false), "\xF0\x9F\x8C\xBE");
  for (const char* wrong :
       {"%", "%1", "%1g", "%00", "%80", "%C3", "%C3%28", "%E0%80%80", "%F4%90%80%80", "%F8%88%80%80%80"}) {
    EXPECT_EQ(percent_decoded(wrong, false), std::nullopt) << wrong;
  }
}

TEST(RequestFraming, ReadsTheSameFromAnyPieces) {
  const HttpSettings settings;
  const std::string bytes =
      "\r\nPOST /a?b=c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3;x\r\nabc\r\n10\r\n0123456789abcdef\r\n"
      "0\r\nT: u\r\n\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    RequestFraming framing{settings, std::make_shared<BodyRoom>()};
    std::string waiting;
    RequestFraming::Outcome outcome = RequestFraming::Outcome::need_more;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      waiting += bytes.substr(at, step);
      const auto fed = framing.feed(waiting);
      outcome = fed.outcome;
      waiting.erase(0, fed.used);
      ASSERT_NE(outcome, RequestFraming::Outcome::refused) << framing.refusal().body << step;
    }
    ASSERT_EQ(outcome, RequestFraming::Outcome::complete) << step;
    EXPECT_EQ(waiting, "");
    const HttpRequest request = framing.take();
    EXPECT_EQ(request.body, "abc0123456789abcdef");
    EXPECT_EQ(request.query_value("b"), "c");
    EXPECT_EQ(request.headers.size(), 2U);
    EXPECT_EQ(framing.phase(), RequestFraming::Phase::nothing);
  }
}

TEST(BodyStore, GivesItsRoomBack) {
  HttpSettings settings;
  settings.body_in_memory = 10;
  const auto room = std::make_shared<BodyRoom>();
  BodyStore store{settings, room};
  EXPECT_TRUE(store.append("12345"));
  EXPECT_EQ(room->in_memory, 5U);
  EXPECT_TRUE(store.append("6789012345"));
  EXPECT_EQ(room->in_memory, 0U);
  EXPECT_EQ(room->in_files, 15U);
  {
    HttpRequest request;
    store.move_to(request);
    ASSERT_NE(request.body_file, nullptr);
    EXPECT_EQ(request.body_file->read(0, 100), "123456789012345");
    EXPECT_EQ(request.body_file->read(14, 100), "5");
    EXPECT_EQ(request.body_file->read(15, 100), "");
    EXPECT_EQ(room->in_files, 15U);
  }
  EXPECT_EQ(room->in_files, 0U);
  EXPECT_TRUE(store.append("again"));
  store.clear();
  EXPECT_EQ(room->in_memory, 0U);
}

TEST(AnswerHead, SaysWhatTheConnectionBecomes) {
  std::string head;
  append_head(head, 404, {{"X-A", "b"}}, {7, false, true, false});
  EXPECT_TRUE(head.starts_with("HTTP/1.1 404 Not Found\r\nDate: "));
  EXPECT_TRUE(head.ends_with(" GMT\r\nContent-Length: 7\r\nConnection: close\r\nX-A: b\r\n\r\n"));
  head.clear();
  append_head(head, 299, {}, {std::nullopt, true, false, true});
  EXPECT_TRUE(head.ends_with("Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(Problem, EscapesItsTexts) {
  const HttpAnswer answer = problem_answer(400, "code", "A \"title\"", "line\n\\end");
  EXPECT_EQ(answer.body,
            "{\"type\":\"/v1/problems/code\",\"title\":\"A "
            "\\\"title\\\"\",\"status\":400,\"code\":\"code\",\"detail\":\"line\\u000a\\\\end\"}");
}

TEST(OutputQueue, KeepsTheOrderThroughAFullSocket) {
  std::array<int, 2> pair{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
  OutputQueue queue;
  std::string expected;
  std::string received;
  std::array<char, 10'000> buffer{};
  const auto read_some = [&] {
    const ssize_t got = ::recv(pair[1], buffer.data(), buffer.size(), 0);
    if (got > 0) received.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
  };
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::string head = "h" + std::to_string(i);
    std::string body(i * 37 % 5000, static_cast<char>('a' + i % 26));
    expected += head + body;
    queue.send(pair[0], head, std::move(body));
    if (i % 5 == 0) read_some();
    if (i % 3 == 0) queue.send_waiting(pair[0]);
  }
  EXPECT_GT(queue.bytes(), 0U);
  while (!queue.empty()) {
    EXPECT_NE(queue.send_waiting(pair[0]), OutputQueue::Sent::failed);
    while (read_some()) {
    }
  }
  while (read_some()) {
  }
  EXPECT_EQ(received, expected);
  ::close(pair[1]);
  EXPECT_EQ(queue.send(pair[0], "x", "y"), OutputQueue::Sent::failed);
  ::close(pair[0]);
}

}  // namespace
}  // namespace coop::api
