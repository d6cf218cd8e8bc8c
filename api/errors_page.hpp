#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace coop::api {

/// One kind of problem the API answers with.
struct ProblemText {
  std::string_view code;
  int status;
  std::string_view title;
  std::string_view cause;
  std::string_view cure;
};

/// Every problem: the refusals in the order of their list, then what is nobody's request's fault.
const std::vector<ProblemText>& problem_texts();

/// The page docs/api/errors.md.
std::string errors_page();

}  // namespace coop::api
