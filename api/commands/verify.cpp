#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/long_work.hpp"
#include "api/verified_text.hpp"
#include "ledger/proof/export_service.hpp"
#include "ledger/proof/proof.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

struct VerifyWords {
  std::string node;
  std::string export_file;
  std::vector<std::string> known;
  std::vector<std::string> keys;
  int most = 20;
  bool json = false;
};

proof::KnownHash known_from(const std::string& file) {
  const InputFile input{file};
  std::ifstream in{input.path(), std::ios::binary};
  const proof::Proof proof = proof::proof_from_json(std::string{std::istreambuf_iterator<char>{in}, {}});
  const std::string fault = check(proof).fault;
  if (!fault.empty()) throw Refused{Refusal::verification_failed, file + " proves nothing: " + fault};
  return {proof.node, proof.checkpoint.number.number(), proof.checkpoint.hash};
}

proof::VerifyOptions options_from(const VerifyWords& words, std::stop_source& stop) {
  proof::VerifyOptions options;
  if (!words.node.empty()) options.node = words.node;
  options.most_flaws = static_cast<std::size_t>(words.most);
  options.trusted_keys = words.keys;
  for (const std::string& file : words.known) options.known.push_back(known_from(file));
  options.stop = stop.get_token();
  options.on_progress = [&stop, watch = watch_on_terminal()](const proof::VerifyProgress& progress) {
    watch.tell("verifying " + progress.node, progress.entries_done, progress.entries_total);
    if (watch.is_cancelled()) stop.request_stop();
  };
  return options;
}

proof::Verified verified_by(const Settings& settings, const VerifyWords& words) {
  std::stop_source stop;
  const proof::VerifyOptions options = options_from(words, stop);
  if (!words.export_file.empty()) {
    const InputFile input{words.export_file};
    return proof::verify_export(input.path(), options);
  }
  const BooksDatabase books{settings, BooksUse::work};
  DatabaseSettings database = books.service_settings();
  database.statement_timeout_ms = 0;
  return proof::verify(database, options);
}

int run_verify(const Settings& settings, const VerifyWords& words) {
  const auto begun = std::chrono::steady_clock::now();
  const proof::Verified verified = verified_by(settings, words);
  const auto taken =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  if (words.json) std::cout << json_of(verified) << '\n';
  else std::cout << text_of(verified) << verdict_text(verified, taken) << '\n';
  return static_cast<int>(verified.is_clean() ? ExitCode::success : ExitCode::refused);
}

}  // namespace

void add_verify(CommandLine& line) {
  const auto words = std::make_shared<VerifyWords>();
  CLI::App& command = line.add(
      {"verify",
       "Recomputes everything from the entries and names the first thing that is wrong (exit code 1)",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger verify", "coopledger verify --node bcn --json",
        "coopledger verify --key 3f9a0c5be1d27744 --known proof-of-last-year.json",
        "coopledger verify --export bcn.ndjson   # a complete export; needs no database"}},
      [words](const Configuration& configuration) { return run_verify(configuration.settings, *words); });
  command.add_option("--node", words->node, "only this node");
  command.add_option("--export", words->export_file, "verifies a complete export; - is standard input");
  command.add_option("--known", words->known,
                     "a proof that was kept outside: the books must still agree with it");
  command.add_option("--key", words->keys,
                     "the id of a key that may have signed checkpoints; others are findings");
  command.add_option("--most", words->most, "so many findings are told of each node; all are counted")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_flag("--json", words->json, "answers in JSON");
}

}  // namespace coop::api
