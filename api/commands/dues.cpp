#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "api/commands/node_command.hpp"
#include "api/commands/table_import.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/facts_store.hpp"
#include "ledger/dues/notice_service.hpp"
#include "ledger/dues/qr_code.hpp"
#include "ledger/intake/payment_intake_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/arrears.hpp"

namespace coop::api {

namespace {

struct DuesWords {
  std::string as_of;
  std::string period;
  std::string corrections_from;
  std::string member;
  std::string unit;
  std::string form = "text";
  int overdue_days = 0;
  bool all = false;
  bool dry_run = false;
  bool skip_doubtful = false;
  std::string file;
  std::string account;
};

std::optional<UnitId> unit_asked(Tx& tx, const std::string& code) {
  if (code.empty()) return std::nullopt;
  const auto unit = books::find_unit(tx, code);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit '" + code + "'"};
  return unit->id;
}

void print_arrears(const NodeCall& call, const DuesWords& words) {
  const Day day = call.day_or_today(words.as_of);
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    reports::ArrearsFilter filter{
        .overdue_only = !words.all, .unit = unit_asked(tx, words.unit), .sees_names = true};
    if (words.overdue_days > 0) filter.overdue_days = words.overdue_days;
    return reports::table_of_arrears(
        in, {day, std::nullopt}, reports::read_arrears(tx, call.node.id, {day}, filter), true, std::nullopt);
  });
}

void print_notice(const NodeCall& call, const DuesWords& words) {
  const dues::Notice notice = call.database.in_snapshot([&](Tx& tx) {
    return dues::read_member_notice(tx, call.node, words.member,
                                    {call.day_or_today(words.as_of), unit_asked(tx, words.unit)});
  });
  if (words.form == "html") std::cout << dues::notice_html(notice);
  else if (words.form == "svg")
    std::cout << dues::QrCode::of(dues::require_code_of(notice)).svg("QR code that pays these dues");
  else std::cout << dues::notice_text(notice);
}

void print_amounts(Database& database, const char* title, const std::map<UnitId, std::int64_t>& sums) {
  const auto units = database.in_tx([](Tx& tx) { return books::read_units(tx); });
  for (const auto& [id, minor] : sums)
    for (const books::ListedUnit& one : units)
      if (one.unit.id == id)
        std::cout << title << ": " << text_from_minor(minor, one.unit.scale) << ' ' << one.unit.code << '\n';
}

void print_totals(Database& database, const dues::RunTotals& totals) {
  std::cout << totals.memberships << " memberships, " << totals.unchanged << " dues charged before, "
            << totals.charged << " charged, " << totals.reversed << " reversed\n";
  print_amounts(database, "owed", totals.owed_minor);
  print_amounts(database, "waived", totals.waived_minor);
}

int run_charges(const NodeCall& call, const DuesWords& words) {
  Database& database = call.database;
  const dues::RunWindow window = dues::window_of(
      Period::parse(words.period),
      words.corrections_from.empty() ? std::nullopt : std::optional{Day::parse(words.corrections_from)});
  if (words.dry_run) {
    print_totals(database, database.in_snapshot(
                               [&](Tx& tx) { return dues::preview_totals(tx, call.node.id, window); }));
    return static_cast<int>(ExitCode::success);
  }
  const auto author = [user = call.user] { return books::Author{user, system_clock()()}; };
  const journals::Watch watch = watch_on_terminal();
  const std::int64_t total =
      database.in_tx([&](Tx& tx) { return dues::count_dues_memberships(tx, call.node.id); });
  const int run = database.in_tx([&](Tx& tx) { return dues::begin_run(tx, call.node.id, window, author()); });
  const dues::WholeRun whole = dues::run_all(database, call.node.id, run, author, [&](std::int64_t done) {
    if (watch.progress) watch.progress({"charging", done, total});
    return !(watch.cancelled && watch.cancelled());
  });
  std::cout << "run " << run << ": ";
  print_totals(database, whole.totals);
  if (whole.is_complete) return static_cast<int>(ExitCode::success);
  std::cout << "Stopped. The same run again charges what is missing, and nobody twice.\n";
  return static_cast<int>(ExitCode::refused);
}

std::string words_of_proposed(const reminders::ProposedReminder& one) {
  if (one.level) return "reminder of level " + std::to_string(*one.level);
  return "none: " + std::string{reminders::text_of(*one.because_not)};
}

