#include <CLI/CLI.hpp>

#include <iostream>
#include <sstream>

#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "api/commands/signed_user.hpp"
#include "api/commands/table_import.hpp"
#include "ledger/intake/hours_intake_service.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/hours_service.hpp"
#include "ledger/work/hours_store.hpp"
#include "reports/hours_tables.hpp"

namespace coop::api {

namespace {

struct HoursWords {
  std::string member;
  std::string circle;
  std::string from;
  std::string to;
  std::string by = "member";
  std::string on;
  int minutes = 0;
  std::string work;
  std::string intent;
  std::string cost_object;
  std::string task;
  std::string note;
  std::int32_t corrects = 0;
  std::vector<std::int32_t> numbers;
  std::string reason;
  std::string file;
  std::vector<std::string> rules;
  bool dry_run = false;
  bool skip_doubtful = false;
};

struct HoursCall : NodeCall {
  const HoursWords& words;

  /// As the API takes hours: of others from whoever keeps the members.
  work::Submitter submitter() const {
    return {author(), has_role_for(database, node, author(), access::Action::keep_members)};
  }
};

work::HoursFilter filter_of_words(const HoursWords& words) {
  return {.member = words.member,
          .circle = words.circle,
          .kind = words.work,
          .cost_object = words.cost_object,
          .from = typed_day(words.from),
          .to = typed_day(words.to)};
}

void list_hours_of_node(const HoursCall& call) {
  work::HoursFilter filter = filter_of_words(call.words);
  filter.limit = 500;
  for (bool is_first = true;; is_first = false) {
    const auto listed =
        call.database.in_snapshot([&](Tx& tx) { return work::list_hours(tx, call.node.id, filter); });
    if (listed.empty() && !is_first) return;
    const auto table = call.database.in_snapshot([&](Tx& tx) {
      return reports::table_of_hours(reports::read_report_node(tx, call.node.id), listed, std::nullopt);
    });
    call.print(table, is_first);
    if (listed.size() < static_cast<std::size_t>(filter.limit)) return;
    filter.before = listed.back().number;
  }
}

void add_up_hours(const HoursCall& call) {
  work::HoursGrouping grouping;
  std::istringstream typed{call.words.by};
  for (std::string word; std::getline(typed, word, ',');) {
    if (word == "member") grouping.by_member = true;
    else if (word == "circle") grouping.by_circle = true;
    else if (word == "work") grouping.by_kind = true;
    else if (word == "intent") grouping.by_intent = true;
    else if (word == "month") grouping.by_month = true;
    else if (word == "cost_object") grouping.by_cost_object = true;
    else throw Refused{Refusal::field_invalid, "--by knows member, circle, work, intent, month, cost_object"};
  }
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    const auto sums = work::sum_hours(tx, call.node.id, grouping, filter_of_words(call.words), std::nullopt);
    return reports::table_of_hours_sums(in, sums, grouping);
  });
}

void print_hours(const HoursCall& call, const std::vector<work::Hours>& all) {
  std::cout << call.database.in_snapshot([&](Tx& tx) {
    return reports::plain_text(
        reports::table_of_hours(reports::read_report_node(tx, call.node.id), all, std::nullopt));
  });
  if (call.words.dry_run) std::cout << "This is what would happen: nothing was recorded.\n";
}

// All of them or none; the first that is refused refuses all.
std::vector<work::Hours> accepted(const std::vector<work::HoursOutcome>& outcomes) {
  std::vector<work::Hours> all;
  for (const work::HoursOutcome& outcome : outcomes) {
    if (const auto* fault = std::get_if<Refused>(&outcome)) throw Refused{*fault};
    all.push_back(std::get<work::Hours>(outcome));
  }
  return all;
}

template <class Write>
void write_hours_of_node(const HoursCall& call, const Write& write) {
  print_hours(call, call.words.dry_run ? call.database.in_dry_tx(write) : call.database.in_tx(write));
}

void submit_hours_typed(const HoursCall& call) {
  const HoursWords& words = call.words;
  work::HoursDraft draft{.member = words.member,
                         .circle = words.circle,
                         .worked_on = Day::parse(words.on),
                         .minutes = words.minutes,
                         .kind = words.work,
                         .intent = work::intent_from(words.intent),
                         .task = words.task,
                         .note = words.note};
  if (!words.cost_object.empty()) draft.cost_object = words.cost_object;
  if (words.corrects > 0) draft.corrects = work::HoursNumber{words.corrects};
  const work::Submitter submitter = call.submitter();
  write_hours_of_node(call, [&](Tx& tx) {
    return accepted(work::submit_hours(tx, call.node, std::span{&draft, 1}, submitter));
  });
}

void approve_hours_typed(const HoursCall& call) {
  std::vector<work::HoursNumber> numbers;
  for (const std::int32_t number : call.words.numbers) numbers.emplace_back(number);
  write_hours_of_node(
      call, [&](Tx& tx) { return accepted(work::approve_hours(tx, call.node, numbers, call.author())); });
}

void reject_hours_typed(const HoursCall& call) {
  const work::HoursNumber number{call.words.numbers.front()};
  write_hours_of_node(call, [&](Tx& tx) {
    return std::vector{work::reject_hours(tx, call.node, number, call.words.reason, call.author())};
  });
}

