#include "ledger/journals/import_file.hpp"

#include <algorithm>

#include "ledger/journals/json_fields.hpp"

namespace coop::journals {

namespace {

constexpr std::string_view formats[] = {
    "journal:", "ledger:", "timeclock:", "timedot:", "csv:", "tsv:", "ssv:", "rules:"};

bool names_a_format(const std::string& file) {
  return std::any_of(std::begin(formats), std::end(formats),
                     [&](std::string_view format) { return file.starts_with(format); });
}

// JSON of hledger is a list; a complete export of ours begins with an object.
bool is_json(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) refuse_unreadable("the file " + file.string() + " cannot be opened");
  char first = ' ';
  while (in.get(first) && (first == ' ' || first == '\n' || first == '\r' || first == '\t')) {
  }
  if (in && first == '{')
    refuse_unreadable("this is no journal; a complete export is read by `coopledger restore`");
  return in && first == '[';
}

}  // namespace

ImportFile::ImportFile(const std::filesystem::path& file, const ImportOptions& options) : json_{file} {
  const bool is_alone = options.more_files.empty();
  if (is_alone && !names_a_format(file.string()) && is_json(file)) return;
  if (!options.may_run_hledger) refuse_unreadable("the file is not what `hledger print -O json` writes");
  const auto hledger = find_program("hledger");
  if (!hledger) refuse_unreadable("a journal is read by hledger, which is not installed on this machine");
  std::vector<std::string> arguments{"-f", file.string()};
  for (const std::filesystem::path& more : options.more_files) {
    arguments.insert(arguments.end(), {"-f", more.string()});
  }
  arguments.insert(arguments.end(), {"print", "-O", "json"});
  printed_.emplace();
  const auto end = run_program(*hledger, arguments, printed_->path());
  if (end.status != 0) refuse_unreadable("hledger cannot read it: " + end.complaint);
  json_ = printed_->path();
}

void note_directives(const std::set<std::string>& files, Doubts& doubts) {
  constexpr std::string_view other_formats[] = {".csv", ".tsv", ".ssv", ".rules", ".timedot", ".timeclock"};
  std::int64_t prices = 0;
  std::int64_t rules = 0;
  std::int64_t periods = 0;
  for (const std::string& file : files) {
    if (std::any_of(std::begin(other_formats), std::end(other_formats),
                    [&](std::string_view ending) { return file.ends_with(ending); })) {
      continue;
    }
    bool in_comment = false;
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("comment")) in_comment = true;
      if (line.starts_with("end comment")) in_comment = false;
      if (in_comment) continue;
      prices += line.starts_with("P ") ? 1 : 0;
      rules += line.starts_with("= ") ? 1 : 0;
      periods += line.starts_with("~") ? 1 : 0;
    }
  }
  const auto tell = [&](std::int64_t count, const std::string& what) {
    if (count > 0) doubts.note(what, "", std::to_string(count) + ' ' + what + " are left out: not entries");
  };
  tell(prices, "market prices (P)");
  tell(rules, "rules for automatic postings (=)");
  tell(periods, "periodic entries (~)");
}

}  // namespace coop::journals
