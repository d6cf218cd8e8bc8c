#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "api/commands/table_import.hpp"
#include "ledger/dues/overdue_store.hpp"
#include "ledger/intake/member_intake_service.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/member_list.hpp"

namespace coop::api {

namespace {

struct MemberWords {
  std::string number;
  std::string name;
  std::string email;
  std::string iban;
  bool is_organisation = false;
  std::string of_class;
  std::string from_on;
  std::string standing;
  std::string as_of;
  std::string reason;
  std::string user;
  std::string file;
  bool dry_run = false;
  bool skip_doubtful = false;
};

std::optional<std::string> if_given(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void list_members(Tx& tx, const NodeCall& call, const MemberWords& words) {
  constexpr int at_once = 1'000;
  reports::MemberFilter filter;
  if (!words.of_class.empty()) filter.class_code = members::read_class(tx, call.node.id, words.of_class).code;
  if (!words.standing.empty()) filter.standing = members::standing_from(words.standing);
  filter.sees_profiles = true;
  const Day day = call.day_or_today(words.as_of);
  std::optional<reports::MemberPlace> after;
  for (bool is_first = true;; is_first = false) {
    const auto listed = reports::read_member_list(tx, call.node.id, filter, day, std::nullopt,
                                                  reports::MemberOrder::first_number_first, after, at_once);
    if (listed.empty() && !is_first) return;
    const auto table = reports::table_of_members(reports::read_report_node(tx, call.node.id),
                                                 {day, std::nullopt}, listed, true, std::nullopt);
    call.print(table, is_first);
    if (listed.size() < at_once) return;
    after = reports::MemberPlace{listed.back().place, listed.back().party.number};
  }
}

void add_member(Tx& tx, const NodeCall& call, const MemberWords& words) {
  const books::Author author = call.author();
  members::PartyDraft draft{if_given(words.number), words.is_organisation ? members::PartyKind::organisation
                                                                          : members::PartyKind::person};
  draft.profile = members::Profile{words.name, if_given(words.email)};
  if (!words.iban.empty()) draft.profile->iban = Iban::parse(words.iban).text();
  const members::Party party = members::add_party(tx, call.node.id, draft, author);
  if (!words.of_class.empty()) {
    const Day from_on = call.day_or_today(words.from_on);
    members::begin_membership(tx, call.node.id, {party.number, words.of_class, from_on, from_on}, author);
  }
  std::cout << party.number << '\n';
}

void show_member(Tx& tx, const NodeCall& call, const MemberWords& words) {
  const members::Party party = members::read_party(tx, call.node.id, words.number);
  const Day day = call.day_or_today(words.as_of);
  std::vector<std::vector<std::string>> lines{{"number", party.number},
                                              {"kind", std::string{members::text_of(party.kind)}}};
  if (const auto profile = members::find_profile(tx, call.node.id, party.id)) {
    lines.push_back({"name", profile->name});
    if (profile->email) lines.push_back({"e-mail", *profile->email});
    if (profile->iban) lines.push_back({"IBAN", Iban::parse(*profile->iban).masked()});
  }
  if (const auto erasure = members::find_erasure(tx, call.node.id, party.id))
    lines.push_back({"erased", coop::text_of(erasure->erased_at).substr(0, 10) + ": " + erasure->reason});
  const auto classes = members::read_classes(tx, call.node.id);
  const auto overdue = dues::read_overdue(tx, call.node.id, {day}, std::vector{party.id});
  members::MembershipFilter wanted;
  wanted.party = party.id;
  for (const members::Membership& membership : members::read_memberships(tx, call.node.id, wanted)) {
    const auto of = std::find_if(classes.begin(), classes.end(),
                                 [&](const auto& one) { return one.id == membership.class_id; });
    auto standing = members::standing_of(membership, day);
    const members::AdoptedRule* adopted = members::find_rule_on(*of, day);
    if (standing)
      standing = dues::standing_with_dues(*standing, adopted ? &adopted->rule : nullptr,
                                          overdue.empty() ? nullptr : &overdue.begin()->second, day);
    lines.push_back({"membership " + std::to_string(membership.id.number()),
                     of->code + ", " + (standing ? std::string{members::text_of(*standing)} : "not begun") +
                         " on " + day.text()});
    for (const members::MembershipChange& change : members::changes_in_force(membership))
      lines.push_back({"", change.on_day.text() + " " + std::string{members::text_of(change.kind)} +
                               (change.reason.empty() ? "" : ": " + change.reason)});
  }
  std::cout << aligned_columns(lines);
}

void change(Tx& tx, const NodeCall& call, const MemberWords& words) {
  members::ProfileChange asked{.name = if_given(words.name)};
  if (!words.email.empty()) asked.email = words.email;
  if (!words.iban.empty()) asked.iban = Iban::parse(words.iban).text();
  if (!asked.name && !asked.email && !asked.iban)
    throw Refused{Refusal::field_missing, "--name, --email or --iban says what changes"};
  members::change_profile(tx, call.node.id, words.number, asked, call.author());
  show_member(tx, call, words);
}

void link(Tx& tx, const NodeCall& call, const MemberWords& words) {
  members::link_user(tx, call.node.id, words.number, words.user, call.author());
  std::cout << words.user << " signs in as " << words.number << '\n';
}

void unlink(Tx& tx, const NodeCall& call, const MemberWords& words) {
  members::unlink_user(tx, call.node.id, words.number, words.user, call.author());
  std::cout << words.user << " does not sign in as " << words.number << " any more\n";
}

void erase(Tx& tx, const NodeCall& call, const MemberWords& words) {
  members::erase_party(tx, call.node.id, words.number, words.reason, call.author());
  std::cout << words.number << " is erased: number, memberships and entries stay\n";
}

int import_member_table(const NodeCall& call, const MemberWords& words) {
  const auto doubtful = words.skip_doubtful ? intake::Doubtful::skip : intake::Doubtful::stop;
  return imported_table(call.database, words.file, words.dry_run, [&](Tx& tx, std::string_view bytes) {
    return intake::import_members(tx, call.node, bytes, doubtful, call.author());
  });
}

using MemberWork = void (*)(Tx&, const NodeCall&, const MemberWords&);

void add_words_of_list_and_show(CLI::App& listed, CLI::App& shown,
                                const std::shared_ptr<MemberWords>& words) {
  listed.add_option("--class", words->of_class, "only who is in this class");
  listed.add_option("--standing", words->standing, "only who stands so: active, paused, left …");
  for (CLI::App* command : {&listed, &shown})
    command->add_option("--as-of", words->as_of, "the day, such as 2026-01-31; without it today");
  shown.add_option("number", words->number, "the member number")->required();
}

}  // namespace

void add_member(CommandLine& line) {
  const auto words = std::make_shared<MemberWords>();
  NodeCommand command{
      line,
      {"member",
       "Lists, adds, imports, shows, changes and erases the members of a node; links them with users",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger member add bcn --name 'Maria Puig' --email maria@example.org --class user --user ann < "
        "password",
        "coopledger member list bcn --class user --standing active", "coopledger member show bcn M0001",
        "coopledger member import bcn members.csv --dry-run --user ann < password",
        "coopledger member change bcn M0001 --iban 'DE02 1203 0000 0000 2020 51' --user ann < password",
        "coopledger member link bcn M0001 maria --user ann < password",
        "coopledger member erase bcn M0001 --reason 'asked for it' --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning, MemberWork work) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) {
      call.database.in_tx([&](Tx& tx) { work(tx, call, *words); });
    });
  };
  CLI::App& listed = below("list", "Lists members", list_members);
  CLI::App& added = below("add", "Adds a person or organisation", add_member);
  CLI::App& shown = below("show", "Shows a member", show_member);
  CLI::App& changed = below("change", "Changes name, e-mail address or bank account", change);
  CLI::App& linked = below("link", "Says which user a member signs in as", link);
  CLI::App& unlinked = below("unlink", "Ends that", unlink);
  for (CLI::App* one : {&changed, &linked, &unlinked})
    one->add_option("number", words->number, "the member number")->required();
  for (CLI::App* one : {&linked, &unlinked})
    one->add_option("name", words->user, "the name of the user that the member signs in as")->required();
  CLI::App& erased = below("erase", "Erases a member's personal data for good", erase);
  CLI::App& imported =
      command.below_with_code("import", "Records members from a table (CSV)",
                              [words](const NodeCall& call) { return import_member_table(call, *words); });
  add_words_of_list_and_show(listed, shown, words);
  add_table_words(imported, words->file, words->dry_run, words->skip_doubtful);
  for (CLI::App* one : {&added, &changed}) {
    one->add_option("--name", words->name, "what people call them")->required(one == &added);
    one->add_option("--email", words->email, "the e-mail address");
    one->add_option("--iban", words->iban, "the bank account");
  }
  added.add_option("--number", words->number, "the member number; without it the next free one");
  added.add_flag("--organisation", words->is_organisation, "an organisation, not a person");
  added.add_option("--class", words->of_class, "begins a membership in this class");
  added.add_option("--from", words->from_on,
                   "the day of the admission, such as 2026-01-31; without it today");
  erased.add_option("number", words->number, "the member number")->required();
  erased.add_option("--reason", words->reason, "why; stays on record")->required();
  command.ask_who({&added, &changed, &linked, &unlinked, &imported}, access::Action::keep_members);
  command.ask_who({&erased}, access::Action::erase_members);
  command.print_no_table({&added, &shown, &changed, &linked, &unlinked, &erased, &imported});
}

}  // namespace coop::api
