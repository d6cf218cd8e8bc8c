#include <CLI/CLI.hpp>

#include <boost/json.hpp>
#include <iostream>

#include "api/commands/bank_call.hpp"
#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/cash_count_service.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/bank/signoff_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/cash_counts.hpp"
#include "reports/reconciliation.hpp"
#include "reports/signoffs.hpp"

namespace coop::api {

namespace {

// "amount=betrag": which column holds what.
void hold(boost::json::object& profile, const std::string& written) {
  const std::size_t sign = written.find('=');
  if (sign == std::string::npos)
    throw Refused{Refusal::field_invalid, "--holds is written like amount=betrag, not '" + written + "'"};
  const std::string holds = written.substr(0, sign);
  boost::json::array kept;
  for (const boost::json::value& one : profile.at("columns").as_array())
    if (std::string_view{one.at("holds").as_string()} != holds) kept.push_back(one);
  kept.push_back(boost::json::object{{"holds", holds}, {"column", written.substr(sign + 1)}});
  profile["columns"] = std::move(kept);
}

bank::ReadingProfile answered(const statements::FileSurvey& survey, const BankWords& words) {
  const bool is_qif = survey.form == statements::FileKind::qif;
  const std::string fingerprint = is_qif ? std::string{bank::qif_fingerprint} : survey.csv.fingerprint;
  boost::json::object profile = bank::json_of({fingerprint, survey.form, survey.csv, survey.qif}).as_object();
  if (!words.decimal_mark.empty()) profile["decimal_mark"] = words.decimal_mark;
  if (!words.days.empty()) profile["days"] = words.days;
  if (!words.signs.empty()) profile["signs"] = words.signs;
  if (!is_qif)
    for (const std::string& one : words.holds) hold(profile, one);
  return bank::reading_profile_from(profile, fingerprint);
}

void answer(const BankCall& call) {
  const bank::BankImportNumber number{call.words.number};
  const auto preview =
      call.database.in_snapshot([&](Tx& tx) { return bank::preview_import(tx, call.node.id, number); });
  bank::require_unreadable(preview.import);
  if (!preview.survey)
    throw Refused{Refusal::bank_import_not_open,
                  "file " + std::to_string(number.number()) + " asks nothing: " + preview.import.words};
  const bank::ReadingProfile profile = answered(*preview.survey, call.words);
  const bool is_remembered = preview.import.account && !call.words.once;
  if (is_remembered)
    call.database.in_tx([&](Tx& tx) {
      return bank::save_reading_profile(tx, call.node.id, *preview.import.account, profile, call.author);
    });
  bank::read_file_again(call.database, call.node.id, number, profile, call.author);
  show_import(call, number);
}

void sign(const BankCall& call) {
  const auto signoff = call.database.in_tx([&](Tx& tx) {
    const Day today = day_in_zone(call.author.now, call.node.time_zone);
    const bank::SignoffDraft draft{.account = bank::BankAccountNumber{call.words.account},
                                   .as_of = Day::parse(call.words.as_of),
                                   .explanation = call.words.explanation,
                                   .today = today};
    const auto read = [&](const bank::BankAccount& account) {
      return reports::signed_figures_of(
          reports::read_report_node(tx, call.node.id),
          reports::read_reconciliation(tx, call.node.id, account, unit_of(tx, account.unit), draft.as_of,
                                       false));
    };
    return bank::sign_off(tx, call.node.id, draft, read, call.author);
  });
  std::cout << reports::signoff_text(signoff, {});
}

void list_signed(const BankCall& call) {
  bank::SignoffFilter filter{.limit = 100'000};
  if (call.words.account > 0) filter.account = bank::BankAccountNumber{call.words.account};
  const auto table = call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_signoffs(
        reports::read_report_node(tx, call.node.id), bank::list_signoffs(tx, call.node.id, filter),
        [&tx](UnitId id) { return unit_of(tx, id); }, std::nullopt);
  });
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

// "20.00=3": three of twenty.
bank::CashPiece piece_from(const std::string& written, const Unit& unit) {
  const std::size_t sign = written.find('=');
  const std::string pieces = sign == std::string::npos ? "" : written.substr(sign + 1);
  if (pieces.empty() || pieces.size() > 10 || pieces.find_first_not_of("0123456789") != std::string::npos)
    throw Refused{Refusal::field_invalid, "--coin is written like 20.00=3, not '" + written + "'"};
  return {minor_from_text(written.substr(0, sign), unit.scale), std::stoll(pieces)};
}

void count(const BankCall& call) {
  const auto table = call.database.in_tx([&](Tx& tx) {
    const auto account =
        bank::read_bank_account(tx, call.node.id, bank::BankAccountNumber{call.words.account});
    const Unit unit = unit_of(tx, account.unit);
    const Day today = day_in_zone(call.author.now, call.node.time_zone);
    bank::CashCountDraft draft{.account = account.number,
                               .counted_on = call.words.as_of.empty() ? today : Day::parse(call.words.as_of),
                               .pieces = {},
                               .today = today,
                               .unit_code = unit.code};
    for (const std::string& coin : call.words.coins) draft.pieces.push_back(piece_from(coin, unit));
    return reports::table_of_count_sheet(reports::read_report_node(tx, call.node.id),
                                         bank::count_cash(tx, call.node.id, draft, call.author), unit);
  });
  std::cout << reports::plain_text(table);
}

void list_counts(const BankCall& call) {
  bank::CashCountFilter filter{.limit = 100'000};
  if (call.words.account > 0) filter.account = bank::BankAccountNumber{call.words.account};
  const auto table = call.database.in_snapshot([&](Tx& tx) {
    return reports::table_of_cash_counts(
        reports::read_report_node(tx, call.node.id), bank::list_cash_counts(tx, call.node.id, filter),
        [&tx](UnitId id) { return unit_of(tx, id); }, std::nullopt);
  });
  std::cout << (call.words.as_csv ? reports::csv_text(table) : reports::plain_text(table));
}

void change_account(const BankCall& call) {
  if (call.words.path.empty() != call.words.without_suspense)
    throw Refused{Refusal::field_missing, "say --suspense with an account, or --no-suspense"};
  const auto account = call.database.in_tx([&](Tx& tx) {
    return bank::set_suspense(tx, call.node.id, bank::BankAccountNumber{call.words.account}, call.words.path,
                              call.author);
  });
  std::cout << "account " << account.number.number() << ": " << account.path << ", suspense "
            << (account.suspense.empty() ? "nowhere" : account.suspense) << '\n';
}

}  // namespace

void add_bank_reconciling(const std::shared_ptr<BankWords>& words, const AddBelowBank& below) {
  CLI::App& changed =
      below("account", "Says where lines of an account are parked that nothing explains", change_account);
  changed.add_option("account", words->account, "the number of the account")->required();
  changed.add_option("--suspense", words->path, "an asset or liability of its unit");
  changed.add_flag("--no-suspense", words->without_suspense, "nowhere any more");
  CLI::App& answers = below("answer", "Answers what a file does not decide, and reads it again", answer);
  answers.add_option("file", words->number, "the number of the file")->required();
  answers.add_option("--decimal-mark", words->decimal_mark, "a comma or a point");
  answers.add_option("--days", words->days, "year_first, day_month or month_day");
  answers.add_option("--signs", words->signs, "signed_amount, inverse_amount, debit_and_credit, ...");
  answers.add_option("--holds", words->holds, "which column holds what, such as amount=betrag");
  answers.add_flag("--once", words->once, "not remembered for the account's files to come");
  CLI::App& signing = below("sign", "Signs that the books and the bank agree as of a day", sign);
  signing.add_option("account", words->account, "the number of the account")->required();
  signing.add_option("--as-of", words->as_of, "the day, such as 2026-03-31")->required();
  signing.add_option("--explanation", words->explanation, "what the difference is, if there is one");
  CLI::App& counting = below("count", "Counts the cash of an account", count);
  counting.add_option("account", words->account, "the number of the account")->required();
  counting.add_option("--coin", words->coins, "a coin or note and how many of it, such as 20.00=3");
  counting.add_option("--on", words->as_of, "the day, such as 2026-03-31; without it today");
  ask_who(words, {&changed}, access::Action::keep_accounts);
  ask_who(words, {&answers, &counting}, access::Action::record_entries);
  ask_who(words, {&signing}, access::Action::lock_periods);
  CLI::App& counts = below("counts", "Lists counts of cash", list_counts);
  counts.add_option("--account", words->account, "only of this account");
  counts.add_flag("--csv", words->as_csv, "for a spreadsheet");
  CLI::App& signatures = below("signed", "Lists who signed which reconciliation", list_signed);
  signatures.add_option("--account", words->account, "only of this account");
  signatures.add_flag("--csv", words->as_csv, "for a spreadsheet");
}

}  // namespace coop::api
