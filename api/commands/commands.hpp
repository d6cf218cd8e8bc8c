#pragma once
#include <iosfwd>

#include "api/commands/command_line.hpp"

namespace coop::api {

/// `coopledger account`: lists the accounts of a node with their balances, opens one.
void add_account(CommandLine& line);
/// `coopledger backup`: writes the complete books of every node into a folder.
void add_backup(CommandLine& line);
/// `coopledger bank`: takes in statements, matches what is certain, shows whether the books agree.
void add_bank(CommandLine& line);
/// `coopledger check-proof`: checks a proof without any database.
void add_check_proof(CommandLine& line);
/// `coopledger checkpoint`: signs where a node's books stand.
void add_checkpoint(CommandLine& line);
/// `coopledger collection`: shows direct debits and mandates, writes the file for the bank.
void add_collection(CommandLine& line);
/// `coopledger config`: prints the settings in force.
void add_config(CommandLine& line);
/// `coopledger demo`: loads five co-operatives with a year of entries.
void add_demo(CommandLine& line);
/// `coopledger dues`: raises dues, lists who is in arrears, prints notices.
void add_dues(CommandLine& line);
/// `coopledger costs`: pools, bills, usage, divisions and claims of shared costs.
void add_costs(CommandLine& line);
/// `coopledger capital`: who holds which shares, capital accounts, a surplus that is divided.
void add_capital(CommandLine& line);
/// `coopledger export`: writes a node's books as a journal, or complete.
void add_export(CommandLine& line);
/// `coopledger import`: records a journal in a node's books.
void add_import(CommandLine& line);
/// `coopledger circle`: circles and who is in them, kinds of work.
void add_circle(CommandLine& line);
/// `coopledger hours`: submits, approves and takes back hours, lists them and adds them up.
void add_hours(CommandLine& line);
/// `coopledger member`: lists, adds, shows and erases members of a node.
void add_member(CommandLine& line);
/// `coopledger migrate`: brings the schema to this program's version.
void add_migrate(CommandLine& line);
/// `coopledger nginx`: prints the configuration of the proxy in front.
void add_nginx(CommandLine& line);
/// `coopledger node`: makes and lists nodes.
void add_node(CommandLine& line);
/// `coopledger pay`: shows payments that leave, approves them, writes their file for the bank.
void add_pay(CommandLine& line);
/// `coopledger payrun`: previews, proposes, approves, books and pays pay runs; claims, settled or lapsed.
void add_payrun(CommandLine& line);
/// `coopledger fund`: what funds have, what is free in them, and their statements; adopts their terms.
void add_fund(CommandLine& line);
/// `coopledger mandate`: lists, grants, approves, draws on and recalls spending mandates; rules of spending.
void add_mandate(CommandLine& line);
/// `coopledger budget`: what was spent, is committed and left of budgets; adopts and revises them.
void add_budget(CommandLine& line);
/// `coopledger round`: rounds of allocation: proposals, what members give, what comes of it.
void add_round(CommandLine& line);
/// `coopledger obligation`: what members owe in work, how they stand; declares, settles, withdraws.
void add_obligation(CommandLine& line);
/// `coopledger prove`: writes a file that proves entries offline.
void add_prove(CommandLine& line);
/// `coopledger roll`: who may vote on a day; freezes it, shows and lists what is frozen.
void add_roll(CommandLine& line);
/// `coopledger rules`: prints rules by which sums are divided: examples, and those that were adopted.
void add_rules(CommandLine& line);
/// `coopledger serve`: serves the REST API until a signal stops it.
void add_serve(CommandLine& line);
/// `coopledger restore`: makes nodes again from complete exports.
void add_restore(CommandLine& line);
/// `coopledger verify`: recomputes everything and names the first thing that is wrong.
void add_verify(CommandLine& line);
/// `coopledger token`: issues, lists and revokes tokens.
void add_token(CommandLine& line);
/// `coopledger user`: users, passwords and roles.
void add_user(CommandLine& line);
/// `coopledger version`: prints the program's and the schema's version.
void add_version(CommandLine& line);

}  // namespace coop::api
