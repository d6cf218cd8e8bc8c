#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "api/signing_key_file.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/proof/checkpoint_service.hpp"
#include "ledger/proof/proof_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

struct ProveWords {
  std::string node;
  std::int64_t entry = 0;
  std::int64_t through = 0;
  std::string period;
  std::string output = "-";
  bool all = false;
  bool make_checkpoint = false;
};

proof::Checkpoint checkpoint_now(const BooksDatabase& books, const Settings& settings,
                                 const std::string& node) {
  const proof::SigningKey key = proof::SigningKey::read_or_make(signing_key_file(settings));
  Database database{books.service_settings()};
  return database.in_tx([&](Tx& tx) {
    return proof::make_checkpoint(tx, books::read_node(tx, node).id, key, system_clock()());
  });
}

proof::Shown shown_by(const ProveWords& words) {
  proof::Shown shown;
  if (words.entry != 0)
    shown.numbers = {EntryNumber{words.entry}, EntryNumber{words.through == 0 ? words.entry : words.through}};
  if (!words.period.empty()) shown.period = Period::parse(words.period);
  return shown;
}

int run_prove(const Settings& settings, const ProveWords& words) {
  const BooksDatabase books{settings, BooksUse::work};
  if (words.make_checkpoint) checkpoint_now(books, settings, words.node);
  DatabaseSettings database = books.service_settings();
  database.statement_timeout_ms = 0;
  proof::ProofAtHand proof{database, words.node, shown_by(words)};
  write_whole_file(words.output, Readers::usual, [&](const std::function<void(std::string_view)>& write) {
    proof.write_json([&](std::string_view piece) {
      write(piece);
      return true;
    });
    return true;
  });
  return static_cast<int>(ExitCode::success);
}

struct CheckWords {
  std::string file;
  std::string key;
  bool quiet = false;
};

int run_check_proof(const CheckWords& words) {
  const InputFile input{words.file};
  std::ifstream in{input.path(), std::ios::binary};
  if (!in) throw Unavailable{"the file " + words.file + " cannot be opened"};
  const proof::Proof proof = proof::proof_from_json(std::string{std::istreambuf_iterator<char>{in}, {}});
  proof::CheckedProof checked = check(proof);
  const proof::Checkpoint& checkpoint = proof.checkpoint;
  if (checked.fault.empty() && !words.key.empty() && words.key != checkpoint.key_id) {
    checked.fault = "it is signed by the key " + checkpoint.key_id + ", not by " + words.key;
  }
  if (!checked.fault.empty()) {
    std::cerr << words.file << " proves nothing: " << checked.fault << '\n';
    return static_cast<int>(ExitCode::refused);
  }
  for (const proof::ProofLink& link : proof.links) {
    if (link.text && !words.quiet) std::cout << *link.text << '\n';
  }
  std::cout << "Proved: " << checked.shown.size() << (checked.shown.size() == 1 ? " entry" : " entries")
            << " of " << proof.node << ", recorded before " << coop::text_of(checkpoint.made_at)
            << " and not changed since; signed by the key " << checkpoint.key_id << ".\n";
  if (words.key.empty())
    std::cout << "Is this the key of " << proof.node << "? Compare its id with what the node published.\n";
  return static_cast<int>(ExitCode::success);
}

int run_checkpoint(const Settings& settings, const std::string& node) {
  const BooksDatabase books{settings, BooksUse::work};
  const proof::Checkpoint made = checkpoint_now(books, settings, node);
  std::cout << proof::checkpoint_text(made.node, made.number, made.hash, made.made_at) << "key_id "
            << made.key_id << '\n';
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_prove(CommandLine& line) {
  const auto words = std::make_shared<ProveWords>();
  CLI::App& command = line.add(
      {"prove",
       "Writes a file that proves entries offline, to people without access (docs/formats/proof.md)",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger prove --node bcn --entry 1042 > proof.json",
        "coopledger prove --node bcn --period 2026-Q1 --output quarter.json",
        "coopledger prove --node bcn --all --make-checkpoint --output all.json"}},
      [words](const Configuration& configuration) { return run_prove(configuration.settings, *words); });
  command.add_option("--node", words->node, "the node's name")->required();
  constexpr const char* what = "What is proved, one of these";
  CLI::Option* entry = command.add_option("--entry", words->entry, "an entry's number")
                           ->check(CLI::PositiveNumber)
                           ->group(what);
  CLI::Option* period =
      command
          .add_option("--period", words->period,
                      "all entries booked in it: 2026, 2026-Q1, 2026-03, 2026-03-01..2026-03-15")
          ->group(what)
          ->excludes(entry);
  CLI::Option* all =
      command.add_flag("--all", words->all, "every entry up to the last checkpoint: the whole node")
          ->group(what)
          ->excludes(entry)
          ->excludes(period);
  command.parse_complete_callback([entry, period, all] {
    if (!*entry && !*period && !*all) throw CLI::RequiredError{"One of --entry, --period and --all"};
  });
  command.add_option("--through", words->through, "with --entry: all entries up to this number")
      ->check(CLI::PositiveNumber)
      ->needs(entry)
      ->group(what);
  command.add_option("--output", words->output, "the file to write; - is standard output")
      ->capture_default_str();
  command.add_flag("--make-checkpoint", words->make_checkpoint, "signs where the books stand now, first");
}

void add_check_proof(CommandLine& line) {
  const auto words = std::make_shared<CheckWords>();
  CLI::App& command = line.add(
      {"check-proof",
       "Checks a proof and prints what it shows; needs no database",
       {SettingGroup::log},
       {"coopledger check-proof proof.json --key 3f9a0c5be1d27744", "coopledger check-proof - < proof.json"}},
      [words](const Configuration&) { return run_check_proof(*words); });
  command.add_option("file", words->file, "the proof; - is standard input")->required();
  command.add_option("--key", words->key, "the id of the node's key, as you know it");
  command.add_flag("--quiet", words->quiet, "does not print the entries");
}

void add_checkpoint(CommandLine& line) {
  const auto node = std::make_shared<std::string>();
  CLI::App& command = line.add(
      {"checkpoint",
       "Signs where a node's books stand now, and prints what was signed; keep it elsewhere",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger checkpoint --node bcn >> kept-elsewhere.txt"}},
      [node](const Configuration& configuration) { return run_checkpoint(configuration.settings, *node); });
  command.add_option("--node", *node, "the node's name")->required();
}

}  // namespace coop::api
