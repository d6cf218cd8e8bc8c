#pragma once
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/values/unit.hpp"
#include "tests/support/books_model.hpp"

namespace coop::test {

/// What commands may refer to: entries, holds and locks that are on record, at least.
struct KnownNumbers {
  std::int64_t entries = 0;
  std::int64_t holds = 0;
  int locks = 0;
};

/// Makes commands at random from a small world (six paths, two units, a few days, small amounts), so that
/// they meet each other: repeated keys, full accounts, closed periods, holds that expire. The same seed makes
/// the same commands.
class RandomCommands {
 public:
  /// `name` keeps the keys of several makers apart.
  RandomCommands(std::uint64_t seed, std::string name);
  /// Opens most of the world: to be carried out before anything else.
  std::vector<Command> openings();
  Command next(const KnownNumbers& known);

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  bool once_in(int count) { return below(count) == 0; }
  std::string path();
  std::string unit() { return once_in(3) ? "JPY" : "EUR"; }
  Day day() { return Day::parse("2026-01-01").plus_days(below(90)); }
  books::Limits limits();
  std::optional<std::int64_t> number(std::int64_t known);
  std::string key();
  std::vector<ModelLine> lines();
  ModelDraft draft(const KnownNumbers& known);
  PostDrafts posting(const KnownNumbers& known);
  MakeHold hold();
  PostHold hold_posting(const KnownNumbers& known);
  ReadBalance reading();

  std::mt19937_64 random_;
  std::string name_;
  int keys_ = 0;
  Instant clock_;
  std::vector<ModelDraft> drafts_;  ///< asked for before, to be asked again
  std::vector<MakeHold> holds_;
};

/// The drafts as the engine takes them.
std::vector<books::Draft> drafts_of(const std::vector<ModelDraft>& asked,
                                    const std::map<std::string, Unit, std::less<>>& units);
/// Outcomes in the words of the model.
std::string told_of(const std::vector<books::Outcome>& outcomes);

/// Carries a command out through the services, in the caller's database transaction; posts with `cache`,
/// which the caller clears if that is not committed. Throws Refused where they do.
std::string carried_out(Tx& tx, NodeId node, const Command& command,
                        const std::map<std::string, Unit, std::less<>>& units, books::StandingCache& cache);

}  // namespace coop::test
