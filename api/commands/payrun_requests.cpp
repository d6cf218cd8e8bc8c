#include "api/commands/payrun_requests.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/json_file.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/claim_store.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/payment_service.hpp"
#include "reports/pay_tables.hpp"

namespace coop::api {

namespace {

struct RequestWords {
  std::int32_t number = 0;
  std::string file;
  std::string reason;
  std::string member;
  std::string deferred_as;
  std::string as_of;
  std::string known_at;
  bool is_open = false;
  bool is_dry = false;

  pay::PayRunNumber run() const { return pay::PayRunNumber{number}; }
};

using AskedTable = std::function<reports::Table(Tx& tx)>;

// What comes of a dry run is shown, and not recorded.
void write_payrun(const NodeCall& call, const RequestWords& words, const AskedTable& work) {
  call.print(words.is_dry ? call.database.in_dry_tx(work) : call.database.in_tx(work));
  if (words.is_dry) std::cerr << "This is what would happen: nothing was recorded.\n";
}

reports::Table run_table(Tx& tx, NodeId node, pay::PayRunNumber number) {
  const pay::PayRun run = pay::read_pay_run(tx, node, number);
  return reports::table_of_pay_run(reports::read_report_node(tx, node), run, pay::explain(tx, node, run));
}

void settle_claims(const NodeCall& call, const RequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  write_payrun(call, words, [&](Tx& tx) {
    const auto draft = settlement_draft_from(JsonValue{body}, call.units);
    return run_table(tx, call.node.id,
                     pay::propose_settlement(tx, call.node.id, draft, call.author()).number);
  });
}

void let_claims_lapse(const NodeCall& call, const RequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  write_payrun(call, words, [&](Tx& tx) {
    const auto draft = lapse_draft_from(JsonValue{body}, call.units);
    return run_table(tx, call.node.id, pay::propose_lapse(tx, call.node.id, draft, call.author()).number);
  });
}

void cancel_payrun(const NodeCall& call, const RequestWords& words) {
  write_payrun(call, words, [&](Tx& tx) {
    pay::cancel_pay_run(tx, call.node.id, words.run(), words.reason, call.author());
    return run_table(tx, call.node.id, words.run());
  });
}

void undo_payrun(const NodeCall& call, const RequestWords& words) {
  write_payrun(call, words, [&](Tx& tx) {
    pay::undo_pay_run(tx, call.node.id, words.run(), words.reason, call.author());
    return run_table(tx, call.node.id, words.run());
  });
}

void propose_payment(const NodeCall& call, const RequestWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  write_payrun(call, words, [&](Tx& tx) {
    const auto draft = payment_draft_from(JsonValue{body});
    const auto payment = pay::propose_pay_payment(tx, call.node, words.run(), draft, call.author());
    std::vector<reports::LeftOut> left_out;
    for (const pay::NotOrdered& one : payment.not_ordered)
      left_out.push_back({one.member, one.minor, std::string{pay::text_of(one.why)}});
    return reports::table_of_pay_payment(reports::read_report_node(tx, call.node.id), words.run(),
                                         payment.proposed, left_out);
  });
}

void print_payslip(const NodeCall& call, const RequestWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    const std::string member = members::read_party(tx, call.node.id, words.member).number;
    const Payslip slip = read_payslip(tx, call.node.id, words.run(), member);
    return reports::table_of_payslip(in, slip.run, slip.share, slip.words);
  });
}

void print_deferred(const NodeCall& call, const RequestWords& words) {
  pay::ClaimFilter filter{
      .as_of = typed_day(words.as_of), .known_at = typed_instant(words.known_at), .only_open = words.is_open};
  if (!words.deferred_as.empty()) filter.as = pay::deferred_as_from(words.deferred_as);
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    if (!words.member.empty()) filter.member = members::read_party(tx, call.node.id, words.member).number;
    return reports::table_of_claims(in, pay::read_claims(tx, call.node.id, filter),
                                    filter.as_of.value_or(call.today()), filter.known_at, std::nullopt);
  });
}

using PayrunBelow =
    std::function<CLI::App&(const char*, const char*, void (*)(const NodeCall&, const RequestWords&))>;

void add_payrun_writes(NodeCommand& command, const PayrunBelow& below, RequestWords& words) {
  CLI::App& cancelled =
      below("cancel", "Gives a run up that is not booked; its hours are free", cancel_payrun);
  CLI::App& undone = below("undo", "Takes a booked run back that nobody was paid by", undo_payrun);
  CLI::App& settled = below("settle", "Proposes to pay open claims, by a rule", settle_claims);
  CLI::App& lapsed = below("lapse", "Proposes that open claims end by a resolution", let_claims_lapse);
  CLI::App& paid = below("pay", "Proposes the payment of a booked run; others approve it", propose_payment);
  for (CLI::App* one : {&cancelled, &undone, &paid})
    one->add_option("number", words.number, "the run's number")->required();
  for (CLI::App* one : {&cancelled, &undone}) one->add_option("--reason", words.reason, "why")->required();
  const auto add_file = [&](CLI::App& to, const char* meaning) {
    to.add_option("--file", words.file, meaning)->required();
  };
  add_file(settled,
           "as JSON, as POST …/claim-settlements takes it: booked_on, amount, unit, rule, deferred_as, "
           "wages, payable");
  add_file(lapsed, "as JSON, as POST …/claim-lapses takes it: booked_on, unit, deferred_as, wages, decision");
  add_file(paid, "as JSON, as POST …/payment takes it: bank_account, requested_on; mandate, members");
  for (CLI::App* one : {&cancelled, &undone, &settled, &lapsed, &paid})
    one->add_flag("--dry-run", words.is_dry, "shows what would happen; records nothing");
  command.ask_who({&cancelled, &undone, &settled, &lapsed, &paid}, access::Action::record_entries);
}

}  // namespace

void add_payrun_requests(NodeCommand& command) {
  const auto words = std::make_shared<RequestWords>();
  const PayrunBelow below = [&](const char* name, const char* meaning,
                                void (*work)(const NodeCall&, const RequestWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  add_payrun_writes(command, below, *words);
  CLI::App& slip = below("payslip", "What one member gets by a run, and why", print_payslip);
  slip.add_option("number", words->number, "the run's number")->required();
  slip.add_option("member", words->member, "the member's number")->required();
  CLI::App& claims = below("claims", "The register of deferred claims, the oldest first", print_deferred);
  claims.add_option("--member", words->member, "only of this member");
  claims.add_option("--as", words->deferred_as, "debt, equity or points");
  claims.add_flag("--open", words->is_open, "only what is still owed");
  claims.add_option("--as-of", words->as_of, "by what was booked up to this day");
  claims.add_option("--known-at", words->known_at, "as was known then, such as 2026-04-01T12:00:00Z");
}

}  // namespace coop::api
