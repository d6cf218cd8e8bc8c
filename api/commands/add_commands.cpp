#include "api/commands/commands.hpp"

namespace coop::api {

// The order is that of `coopledger --help`: what an operator needs first stands first.
void add_commands(CommandLine& line) {
  add_serve(line);
  add_migrate(line);
  add_demo(line);
  add_import(line);
  add_export(line);
  add_backup(line);
  add_restore(line);
  add_verify(line);
  add_checkpoint(line);
  add_prove(line);
  add_check_proof(line);
  add_node(line);
  add_account(line);
  add_member(line);
  add_roll(line);
  add_dues(line);
  add_collection(line);
  add_bank(line);
  add_capital(line);
  add_costs(line);
  add_pay(line);
  add_circle(line);
  add_payrun(line);
  add_hours(line);
  add_obligation(line);
  add_fund(line);
  add_mandate(line);
  add_budget(line);
  add_round(line);
  add_rules(line);
  add_user(line);
  add_token(line);
  add_config(line);
  add_nginx(line);
  add_version(line);
}

}  // namespace coop::api
