#pragma once
#include <cstddef>
#include <ctime>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "ledger/statements/statement_reader.hpp"
#include "tests/bench/bench_support.hpp"

namespace coop::bench {

/// What the readers of bank files are measured against: the bare parse of the XML, with what it takes to find
/// it well-formed and nothing asked of it. Returns 1 if it is.
inline std::size_t parse_bare(const std::string& xml) {
  pugi::xml_document document;
  return document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8) ? 1 : 0;
}

/// A plain read by lines, each one looked at: how many begin with a colon.
inline std::size_t read_by_lines(const std::string& bytes) {
  std::istringstream text{bytes};
  std::size_t fields = 0;
  for (std::string line; std::getline(text, line);) fields += line.starts_with(':') ? 1 : 0;
  return fields;
}

/// Counts the lines that a reader gives.
class LineCounter : public statements::StatementTaker {
 public:
  void begin(const statements::Statement&) override {}
  void take(statements::Line&& line) override {
    const statements::Line taken = std::move(line);
    count_ += taken.raw.empty() ? 0 : 1;
  }
  void end(const statements::Statement&) override {}
  void finish(const statements::ReadFile&) override {}

  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

/// What the program reads from the same bytes, line by line as it takes them. Returns how many there are.
inline std::size_t read_as_statements(const std::string& bytes) {
  LineCounter lines;
  statements::read_statements(bytes, {}, lines);
  return lines.count();
}

/// What was counted last: keeps the compiler from leaving out what is measured.
inline volatile std::size_t last_count = 0;

/// Milliseconds of processor that this program has used: what else the machine does hardly shows in them.
inline double used_ms() { return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC; }

/// Adds the four of them to `figures`, in milliseconds of processor. The files must live as long.
inline void add_reading(Rounds& figures, const std::string& camt, const std::string& mt940) {
  const auto add = [&figures](const char* name, auto read, const std::string& bytes) {
    figures.add(name, [read, &bytes] {
      const double start = used_ms();
      last_count = read(bytes);
      return used_ms() - start;
    });
  };
  add("ms, camt.053 by pugixml alone", parse_bare, camt);
  add("ms, camt.053 read", read_as_statements, camt);
  add("ms, MT940 by lines", read_by_lines, mt940);
  add("ms, MT940 read", read_as_statements, mt940);
}

/// Prints what came of it.
inline void report_reading(const Rounds& figures) {
  report("reading camt.053 / pugixml alone",
         figures.ratio("ms, camt.053 read", "ms, camt.053 by pugixml alone"), "<=", 3);
  report("reading MT940 / reading it by lines", figures.ratio("ms, MT940 read", "ms, MT940 by lines"),
         "<=", 10);
}

}  // namespace coop::bench
