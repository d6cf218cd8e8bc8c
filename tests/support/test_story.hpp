#pragma once
#include <string>

#include "tests/support/api_server.hpp"

namespace coop::test {

/// A story told over HTTP, as somebody does it who works with the books.
class StoryTest : public ApiTest {
 protected:
  using ApiTest::ApiTest;

  /// Adopts a rule by which is shared (JSON) under this code, in force from 2026-01-01 on, by the decision
  /// "Assembly of 10 December".
  void adopt_rule(const std::string& code, const std::string& rule);
  /// The same of a rule that comes with the program.
  void adopt(const std::string& example);
  /// Makes a user who is this member, and answers a token of theirs.
  std::string linked(const std::string& user, const std::string& member);
  /// A field of what a job came to that was begun by this answer, texts bare; the whole job if it failed.
  std::string job_result(const ApiAnswer& begun, const std::string& field);
  /// A text of every item of a list in the answer, blanks between.
  static std::string text_of_each(const ApiAnswer& answer, const char* list, const char* field);
};

}  // namespace coop::test
