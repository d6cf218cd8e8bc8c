#include <unistd.h>

#include "api/commands/command_line.hpp"

int main(int count, char** words) {
  coop::api::CommandLine line;
  coop::api::add_commands(line);
  return line.run(count, words, environ);
}
