#include "api/commands/table_import.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

#include "api/commands/command_line.hpp"
#include "api/commands/long_work.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

std::string bytes_of_input(const std::string& name) {
  const InputFile input{name};
  std::ifstream file{input.path(), std::ios::binary};
  if (!file) throw Unavailable{"the file " + name + " cannot be read"};
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void print_intake_doubts(const std::vector<intake::IntakeDoubt>& doubts) {
  for (const intake::IntakeDoubt& doubt : doubts)
    std::cout << "line " << doubt.line << (doubt.column.empty() ? "" : ", " + doubt.column) << ": "
              << doubt.text << (doubt.taken ? ": " + *doubt.taken : "") << '\n';
}

}  // namespace

void add_table_words(CLI::App& command, std::string& file, bool& dry_run, bool& skip_doubtful) {
  command.add_option("file", file, "the table as CSV; - is standard input, after the password")->required();
  command.add_flag("--dry-run", dry_run, "records nothing, names every doubtful row");
  command.add_flag("--skip-doubtful", skip_doubtful, "leaves doubtful rows out; else one stops everything");
}

int imported_table(Database& database, const std::string& file, bool dry_run,
                   const std::function<intake::IntakeReport(Tx&, std::string_view)>& import) {
  const std::string bytes = bytes_of_input(file);
  const auto work = [&](Tx& tx) { return import(tx, bytes); };
  const intake::IntakeReport report = dry_run ? database.in_dry_tx(work) : database.in_tx(work);
  print_intake_doubts(report.notes);
  print_intake_doubts(report.doubts);
  std::cout << report.rows << " rows: " << report.recorded
            << (dry_run ? " would be recorded, " : " recorded, ") << report.known << " on record before, "
            << report.doubts.size() << " doubtful\n";
  if (!report.is_complete)
    std::cout << "Nothing is recorded: correct these rows, or leave them out with "
                 "--skip-doubtful.\n";
  return static_cast<int>(report.is_complete ? ExitCode::success : ExitCode::refused);
}

}  // namespace coop::api
