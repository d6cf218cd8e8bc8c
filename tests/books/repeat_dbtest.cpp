#include "ledger/books/repeat_service.hpp"

#include <future>

#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::refusal_of;

class Repeats : public test::BooksTest {
 protected:
  KeptAnswer ask(const std::string& key, const std::string& content, std::optional<NodeId> scope = {}) {
    return db().in_tx([&](Tx& tx) {
      return answer_once(tx, scope, fingerprint_of(key), fingerprint_of(content), [&] {
        ++runs;
        return KeptAnswer{201, "answer " + std::to_string(runs), false};
      });
    });
  }
  std::atomic<int> runs = 0;
};

TEST_F(Repeats, GetTheFirstAnswerAgain) {
  const KeptAnswer first = ask("key", "content");
  const KeptAnswer again = ask("key", "content");
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, "answer 1");
  EXPECT_EQ(runs, 1);
}

TEST_F(Repeats, WithOtherContentAreRefused) {
  ask("key", "content");
  EXPECT_EQ(refusal_of([&] { ask("key", "other"); }), "key_reused");
}

TEST_F(Repeats, OfAnotherNodeAreOtherRequests) {
  ask("key", "content");
  EXPECT_FALSE(ask("key", "content", node()).repeated);
  EXPECT_EQ(runs, 2);
}

TEST_F(Repeats, OfARefusedRequestRunAgain) {
  const auto refuse = [&] {
    db().in_tx([&](Tx& tx) {
      answer_once(tx, node(), fingerprint_of("key"), fingerprint_of("content"),
                  []() -> KeptAnswer { throw Refused{Refusal::account_unknown, ""}; });
    });
  };
  EXPECT_EQ(refusal_of(refuse), "account_unknown");
  EXPECT_FALSE(ask("key", "content", node()).repeated);
}

TEST_F(Repeats, AtTheSameMomentRunOnce) {
  std::vector<std::future<KeptAnswer>> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(std::async(std::launch::async, [&] { return ask("key", "content"); }));
  int fresh = 0;
  for (auto& one : all) fresh += !one.get().repeated;
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace coop::books
