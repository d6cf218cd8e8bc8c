#include "tests/support/judges.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "ledger/journals/program.hpp"
#include "ledger/values/decimal.hpp"

namespace coop::test {

namespace {

using journals::Dialect;

struct Answer {
  int status;
  std::string text;
  std::string complaint;
};

Answer ask(const std::string& program, const std::vector<std::string>& arguments) {
  const auto found = journals::find_program(program);
  if (!found) return {127, {}, program + " is not installed"};
  const journals::TemporaryFile output;
  const auto end = journals::run_program(*found, arguments, output.path());
  std::ostringstream text;
  text << std::ifstream{output.path(), std::ios::binary}.rdbuf();
  return {end.status, text.str(), end.complaint};
}

// The fields of lines of CSV in which every field stands in quotation marks.
std::vector<std::vector<std::string>> csv_of(std::string_view text) {
  std::vector<std::vector<std::string>> lines{{}};
  std::string field;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      field += text[++at];
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && (text[at] == ',' || text[at] == '\n')) {
      lines.back().push_back(std::exchange(field, {}));
      if (text[at] == '\n') lines.emplace_back();
    } else {
      field += text[at];
    }
  }
  lines.pop_back();
  return lines;
}

void put(Balances& balances, const std::string& account, std::string unit, std::string_view decimal) {
  std::erase_if(unit, [](char c) { return c == '"' || c == '\\'; });
  const std::string amount = without_needless_zeros(decimal);
  if (amount != "0") balances[{account, unit}] = amount;
}

// "1.00 EUR, -2 ""H2""" as hledger and ledger write several amounts: separated by a comma or a line break.
void put_amounts(Balances& balances, const std::string& account, const std::string& amounts) {
  std::string piece;
  std::istringstream in{amounts};
  while (std::getline(in, piece, ',')) {
    const auto first = piece.find_first_not_of(' ');
    const auto gap = piece.find(' ', first);
    if (first == std::string::npos) continue;
    if (gap == std::string::npos) {  // zero, or a sign before the number ("$-12.30")
      const auto digits = piece.find_first_of("-0123456789.", first);
      put(balances, account, piece.substr(first, digits - first), piece.substr(digits));
    } else {
      put(balances, account, piece.substr(gap + 1), piece.substr(first, gap - first));
    }
  }
}

Judgement judge_by_hledger(const std::filesystem::path& file) {
  const Answer check = ask("hledger", {"-f", file.string(), "check", "-s", "ordereddates"});
  if (check.status != 0) return {"hledger: " + check.complaint, {}};
  return {"", hledger_balances(file, std::nullopt)};
}

Judgement judge_by_ledger(const std::filesystem::path& file) {
  const Answer answer = ask(
      "ledger", {"-f", file.string(), "--strict", "--pedantic", "--args-only", "balance", "--flat",
                 "--no-total", "--balance-format", "%(quoted(account)),%(quoted(scrub(display_amount)))\\n"});
  if (answer.status != 0 || !answer.complaint.empty()) return {"ledger: " + answer.complaint, {}};
  Balances balances;
  std::string text = answer.text;
  for (const auto& line : csv_of(text)) {
    std::string amounts = line.at(1);
    std::replace(amounts.begin(), amounts.end(), '\n', ',');
    put_amounts(balances, line.at(0), amounts);
  }
  return {"", std::move(balances)};
}

// Works with beancount 2 and 3: bean-check judges, its own library adds up.
constexpr const char* sum_with_beancount = R"python(
import sys, collections, decimal
from beancount import loader
from beancount.core import data
entries, errors, options = loader.load_file(sys.argv[1])
for error in errors: print(error.message, file=sys.stderr)
sums = collections.defaultdict(decimal.Decimal)
for entry in entries:
    if isinstance(entry, data.Transaction):
        for posting in entry.postings: sums[(posting.account, posting.units.currency)] += posting.units.number
for (account, unit), amount in sums.items(): print(account, unit, format(amount, 'f'))
sys.exit(1 if errors else 0)
)python";