void take_hours_back(const HoursCall& call) {
  const work::HoursNumber number{call.words.numbers.front()};
  const work::Submitter submitter = call.submitter();
  write_hours_of_node(call, [&](Tx& tx) {
    return std::vector{work::reverse_hours(tx, call.node, number, call.words.reason, submitter)};
  });
}

int import_hours_of_file(const HoursCall& call) {
  const intake::HoursMapping mapping = intake::hours_mapping_from(call.words.rules);
  const auto doubtful = call.words.skip_doubtful ? intake::Doubtful::skip : intake::Doubtful::stop;
  return imported_table(
      call.database, call.words.file, call.words.dry_run, [&](Tx& tx, std::string_view bytes) {
        return intake::import_hours(tx, call.node, bytes, mapping, doubtful, call.author()).report;
      });
}

using HoursWork = void (*)(const HoursCall&);
using HoursBelow = std::function<CLI::App&(const char* name, const char* meaning, HoursWork work)>;

void add_reading(const HoursBelow& below, HoursWords& words) {
  CLI::App& list = below("list", "Lists hours, the latest recorded first", list_hours_of_node);
  CLI::App& sums = below("sums", "Adds up what counts, waits, was rejected and was taken back", add_up_hours);
  sums.alias("report");
  sums.add_option("--by", words.by, "member, circle, work, intent, month, cost_object; commas between");
  for (CLI::App* one : {&list, &sums}) {
    one->add_option("--member", words.member, "only of this member");
    one->add_option("--circle", words.circle, "only of this circle");
    one->add_option("--work", words.work, "only of this kind, such as care");
    one->add_option("--cost-object", words.cost_object, "only about this");
    one->add_option("--from", words.from, "worked from this day on");
    one->add_option("--to", words.to, "worked up to this day");
  }
}

void add_writing(NodeCommand& command, const HoursBelow& below, HoursWords& words) {
  CLI::App& submitted = below("submit", "Submits hours of a member", submit_hours_typed);
  submitted.add_option("--member", words.member, "who worked")->required();
  submitted.add_option("--circle", words.circle, "in which circle")->required();
  submitted.add_option("--on", words.on, "on which day")->required();
  submitted.add_option("--minutes", words.minutes, "how long")->required();
  submitted.add_option("--work", words.work, "of which kind, such as livelihood or care")->required();
  submitted.add_option("--intent", words.intent, "obligation, gift or paid")->required();
  submitted.add_option("--cost-object", words.cost_object, "what it is about");
  submitted.add_option("--task", words.task, "an address or words");
  submitted.add_option("--note", words.note, "words that name nobody");
  submitted.add_option("--corrects", words.corrects, "hours that were rejected or taken back");
  CLI::App& approved = below("approve", "Approves hours of others in one's circles", approve_hours_typed);
  CLI::App& rejected = below("reject", "Rejects hours of somebody else in one's circle", reject_hours_typed);
  CLI::App& reversed =
      below("reverse", "Takes hours back, so that they do not count any more", take_hours_back);
  approved.add_option("numbers", words.numbers, "the numbers of the hours")->required();
  for (CLI::App* one : {&rejected, &reversed}) {
    one->add_option("number", words.numbers, "the number of the hours")->required()->expected(1);
    one->add_option("--reason", words.reason, "why")->required();
  }
  for (CLI::App* one : {&submitted, &approved, &rejected, &reversed})
    one->add_flag("--dry-run", words.dry_run, "records nothing, shows what would happen");
  command.ask_who({&submitted, &approved, &rejected, &reversed}, access::Action::do_own_work);
  command.print_no_table({&submitted, &approved, &rejected, &reversed});
}

void add_importing(CLI::App& imported, HoursWords& words) {
  add_table_words(imported, words.file, words.dry_run, words.skip_doubtful);
  imported
      .add_option(
          "--map", words.rules,
          "a rule, such as 'member=Who', 'member:Ada Lovelace=M0001', 'intent:=paid', 'days=day_month'")
      ->allow_extra_args(false);
}

}  // namespace

void add_hours(CommandLine& line) {
  const auto words = std::make_shared<HoursWords>();
  NodeCommand command{
      line,
      {"hours",
       "Submits, approves and takes back hours, lists them and adds them up",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger hours list bcn --circle tech --from 2026-01-01",
        "coopledger hours sums bcn --by member,intent --csv",
        "coopledger hours sums bcn --cost-object fair --by work,intent",
        "coopledger hours submit bcn --member M0001 --circle tech --on 2026-01-10 --minutes 90 --work "
        "livelihood --intent paid --user ann < password",
        "coopledger hours approve bcn 3 4 5 --user ann < password",
        "coopledger hours import bcn kimai.csv --map circle:Hosting=tech --map intent:=paid --dry-run "
        "--user tom < password"}}};
  const auto below = [&](const char* name, const char* meaning, HoursWork work) -> CLI::App& {
    return command.below(name, meaning,
                         [words, work](const NodeCall& call) { work(HoursCall{call, *words}); });
  };
  add_reading(below, *words);
  add_writing(command, below, *words);
  CLI::App& imported = command.below_with_code(
      "import", "Submits hours from a table or a time tracker's export",
      [words](const NodeCall& call) { return import_hours_of_file(HoursCall{call, *words}); });
  add_importing(imported, *words);
  command.ask_who({&imported}, access::Action::keep_members);
  command.print_no_table({&imported});
}

}  // namespace coop::api