void run_reminders(const NodeCall& call, const DuesWords& words) {
  Database& database = call.database;
  const auto list = words.dry_run
                        ? database.in_snapshot([&](Tx& tx) {
                            return reminders::propose_reminders(tx, call.node, call.today());
                          })
                        : database.in_tx([&](Tx& tx) {
                            return reminders::write_reminders(tx, call.node, call.today(), call.author());
                          });
  const auto units = database.in_tx([](Tx& tx) { return books::read_units(tx); });
  std::vector<std::vector<std::string>> lines;
  std::int64_t reminded = 0;
  for (const reminders::ProposedReminder& one : list) {
    reminded += one.level ? 1 : 0;
    for (const books::ListedUnit& listed : units)
      if (listed.unit.id == one.unit)
        lines.push_back(
            {one.member, text_from_minor(one.overdue_minor, listed.unit.scale) + " " + listed.unit.code,
             one.overdue_since ? "since " + one.overdue_since->text() : "", words_of_proposed(one)});
  }
  std::cout << aligned_columns(lines) << reminded
            << (words.dry_run ? " reminders would be written\n" : " reminders written\n");
}

int import_dues_table(const NodeCall& call, const DuesWords& words) {
  const auto doubtful = words.skip_doubtful ? intake::Doubtful::skip : intake::Doubtful::stop;
  return imported_table(call.database, words.file, words.dry_run, [&](Tx& tx, std::string_view bytes) {
    return intake::import_payments(tx, call.node, bytes, words.account, doubtful, call.author());
  });
}

}  // namespace

void add_dues(CommandLine& line) {
  const auto words = std::make_shared<DuesWords>();
  NodeCommand command{
      line,
      {"dues",
       "Raises dues, lists who is in arrears, prints notices, reminds, takes payments in",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger dues run bcn 2026-02 --dry-run --user ann < password",
        "coopledger dues run bcn 2026-02 --user ann < password",
        "coopledger dues arrears bcn --overdue-days 30",
        "coopledger dues notice bcn M0042 --form html > M0042.html",
        "coopledger dues remind bcn --dry-run --user ann < password",
        "coopledger dues import bcn payments.csv --account assets:bank:main --dry-run --user ann < "
        "password"}}};
  const auto below = [&](const char* name, const char* meaning, auto work) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  const auto below_with_code = [&](const char* name, const char* meaning, auto work) -> CLI::App& {
    return command.below_with_code(name, meaning,
                                   [words, work](const NodeCall& call) { return work(call, *words); });
  };
  CLI::App& arrears = below("arrears", "Lists who owes what for how long", print_arrears);
  CLI::App& run = below_with_code("run", "Raises a period's dues for everybody", run_charges);
  CLI::App& remind = below("remind", "Writes today's reminders into the outbox", run_reminders);
  CLI::App& imported =
      below_with_code("import", "Records past payments from a table (CSV)", import_dues_table);
  CLI::App& notice = below("notice", "Prints what a member owes and how to pay it", print_notice);
  for (CLI::App* one : {&arrears, &notice}) {
    one->add_option("--as-of", words->as_of, "the day, such as 2026-01-31; without it today");
    one->add_option("--unit", words->unit, "only what is owed in this unit");
  }
  arrears.add_option("--overdue-days", words->overdue_days, "only what is overdue for so many days or more");
  arrears.add_flag("--all", words->all, "also what is not due yet, and what was paid ahead");
  run.add_option("period", words->period, "2026-02, 2026-Q1, 2026 or 2026-01-01..2026-03-31")->required();
  run.add_option("--corrections-from", words->corrections_from,
                 "mends charges from this day on; without it twelve months back");
  run.add_flag("--dry-run", words->dry_run, "charges nothing, tells the sums");
  remind.add_flag("--dry-run", words->dry_run, "writes nothing, tells who would get which and who none");
  add_table_words(imported, words->file, words->dry_run, words->skip_doubtful);
  imported.add_option("--account", words->account, "the other side of rows that name no account");
  notice.add_option("member", words->member, "the member number")->required();
  notice.add_option("--form", words->form, "text, html (a page that prints) or svg (the QR code alone)")
      ->check(CLI::IsMember({"text", "html", "svg"}))
      ->capture_default_str();
  command.ask_who({&run, &remind, &imported}, access::Action::record_entries);
  command.print_no_table({&run, &remind, &imported, &notice});
}

}  // namespace coop::api
