// Readers of bank files alone, without PostgreSQL: camt.053 against pugixml's bare parse of the same bytes,
// MT940 against a plain read by lines. usage: readers_bench [lines, 20000] [rounds, 5] [only what has this
// in its name, everything]; with valgrind --tool=callgrind --toggle-collect='coop::bench::read_*' it counts
// instructions, which do not depend on what else the machine does.
#include <cstdlib>
#include <string>

#include "tests/bench/bank_files.hpp"
#include "tests/bench/bench_support.hpp"
#include "tests/bench/reading_load.hpp"

int main(int count, char** values) {
  using namespace coop::bench;
  const int lines = count > 1 ? std::atoi(values[1]) : 20'000;
  const int rounds = count > 2 ? std::atoi(values[2]) : 5;
  const std::string only = count > 3 ? values[3] : "";
  const auto some = made_lines(lines, 0);
  const std::string camt = camt053_of(some, 0, 1, "2026-03-31");
  const std::string mt940 = mt940_of(some, 0, 1, "260331");
  Rounds figures;
  add_reading(figures, camt, mt940);
  figures.run(rounds, only);
  std::printf("\n%d lines: camt.053 %.1f MB, MT940 %.1f MB\n", lines, static_cast<double>(camt.size()) / 1e6,
              static_cast<double>(mt940.size()) / 1e6);
  if (only.empty()) report_reading(figures);
  return 0;
}
