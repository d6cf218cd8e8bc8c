#include "tests/support/test_story.hpp"

#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"

namespace coop::test {

void StoryTest::adopt_rule(const std::string& code, const std::string& rule) {
  make("sharing-rules", R"({"code":")" + code + R"(","title":")" + code +
                            R"(","valid_from":"2026-01-01","rule":)" + rule +
                            R"(,"decision":"Assembly of 10 December","adopted_on":"2025-12-10"})");
}

void StoryTest::adopt(const std::string& example) {
  adopt_rule(example, sharing::canonical_text(sharing::example_rule(example)));
}

std::string StoryTest::linked(const std::string& user, const std::string& member) {
  std::string token = token_of_new_user(user, {access::Role::member});
  EXPECT_EQ(send("PUT", at("members/" + member + "/users/" + user)).status, 200);
  return token;
}

std::string StoryTest::job_result(const ApiAnswer& begun, const std::string& field) {
  const ApiAnswer job = ended(begun);
  if (job.text("state") != "done") return job.body;
  const boost::json::value value = job.json().at("result").at(field);
  return value.is_string() ? std::string{value.as_string()} : boost::json::serialize(value);
}

std::string StoryTest::text_of_each(const ApiAnswer& answer, const char* list, const char* field) {
  std::string texts;
  const boost::json::value json = answer.json();
  for (const auto& item : json.at(list).as_array())
    texts += (texts.empty() ? "" : " ") + std::string{item.at(field).as_string()};
  return texts;
}

}  // namespace coop::test
