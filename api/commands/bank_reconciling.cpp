#include <CLI/CLI.hpp>

#include <boost/json.hpp>
#include <iostream>

#include "api/commands/bank_call.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/values/refusal.hpp"

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
  const std::string fingerprint =
      is_qif ? std::string{bank::qif_fingerprint} : survey.csv.fingerprint;
  boost::json::object profile =
      bank::json_of({fingerprint, survey.form, survey.csv, survey.qif}).as_object();
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

}  // namespace

void add_bank_reconciling(const std::shared_ptr<BankWords>& words, const AddBelowBank& below) {
  CLI::App& answers = below("answer", "Answers what a file does not decide, and reads it again", answer);
  answers.add_option("file", words->number, "the number of the file")->required();
  answers.add_option("--decimal-mark", words->decimal_mark, "a comma or a point");
  answers.add_option("--days", words->days, "year_first, day_month or month_day");
  answers.add_option("--signs", words->signs, "signed_amount, inverse_amount, debit_and_credit, ...");
  answers.add_option("--holds", words->holds, "which column holds what, such as amount=betrag");
  answers.add_flag("--once", words->once, "not remembered for the account's files to come");
}

}  // namespace coop::api
