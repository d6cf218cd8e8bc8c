#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// Takes what a file says while it is read, so that nobody need keep more of its lines than one. In the order
/// of the file: each statement's begin, its lines, its end; then finish. What was taken of a file that is
/// refused in the end counts for nothing.
class StatementTaker {
 public:
  virtual ~StatementTaker() = default;

  /// A statement begins. `head` has its purpose, account and currency, and no lines; what the file says only
  /// behind the lines may be missing.
  virtual void begin(const Statement& head) = 0;
  /// The next line of the statement that was begun last.
  virtual void take(Line&& line) = 0;
  /// That statement, whole but for its lines.
  virtual void end(const Statement& head) = 0;
  /// The file of all that was taken since the last one, whole but for its lines.
  virtual void finish(const ReadFile& file) = 0;
};

/// Gives a file that was read whole to a taker, all but finish, and returns what is left of it.
ReadFile handed_on(ReadFile&& file, StatementTaker& taker);

/// Keeps files whole.
class FileKeeper : public StatementTaker {
 public:
  void begin(const Statement&) override { lines_.emplace_back(); }
  void take(Line&& line) override { lines_.back().push_back(std::move(line)); }
  void end(const Statement&) override {}
  void finish(const ReadFile& file) override;

  /// The files that were finished, with their lines.
  std::vector<ReadFile> take() && { return std::move(files_); }

 private:
  std::vector<std::vector<Line>> lines_;  // by statement, of the file that is read
  std::vector<ReadFile> files_;
};

/// The whole of a file that a reader gives to a taker.
ReadFile whole_file(std::string_view bytes, ReadFile (*read)(std::string_view bytes, StatementTaker& taker));

}  // namespace coop::statements
