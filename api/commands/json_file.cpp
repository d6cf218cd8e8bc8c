#include "api/commands/json_file.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include "ledger/values/refusal.hpp"

namespace coop::api {

std::string json_file_text(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>{std::cin}, {}};
  std::ifstream in{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (!in.is_open() || in.bad()) throw Refused{Refusal::import_unreadable, path + " cannot be read"};
  return text;
}

}  // namespace coop::api