Judgement judge_by_beancount(const std::filesystem::path& file) {
  const Answer check = ask("bean-check", {"--no-cache", file.string()});
  if (check.status != 0 || !check.complaint.empty())
    return {"bean-check: " + check.complaint + check.text, {}};
  const journals::TemporaryFile output;
  const auto end =
      journals::run_program("/usr/bin/python3", {"-c", sum_with_beancount, file.string()}, output.path());
  if (end.status != 0) return {"beancount: " + end.complaint, {}};
  Balances balances;
  std::ifstream in{output.path()};
  std::string account, unit, amount;
  while (in >> account >> unit >> amount) put(balances, account, unit, amount);
  return {"", std::move(balances)};
}

}  // namespace

std::string without_needless_zeros(std::string_view decimal) {
  std::string text{decimal};
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" || text.empty() ? "0" : text;
}

std::string differences(const Balances& ours, const Balances& theirs) {
  const auto amount_in = [](const Balances& balances, const Balances::key_type& key) {
    const auto found = balances.find(key);
    return found == balances.end() ? std::string{"nothing"} : found->second;
  };
  Balances all = ours;
  all.insert(theirs.begin(), theirs.end());
  std::string lines;
  for (const auto& [key, ignored] : all) {
    const std::string our_amount = amount_in(ours, key);
    const std::string their_amount = amount_in(theirs, key);
    if (our_amount == their_amount) continue;
    lines += key.first + " in " + key.second + ": ours " + our_amount + ", theirs " + their_amount + '\n';
  }
  return lines;
}

bool is_judge_installed(Dialect dialect) {
  return journals::find_program(dialect == Dialect::beancount ? "bean-check" : journals::text_of(dialect))
      .has_value();
}

Judgement judge(Dialect dialect, const std::filesystem::path& file) {
  if (dialect == Dialect::hledger) return judge_by_hledger(file);
  if (dialect == Dialect::ledger) return judge_by_ledger(file);
  return judge_by_beancount(file);
}

Balances hledger_balances(const std::filesystem::path& file, const std::optional<Day>& day) {
  std::vector<std::string> arguments{"-f", file.string(), "bal", "-N", "--flat", "-O", "csv"};
  if (day) arguments.insert(arguments.end(), {"-e", day->plus_days(1).text()});
  const Answer answer = ask("hledger", arguments);
  Balances balances;
  auto lines = csv_of(answer.text);
  for (std::size_t i = 1; i < lines.size(); ++i) put_amounts(balances, lines[i].at(0), lines[i].at(1));
  return balances;
}

Balances exact_hledger_balances(const std::vector<std::filesystem::path>& files,
                                const std::optional<Day>& day) {
  std::vector<std::string> arguments{"bal", "-N", "--flat", "-O", "json"};
  for (const auto& file : files) arguments.insert(arguments.end(), {"-f", file.string()});
  if (day) arguments.insert(arguments.end(), {"-e", day->plus_days(1).text()});
  const Answer answer = ask("hledger", arguments);
  if (answer.status != 0) throw std::runtime_error{answer.complaint};
  static const std::regex mantissa{"\"decimalMantissa\": ([-+.e0-9]+)"};
  const auto report =
      boost::json::parse(std::regex_replace(answer.text, mantissa, "\"decimalMantissa\": \"$1\""));
  std::map<Balances::key_type, Decimal> sums;  // what was bought at several prices stands apart
  for (const auto& row : report.as_array().at(0).as_array()) {
    const std::string account{row.as_array().at(0).as_string()};
    for (const auto& amount : row.as_array().at(3).as_array()) {
      const auto& quantity = amount.at("aquantity").as_object();
      Decimal& sum = sums[{account, std::string{amount.at("acommodity").as_string()}}];
      sum = sum + Decimal{*digits_from(quantity.at("decimalMantissa").as_string()),
                          static_cast<int>(quantity.at("decimalPlaces").as_int64())};
    }
  }
  Balances balances;
  for (const auto& [key, sum] : sums) {
    if (!is_zero(sum)) balances[key] = text_of(sum);
  }
  return balances;
}

}  // namespace coop::test
