#pragma once
#include <string>
#include <vector>

namespace coop::test {

/// How a program ended and what it said.
struct Ran {
  int code;  ///< exit code, or 128 and the signal's number
  std::string out;
  std::string err;
};

/// Runs a program to its end, without input. `words` begins with the program; `environment` ("NAME=value") is
/// added to our own, where it replaces variables of the same name.
Ran ran(const std::vector<std::string>& words, const std::vector<std::string>& environment = {});

/// Runs coopledger itself.
Ran ran_coopledger(std::vector<std::string> arguments, const std::vector<std::string>& environment = {});

}  // namespace coop::test
